"""Montsame."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class Montsame(NewsSpider):
    name = "montsame"
    site = Site(
        name=name,
        title="Montsame",
        country="MN",
        languages=("en", "mn", "zh", "ja", "ru"),
        timezone="Asia/Ulaanbaatar",
        domains=("montsame.mn",),
        home="https://www.montsame.mn/",
        listings=(
            Listing(
                url="https://www.montsame.mn/en/more/302?page={page}",
                item="div.news-box",
                link="a",
                title="div.title",
                published="span.stat",
            ),
        ),
        layouts=(Layout(body=("div.news-body p",), published=("span.stat",)),),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2026-09"),
    )
