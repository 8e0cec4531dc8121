"""Dong-A Ilbo."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class DongAIlbo(NewsSpider):
    name = "donga"
    site = Site(
        name=name,
        title="동아일보",
        country="KR",
        languages=("ko",),
        timezone="Asia/Seoul",
        domains=("donga.com",),
        home="https://www.donga.com/",
        feeds=("https://rss.donga.com/total.xml",),
        article=r"https?://www\.donga\.com/news/[A-Za-z]+/article/all/\d{8}/\d+/\d",
        source_name="Dong-A Ilbo",
        access="free",
        verified=Verified("feed seen answering", "2026-03"),
    )
