"""Tatoli."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class Tatoli(NewsSpider):
    name = "tatoli"
    site = Site(
        name=name,
        title="Tatoli",
        country="TL",
        languages=("en", "pt", "tet", "id"),
        timezone="Asia/Dili",
        domains=("en.tatoli.tl",),
        home="https://en.tatoli.tl/",
        discover=True,
        access="free",
        verified=Verified("address only; sources to be found", "2026-09", "low"),
    )
