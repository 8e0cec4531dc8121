"""The Express Tribune."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class TheExpressTribune(NewsSpider):
    name = "tribune_pk"
    site = Site(
        name=name,
        title="The Express Tribune",
        country="PK",
        languages=("en",),
        timezone="Asia/Karachi",
        domains=("tribune.com.pk",),
        home="https://tribune.com.pk/",
        feeds=("https://tribune.com.pk/feed/home",),
        boilerplate=("Published in The Express Tribune, ",),
        access="free",
        verified=Verified("feed seen answering", "2026-03"),
    )
