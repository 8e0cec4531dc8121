"""Jang."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class Jang(NewsSpider):
    name = "jang"
    site = Site(
        name=name,
        title="Jang",
        country="PK",
        languages=("ur",),
        timezone="Asia/Karachi",
        domains=("jang.com.pk",),
        home="https://jang.com.pk/",
        feeds=("https://jang.com.pk/rss/1/1",),
        access="free",
        verified=Verified("feed seen answering", "2026-03"),
    )
