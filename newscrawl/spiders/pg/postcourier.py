"""PNG Post-Courier."""

from newscrawl.platforms import wordpress
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class PNGPostCourier(NewsSpider):
    name = "postcourier"
    site = Site(
        name=name,
        title="PNG Post-Courier",
        country="PG",
        languages=("en",),
        timezone="Pacific/Port_Moresby",
        domains=("postcourier.com.pg",),
        home="https://www.postcourier.com.pg/",
        feeds=("https://www.postcourier.com.pg/feed/",),
        listings=(
            wordpress.archive(
                "https://www.postcourier.com.pg/national-news/",
                item=".entry-container",
                link=".entry-title a",
            ),
        ),
        article=r"https?://(?:www\.)?postcourier\.com\.pg/(?!category|tag|page|wp-)[a-z0-9-]+/?(?:\?.*)?$",
        layouts=(
            Layout(
                title=("h1.entry-title",),
                body=(".entry-content p",),
                published=(".entry-date.published",),
                tags=(".tags-links a",),
            ),
        ),
        access="free",
        groups=("ann",),
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09", "high"),
    )
