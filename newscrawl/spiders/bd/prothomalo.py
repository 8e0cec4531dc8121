"""Prothom Alo."""

from newscrawl.platforms import quintype
from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class ProthomAlo(NewsSpider):
    name = "prothomalo"
    site = Site(
        name=name,
        title="Prothom Alo",
        country="BD",
        languages=("bn",),
        timezone="Asia/Dhaka",
        domains=("prothomalo.com",),
        home="https://www.prothomalo.com/",
        feeds=("https://www.prothomalo.com/feed/",),
        layouts=(quintype.LAYOUT,),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-03", "high"),
    )
