"""Japan Today."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class JapanToday(NewsSpider):
    name = "japantoday"
    site = Site(
        name=name,
        title="Japan Today",
        country="JP",
        languages=("en",),
        timezone="Asia/Tokyo",
        domains=("japantoday.com",),
        home="https://japantoday.com/",
        feeds=("https://japantoday.com/feed",),
        listings=(Listing(url="https://japantoday.com/category/national?page={page}"),),
        layouts=(
            Layout(
                title=("article h1",),
                body=("div[itemprop=articleBody] p", "div.text-large.mb-40 > p"),
                published=("time[itemprop=datePublished]::attr(datetime)",),
            ),
        ),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2025-12", "high"
        ),
    )
