"""Pacific News Service (PINA)."""

from newscrawl.platforms import wordpress
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class PacificNewsService(NewsSpider):
    name = "pina"
    site = Site(
        name=name,
        title="Pacific News Service",
        country="FJ",
        languages=("en",),
        timezone="Pacific/Fiji",
        domains=("pina.com.fj",),
        home="https://pina.com.fj/",
        listings=(wordpress.archive("https://pina.com.fj/category/news/"),),
        layouts=(
            Layout(
                title=("h1.entry-title",),
                body=(".td-post-content p",),
                published=(".td-post-date",),
                tags=(".td-tags a",),
            ),
        ),
        credits=(r"SOURCE: .+/PACNEWS",),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
