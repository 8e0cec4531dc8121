"""Republika."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Republika(NewsSpider):
    name = "republika"
    site = Site(
        name=name,
        title="Republika",
        country="ID",
        languages=("id",),
        timezone="Asia/Jakarta",
        domains=("republika.co.id",),
        home="https://republika.co.id/",
        feeds=("https://www.republika.co.id/rss/",),
        layouts=(
            Layout(
                title=("h1",),
                body=(".article-content p",),
                published=("meta[property='article:published_time']::attr(content)",),
            ),
        ),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-08"),
    )
