"""Amar Ujala."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class AmarUjala(NewsSpider):
    name = "amarujala"
    site = Site(
        name=name,
        title="Amar Ujala",
        country="IN",
        languages=("hi",),
        timezone="Asia/Kolkata",
        domains=("amarujala.com",),
        home="https://www.amarujala.com/",
        feeds=("https://www.amarujala.com/rss/breaking-news.xml",),
        access="free",
        verified=Verified("feed seen answering", "2026-03"),
    )
