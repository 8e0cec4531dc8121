"""Hong Kong Free Press."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class HongKongFreePress(NewsSpider):
    name = "hkfp"
    site = Site(
        name=name,
        title="Hong Kong Free Press",
        country="HK",
        languages=("en",),
        timezone="Asia/Hong_Kong",
        domains=("hongkongfp.com",),
        home="https://hongkongfp.com/",
        feeds=("https://hongkongfp.com/feed/",),
        access="free",
        verified=Verified("feed seen answering", "2026-03"),
    )
