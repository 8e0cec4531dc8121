"""Onlinekhabar English."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class OnlinekhabarEnglish(NewsSpider):
    name = "onlinekhabar_en"
    site = Site(
        name=name,
        title="Onlinekhabar English",
        country="NP",
        languages=("en",),
        timezone="Asia/Kathmandu",
        domains=("english.onlinekhabar.com",),
        home="https://english.onlinekhabar.com/",
        feeds=("https://english.onlinekhabar.com/feed",),
        layouts=(Layout(title=(".ok-post-header h1",), body=(".post-content-wrap p",)),),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09"),
    )
