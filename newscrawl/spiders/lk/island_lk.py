"""The Island (Sri Lanka)."""

from newscrawl.platforms import wordpress
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheIsland(NewsSpider):
    name = "island_lk"
    site = Site(
        name=name,
        title="The Island",
        country="LK",
        languages=("en",),
        timezone="Asia/Colombo",
        domains=("island.lk",),
        home="https://island.lk/",
        listings=(wordpress.posts("https://island.lk", per_page=100),),
        layouts=(
            Layout(
                title=("h1[itemprop=headline]",),
                body=("#mvp-content-wrap p", "article p"),
                published=(
                    "meta[itemprop=dateModified]::attr(content)",
                    "meta[property='article:published_time']::attr(content)",
                ),
            ),
        ),
        access="free",
        groups=("ann",),
        verified=Verified("list and selectors of a public scraper", "2026", "high"),
    )
