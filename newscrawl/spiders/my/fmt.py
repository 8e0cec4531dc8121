"""Free Malaysia Today."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class FreeMalaysiaToday(NewsSpider):
    name = "fmt"
    site = Site(
        name=name,
        title="Free Malaysia Today",
        country="MY",
        languages=("en", "ms"),
        timezone="Asia/Kuala_Lumpur",
        domains=("freemalaysiatoday.com",),
        home="https://www.freemalaysiatoday.com/",
        feeds=("https://www.freemalaysiatoday.com/feed/",),
        boilerplate=("Stay current - Follow FMT on WhatsApp, Google news and Telegram",),
        access="free",
        verified=Verified("feed listed by public readers", "2024"),
    )
