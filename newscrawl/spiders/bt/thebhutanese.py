"""The Bhutanese."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class TheBhutanese(NewsSpider):
    name = "thebhutanese"
    site = Site(
        name=name,
        title="The Bhutanese",
        country="BT",
        languages=("en",),
        timezone="Asia/Thimphu",
        domains=("thebhutanese.bt",),
        home="https://thebhutanese.bt/",
        feeds=("https://thebhutanese.bt/feed/",),
        access="free",
        verified=Verified("feed seen answering", "2026-09", "low"),
    )
