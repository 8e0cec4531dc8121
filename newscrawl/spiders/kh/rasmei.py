"""Rasmei Kampuchea."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class RasmeiKampuchea(NewsSpider):
    name = "rasmei"
    site = Site(
        name=name,
        title="Rasmei Kampuchea",
        country="KH",
        languages=("km",),
        timezone="Asia/Phnom_Penh",
        domains=("rasmeinews.com",),
        home="https://www.rasmeinews.com/",
        feeds=("https://www.rasmeinews.com/feed/",),
        layouts=(
            Layout(
                title=("h1",),
                body=(".small.single p", ".td-post-content p"),
                published=(".mg-blog-date",),
            ),
        ),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09"),
    )
