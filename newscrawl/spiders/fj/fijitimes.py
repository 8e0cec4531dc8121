"""The Fiji Times."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheFijiTimes(NewsSpider):
    name = "fijitimes"
    site = Site(
        name=name,
        title="The Fiji Times",
        country="FJ",
        languages=("en",),
        timezone="Pacific/Fiji",
        domains=("fijitimes.com.fj",),
        home="https://www.fijitimes.com.fj/",
        feeds=("https://www.fijitimes.com.fj/feed/",),
        layouts=(Layout(title=("h1",), body=(".entry-content p",)),),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09"),
    )
