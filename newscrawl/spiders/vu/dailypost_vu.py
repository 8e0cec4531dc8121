"""Vanuatu Daily Post."""

from newscrawl.platforms import blox
from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class VanuatuDailyPost(NewsSpider):
    name = "dailypost_vu"
    site = Site(
        name=name,
        title="Vanuatu Daily Post",
        country="VU",
        languages=("en", "bi"),
        timezone="Pacific/Efate",
        domains=("dailypost.vu",),
        home="https://www.dailypost.vu/",
        listings=(blox.search("https://www.dailypost.vu/", "news"),),
        layouts=(blox.LAYOUT,),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
