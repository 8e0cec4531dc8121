"""Divaina."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class Divaina(NewsSpider):
    name = "divaina"
    site = Site(
        name=name,
        title="Divaina",
        country="LK",
        languages=("si",),
        timezone="Asia/Colombo",
        domains=("divaina.lk",),
        home="https://www.divaina.lk/",
        listings=(
            Listing(
                url="https://www.divaina.lk/category/breaking-news/",
                link="h2.entry-title a",
                max_pages=1,
            ),
        ),
        layouts=(
            Layout(
                title=("h1.s-title",),
                body=(".entry-content p",),
                published=("time.date.published::attr(datetime)",),
            ),
        ),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
