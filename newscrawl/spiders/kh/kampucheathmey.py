"""Kampuchea Thmey."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class KampucheaThmey(NewsSpider):
    name = "kampucheathmey"
    site = Site(
        name=name,
        title="Kampuchea Thmey",
        country="KH",
        languages=("km",),
        timezone="Asia/Phnom_Penh",
        domains=("kampucheathmey.com",),
        home="https://www.kampucheathmey.com/",
        feeds=("https://www.kampucheathmey.com/feed/",),
        sitemaps=("https://www.kampucheathmey.com/sitemap_index.xml",),
        access="free",
        verified=Verified("feed seen answering", "2026-09"),
    )
