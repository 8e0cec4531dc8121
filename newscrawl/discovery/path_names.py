"""The names that publishing systems give to paths which lead to no single article."""

# Lists of articles: sections, topics, authors, archives.
LISTS = {
    "tag", "tags", "category", "categories", "topic", "topics", "author", "authors", "page",
    "archive", "archives", "section", "sections", "label", "keyword", "keywords", "hashtag",
    "latest", "latestnews", "latest-news", "trending", "popular", "most-read", "mostread",
    "index", "channel", "columnist", "columnists", "writer", "writers", "journalist",
    "reporter", "series", "collections", "collection", "all-news", "headlines", "breaking-news",
    "list", "listing", "tin-moi", "penulis", "topik", "indeks", "terpopuler", "terkini",
    "chu-de", "tac-gia", "tax", "taxonomy",
}  # fmt: skip

# Neither articles nor lists of them: services, forms, legal pages, machine formats.
SERVICES = {
    "login", "signin", "sign-in", "signup", "sign-up", "register", "registration", "logout",
    "account", "my-account", "profile", "user", "users", "member", "members", "subscribe",
    "subscription", "subscriptions", "newsletter", "newsletters", "search", "cari", "tim-kiem",
    "calendar", "events", "event-calendar", "cart", "checkout", "shop", "store", "about",
    "about-us", "aboutus", "contact", "contact-us", "contactus", "contacts", "privacy",
    "privacy-policy", "terms", "terms-of-use", "terms-of-service", "terms-and-conditions",
    "disclaimer", "cookie-policy", "cookies", "advertise", "advertise-with-us", "advertising",
    "adverts", "careers", "jobs", "faq", "help", "sitemap", "site-map", "rss", "feed", "feeds",
    "amp-feed", "wp-admin", "wp-login.php", "wp-content", "wp-includes", "wp-json",
    "xmlrpc.php", "cdn-cgi", "api", "graphql", "print", "share", "comment", "comments",
    "comment-page", "trackback", "embed", "oembed", "epaper", "e-paper", "classified",
    "classifieds", "horoscope", "games", "weather", "live-tv", "livetv", "apps", "app",
    "static", "assets", "ads", "gdpr", "copyright", "redaksi", "kontak", "tentang-kami",
    "lien-he", "imprint", "impressum", "masthead", "media-kit", "donate", "support-us",
    "unsubscribe", "404", "error", "javascript:void(0)",
}  # fmt: skip

# Services wherever in a path they stand.
SERVICES_ANYWHERE = {
    "feed",
    "wp-json",
    "wp-admin",
    "wp-login.php",
    "trackback",
    "login",
    "calendar",
}

# Folders in which publishing systems keep single articles.
ARTICLE_FOLDERS = {
    "article", "articles", "news", "story", "stories", "content", "read", "post", "posts", "view",
    "detail", "berita", "artikel", "tin-tuc", "khabar",
}  # fmt: skip
