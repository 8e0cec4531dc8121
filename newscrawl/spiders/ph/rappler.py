"""Rappler."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class Rappler(NewsSpider):
    name = "rappler"
    site = Site(
        name=name,
        title="Rappler",
        country="PH",
        languages=("en", "fil"),
        timezone="Asia/Manila",
        domains=("rappler.com",),
        home="https://www.rappler.com/",
        feeds=("https://www.rappler.com/feed/",),
        credits=(r"–\s*Rappler\.com",),
        access="free",
        verified=Verified("feed seen answering", "2026-09"),
    )
