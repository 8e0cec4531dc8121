"""Dawn."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Dawn(NewsSpider):
    name = "dawn"
    site = Site(
        name=name,
        title="Dawn",
        country="PK",
        languages=("en",),
        timezone="Asia/Karachi",
        domains=("dawn.com",),
        home="https://www.dawn.com/",
        feeds=("https://www.dawn.com/feeds/home",),
        article=r"https?://www\.dawn\.com/news/\d{6,}(?:/[a-z0-9-]+)?/?$",
        publisher_id=r"/news/(\d{6,})",  # the slug behind it is optional
        layouts=(
            Layout(
                title=("a.story__link",),
                body=(".story__content p",),
                published=("span.timestamp--time::attr(title)",),
            ),
        ),
        boilerplate=("Published in Dawn, ",),
        access="free",
        groups=("ann",),
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-08", "high"),
    )
