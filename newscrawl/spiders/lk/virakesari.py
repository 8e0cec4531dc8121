"""Virakesari."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class Virakesari(NewsSpider):
    name = "virakesari"
    site = Site(
        name=name,
        title="Virakesari",
        country="LK",
        languages=("ta",),
        timezone="Asia/Colombo",
        domains=("virakesari.lk",),
        home="https://www.virakesari.lk/",
        listings=(
            Listing(
                url="https://www.virakesari.lk/category/local", link="a.news-item", max_pages=1
            ),
        ),
        layouts=(Layout(body=(".article-content p",), published=(".auth-date h5.news-date",)),),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
