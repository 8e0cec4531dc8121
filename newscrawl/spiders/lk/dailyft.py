"""Daily FT."""

from newscrawl.platforms import wijeya
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class DailyFT(NewsSpider):
    name = "dailyft"
    site = Site(
        name=name,
        title="Daily FT",
        country="LK",
        languages=("en",),
        timezone="Asia/Colombo",
        domains=("ft.lk",),
        home="https://www.ft.lk/",
        listings=(wijeya.section("https://www.ft.lk/ft-news/56", item="div.col-md-6"),),
        layouts=(Layout(title=("h1.innerheader",), body=("header.inner-content p",)),),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
