"""Prothom Alo English."""

from newscrawl.platforms import quintype
from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class ProthomAloEnglish(NewsSpider):
    name = "prothomalo_en"
    site = Site(
        name=name,
        title="Prothom Alo English",
        country="BD",
        languages=("en",),
        timezone="Asia/Dhaka",
        domains=("en.prothomalo.com",),
        home="https://en.prothomalo.com/",
        listings=(quintype.stories("https://en.prothomalo.com/", 16600),),
        layouts=(quintype.LAYOUT,),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2026", "high"),
    )
