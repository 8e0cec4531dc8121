"""Khaosod English."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class KhaosodEnglish(NewsSpider):
    name = "khaosodenglish"
    site = Site(
        name=name,
        title="Khaosod English",
        country="TH",
        languages=("en",),
        timezone="Asia/Bangkok",
        domains=("khaosodenglish.com",),
        home="https://www.khaosodenglish.com/",
        feeds=("http://www.khaosodenglish.com/feed",),
        access="free",
        verified=Verified("feed listed by public readers (undated, read in 2026)", "2026"),
    )
