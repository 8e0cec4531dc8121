"""Express News (Urdu)."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class ExpressNews(NewsSpider):
    name = "express_pk"
    site = Site(
        name=name,
        title="Express News",
        country="PK",
        languages=("ur",),
        timezone="Asia/Karachi",
        domains=("express.pk",),
        home="https://www.express.pk/",
        feeds=("https://www.express.pk/feed/",),
        access="free",
        verified=Verified("feed seen answering", "2026-03"),
    )
