"""Matangi Tonga."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class MatangiTonga(NewsSpider):
    name = "matangi"
    site = Site(
        name=name,
        title="Matangi Tonga",
        country="TO",
        languages=("en", "to"),
        timezone="Pacific/Tongatapu",
        domains=("matangitonga.to",),
        home="https://matangitonga.to/",
        listings=(
            Listing(
                url="https://matangitonga.to/topic/all?page={page}",
                first_page=0,
                link=".views-field-title a",
            ),
        ),
        layouts=(
            Layout(
                title=("h1",),
                body=(".field__items p",),
                published=("meta[property='article:published_time']::attr(content)",),
                exclude=("div.premium-message",),
            ),
        ),
        access="metered",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
