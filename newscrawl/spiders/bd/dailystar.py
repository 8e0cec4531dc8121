"""The Daily Star (Bangladesh)."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider

FEEDS = ("frontpage", "news/bangladesh", "business", "opinion")


class DailyStar(NewsSpider):
    name = "dailystar"
    site = Site(
        name=name,
        title="The Daily Star",
        country="BD",
        languages=("en", "bn"),
        timezone="Asia/Dhaka",
        domains=("thedailystar.net",),
        home="https://www.thedailystar.net/",
        feeds=tuple(f"https://www.thedailystar.net/{x}/rss.xml" for x in FEEDS),
        news_sitemaps=("https://www.thedailystar.net/googlenews.xml",),
        article=r"https?://(?:(?:www|bangla|online)\.)?thedailystar\.net/"
        r"(?:[a-z0-9-]+/)+[a-z0-9-]+-\d{5,}$",
        publisher_id=r"-(\d{5,})$",
        # no public source gives selectors that were seen to work: generic extraction
        boilerplate=("For all latest news, follow The Daily Star's Google News channel.",),
        access="free",
        groups=("ann",),
        verified=Verified("news sitemap and section feeds seen answering", "2026-09", "high"),
    )
