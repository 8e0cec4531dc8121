"""Solomon Star."""

from newscrawl.platforms import wordpress
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class SolomonStar(NewsSpider):
    name = "solomonstar"
    site = Site(
        name=name,
        title="Solomon Star",
        country="SB",
        languages=("en",),
        timezone="Pacific/Guadalcanal",
        domains=("solomonstarnews.com",),
        home="https://www.solomonstarnews.com/",
        listings=(
            wordpress.archive("https://www.solomonstarnews.com/category/news/news-national/"),
        ),
        layouts=(
            Layout(title=(".entry-title",), body=(".entry-content p",), published=(".entry-date",)),
        ),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
