"""iKon.mn."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class IKonmn(NewsSpider):
    name = "ikon"
    site = Site(
        name=name,
        title="iKon.mn",
        country="MN",
        languages=("mn",),
        timezone="Asia/Ulaanbaatar",
        domains=("ikon.mn",),
        home="https://ikon.mn/",
        discover=True,
        layouts=(Layout(title=(".inews h1",)),),
        access="free",
        verified=Verified(
            "selectors of a public scraper; sources to be found (undated, read in 2026)",
            "2026",
            "low",
        ),
    )
