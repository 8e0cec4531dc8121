"""Tamil Mirror."""

from newscrawl.platforms import wijeya
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TamilMirror(NewsSpider):
    name = "tamilmirror"
    site = Site(
        name=name,
        title="Tamil Mirror",
        country="LK",
        languages=("ta",),
        timezone="Asia/Colombo",
        domains=("tamilmirror.lk",),
        home="https://www.tamilmirror.lk/",
        listings=(wijeya.section("https://www.tamilmirror.lk/news/175", item="div.col-md-8"),),
        layouts=(
            Layout(
                title=("h1.innerheader",),
                body=("header.inner-content p",),
                published=wijeya.PUBLISHED,
            ),
        ),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
