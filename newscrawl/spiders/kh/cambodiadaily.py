"""The Cambodia Daily (English)."""

from newscrawl.platforms import wordpress
from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class TheCambodiaDaily(NewsSpider):
    name = "cambodiadaily"
    site = Site(
        name=name,
        title="The Cambodia Daily",
        country="KH",
        languages=("en",),
        timezone="Asia/Phnom_Penh",
        domains=("english.cambodiadaily.com",),
        home="https://english.cambodiadaily.com/",
        feeds=("https://english.cambodiadaily.com/feed/",),
        layouts=(wordpress.TAGDIV,),
        boilerplate=("The Cambodia Daily is",),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09"),
    )
