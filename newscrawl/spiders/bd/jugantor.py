"""Jugantor."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Jugantor(NewsSpider):
    name = "jugantor"
    site = Site(
        name=name,
        title="Jugantor",
        country="BD",
        languages=("bn",),
        timezone="Asia/Dhaka",
        domains=("jugantor.com",),
        home="https://www.jugantor.com/",
        feeds=("https://www.jugantor.com/feed/rss.xml",),
        layouts=(
            Layout(title=("#news-title > h3",), body=("#myText > p",), published=("#rpt-date",)),
        ),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2022-09"
        ),
    )
