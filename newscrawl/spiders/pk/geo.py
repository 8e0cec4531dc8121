"""Geo News."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class GeoNews(NewsSpider):
    name = "geo"
    site = Site(
        name=name,
        title="Geo News",
        country="PK",
        languages=("en",),
        timezone="Asia/Karachi",
        domains=("geo.tv",),
        home="https://www.geo.tv/",
        feeds=("https://www.geo.tv/rss/1/2",),
        layouts=(Layout(title=(".story-area h1",), body=(".content-area p",)),),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-03"),
    )
