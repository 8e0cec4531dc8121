"""Radio Free Asia Khmer."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class RadioFreeAsiaKhmer(NewsSpider):
    name = "rfa_khmer"
    site = Site(
        name=name,
        title="Radio Free Asia Khmer",
        country="KH",
        languages=("km",),
        timezone="Asia/Phnom_Penh",
        domains=("rfa.org",),
        home="https://www.rfa.org/khmer/",
        feeds=("https://www.rfa.org/arc/outboundfeeds/khmer/rss/",),
        article=r"https?://www\.rfa\.org/khmer/",
        layouts=(
            Layout(
                title=("h1",),
                standfirst=("#storyteaser",),
                body=("article p", "#storytext p"),
                exclude=(".copyright",),
            ),
        ),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09"),
    )
