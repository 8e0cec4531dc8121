"""Koh Santepheap Daily."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class KohSantepheapDaily(NewsSpider):
    name = "kohsantepheap"
    site = Site(
        name=name,
        title="Koh Santepheap Daily",
        country="KH",
        languages=("km",),
        timezone="Asia/Phnom_Penh",
        domains=("kohsantepheapdaily.com.kh",),
        home="https://kohsantepheapdaily.com.kh/",
        feeds=("https://kohsantepheapdaily.com.kh/feed/",),
        layouts=(
            Layout(title=("div.article-recap h1",), body=(".content-text p", "#fullArticle p")),
        ),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09"),
    )
