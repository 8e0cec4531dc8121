"""Focus Taiwan (CNA)."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class FocusTaiwan(NewsSpider):
    name = "focustaiwan"
    site = Site(
        name=name,
        title="Focus Taiwan",
        country="TW",
        languages=("en",),
        timezone="Asia/Taipei",
        domains=("focustaiwan.tw",),
        home="https://focustaiwan.tw/",
        listings=(
            Listing(
                url="https://focustaiwan.tw/politics", item="ul#jsList li", link="a", max_pages=1
            ),
        ),
        article=r"https?://focustaiwan\.tw/[a-z-]+/\d{12}$",
        publisher_id=r"/(\d{12})$",
        layouts=(
            Layout(
                title=("h1 span.h1t", "h1"),
                body=("div.paragraph p",),
                published=(
                    "meta[property='article:published_time']::attr(content)",
                    "div.updatetime",
                ),
            ),
        ),
        day_first=False,
        credits=(r"Enditem/\S+",),
        access="free",
        verified=Verified(
            "list of a public scraper; selectors tried on a real page", "2026", "high"
        ),
    )
