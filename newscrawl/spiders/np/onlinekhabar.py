"""Onlinekhabar."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class Onlinekhabar(NewsSpider):
    name = "onlinekhabar"
    site = Site(
        name=name,
        title="Onlinekhabar",
        country="NP",
        languages=("ne",),
        timezone="Asia/Kathmandu",
        domains=("onlinekhabar.com",),
        home="https://www.onlinekhabar.com/",
        feeds=("https://www.onlinekhabar.com/feed",),
        article=r"https?://www\.onlinekhabar\.com/\d{4}/\d{2}/\d+(?:/.*)?$",
        calendar="bikram_sambat",
        access="free",
        verified=Verified("feed seen answering", "2026-09"),
    )
