"""bdnews24.com."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class Bdnews24com(NewsSpider):
    name = "bdnews24"
    site = Site(
        name=name,
        title="bdnews24.com",
        country="BD",
        languages=("en", "bn"),
        timezone="Asia/Dhaka",
        domains=("bdnews24.com",),
        home="https://bdnews24.com/",
        feeds=("https://bdnews24.com/?widgetName=rssfeed&widgetId=1150&getXmlFeed=true",),
        access="free",
        verified=Verified("feed listed by public readers (undated, read in 2026)", "2026"),
    )
