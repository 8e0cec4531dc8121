"""Ada."""

from newscrawl.platforms import wijeya
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Ada(NewsSpider):
    name = "ada_lk"
    site = Site(
        name=name,
        title="Ada",
        country="LK",
        languages=("si",),
        timezone="Asia/Colombo",
        domains=("ada.lk",),
        home="https://www.ada.lk/",
        listings=(wijeya.section("https://www.ada.lk/latest-news/11", item="div.cat-detail-1"),),
        layouts=(
            Layout(
                title=("h1.single-head",),
                body=(".single-body-wrap p",),
                published=wijeya.PUBLISHED,
            ),
        ),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
