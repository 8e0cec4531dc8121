"""Daily Mirror (Sri Lanka)."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class DailyMirror(NewsSpider):
    name = "dailymirror_lk"
    site = Site(
        name=name,
        title="Daily Mirror",
        country="LK",
        languages=("en",),
        timezone="Asia/Colombo",
        domains=("dailymirror.lk",),
        home="https://www.dailymirror.lk/",
        listings=(
            Listing(
                url="https://www.dailymirror.lk/latest-news/342",
                item="div.col-md-8",
                link="a",
                max_pages=1,
            ),
            Listing(
                url="https://www.dailymirror.lk/top-storys/155",
                item="div.col-md-8",
                link="a",
                max_pages=1,
            ),
        ),
        layouts=(
            Layout(
                title=("h1.inner_header",),
                body=("div.a-content p",),
                published=("meta[itemprop=datePublished]::attr(content)",),
            ),
        ),
        groups=("ann",),
        verified=Verified("list and selectors of a public scraper", "2026-09"),
    )
