"""ABC News (Australia)."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class ABCNews(NewsSpider):
    name = "abc_au"
    site = Site(
        name=name,
        title="ABC News",
        country="AU",
        languages=("en",),
        timezone="Australia/Sydney",
        domains=("abc.net.au",),
        home="https://www.abc.net.au/news/",
        feeds=(
            "https://www.abc.net.au/news/feed/51120/rss.xml",
            "https://www.abc.net.au/news/feed/45910/rss.xml",
        ),
        article=r"https?://(?:www|amp)\.abc\.net\.au/news/\d{4}-\d{2}-\d{2}/[a-z0-9-]+/\d+$",
        publisher_id=r"/(\d+)$",
        layouts=(
            Layout(
                title=("h1",),
                body=("article div[data-component='ArticleWeb'] p", "#content p"),
                tags=("[data-component='RelatedTopics'] p",),
                exclude=(
                    "aside",
                    "button",
                    "[class*=ArticleWeb_publishedDate]",
                    "[class*=ArticleWeb_shareBottom]",
                    "[class*=Headline_meta]",
                ),
            ),
        ),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2025-12", "high"
        ),
    )
