"""The Hindu."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheHindu(NewsSpider):
    name = "thehindu"
    site = Site(
        name=name,
        title="The Hindu",
        country="IN",
        languages=("en",),
        timezone="Asia/Kolkata",
        domains=("thehindu.com",),
        home="https://www.thehindu.com/",
        feeds=(
            "https://www.thehindu.com/feeder/default.rss",
            "https://www.thehindu.com/news/national/feeder/default.rss",
            "https://www.thehindu.com/news/international/feeder/default.rss",
            "https://www.thehindu.com/business/feeder/default.rss",
        ),
        news_sitemaps=("https://www.thehindu.com/sitemap/googlenews/all/all.xml",),
        sitemaps=("https://www.thehindu.com/sitemap/update/all.xml",),
        article=r"https?://www\.thehindu\.com/.+/article\d+\.ece$",
        publisher_id=r"article(\d+)\.ece",
        layouts=(
            Layout(
                title=("h1",),
                body=("[id^=content-body-] p", ".article-section p"),
                published=("meta[property='article:published_time']::attr(content)",),
                exclude=(".hide-mobile", ".comments-shares", ".share-page", ".editiondetails"),
            ),
        ),
        access="metered",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09", "high"),
    )
