"""Vientiane Times."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class VientianeTimes(NewsSpider):
    name = "vientianetimes"
    site = Site(
        name=name,
        title="Vientiane Times",
        country="LA",
        languages=("en", "lo"),
        timezone="Asia/Vientiane",
        domains=("vientianetimes.org.la",),
        home="https://vientianetimes.org.la/",
        discover=True,
        access="metered",
        groups=("ann",),
        verified=Verified("address only; sources to be found", "2026-09", "low"),
    )
