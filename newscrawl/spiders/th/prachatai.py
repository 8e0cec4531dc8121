"""Prachatai."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Prachatai(NewsSpider):
    name = "prachatai"
    site = Site(
        name=name,
        title="Prachatai",
        country="TH",
        languages=("th", "en"),
        timezone="Asia/Bangkok",
        domains=("prachatai.com",),
        home="https://prachatai.com/",
        feeds=("https://prachatai.com/feed",),
        article=r"https?://(?:www\.)?prachatai\.com/(?:journal/\d{4}/\d{2}/\d+|english/node/\d+)$",
        layouts=(Layout(title=("h1",), body=(".field-name-body p",), byline=(".submitted-by",)),),
        calendar="buddhist",
        access="free",
        verified=Verified("feed listed by public readers; selectors of a public scraper", "2021"),
    )
