"""GMA News."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class GMANews(NewsSpider):
    name = "gma"
    site = Site(
        name=name,
        title="GMA News",
        country="PH",
        languages=("en", "fil"),
        timezone="Asia/Manila",
        domains=("gmanetwork.com",),
        home="https://www.gmanetwork.com/news/",
        feeds=("https://data.gmanews.tv/gno/rss/news/feed.xml",),
        credits=(r"—\S+, GMA Integrated News",),
        access="free",
        verified=Verified("feed listed by public readers (undated, read in 2026)", "2026"),
    )
