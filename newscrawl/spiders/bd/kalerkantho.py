"""Kaler Kantho."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class KalerKantho(NewsSpider):
    name = "kalerkantho"
    site = Site(
        name=name,
        title="Kaler Kantho",
        country="BD",
        languages=("bn",),
        timezone="Asia/Dhaka",
        domains=("kalerkantho.com",),
        home="https://www.kalerkantho.com/",
        feeds=("https://www.kalerkantho.com/rss.xml",),
        access="free",
        verified=Verified("feed seen answering", "2026-03"),
    )
