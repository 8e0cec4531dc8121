"""South China Morning Post."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class SouthChinaMorningPost(NewsSpider):
    name = "scmp"
    site = Site(
        name=name,
        title="South China Morning Post",
        country="HK",
        languages=("en",),
        timezone="Asia/Hong_Kong",
        domains=("scmp.com",),
        home="https://www.scmp.com/",
        feeds=(
            "https://www.scmp.com/rss/91/feed",
            "https://www.scmp.com/rss/2/feed",
            "https://www.scmp.com/rss/3/feed",
            "https://www.scmp.com/rss/4/feed",
            "https://www.scmp.com/rss/5/feed",
            "https://www.scmp.com/rss/92/feed",
            "https://www.scmp.com/rss/36/feed",
        ),
        article=r"https?://(?:www\.)?scmp\.com/.+/article/\d+/[a-z0-9-]+",
        publisher_id=r"/article/(\d+)",
        layouts=(Layout(title=("h1",)),),
        boilerplate=("More from South China Morning Post:",),
        access="metered",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-08", "high"),
    )
