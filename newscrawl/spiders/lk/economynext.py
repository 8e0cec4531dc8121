"""EconomyNext."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class EconomyNext(NewsSpider):
    name = "economynext"
    site = Site(
        name=name,
        title="EconomyNext",
        country="LK",
        languages=("en",),
        timezone="Asia/Colombo",
        domains=("economynext.com",),
        home="https://economynext.com/",
        listings=(
            Listing(
                url="https://economynext.com/more-news/",
                item="div.story-grid-single-story",
                link="a",
                max_pages=1,
            ),
        ),
        layouts=(
            Layout(
                title=("h1.story-page-header",),
                body=(".story-page-text-main p",),
                published=(".story-page-pulish-datetime",),
            ),
        ),
        credits=(r"\([A-Z][a-z]+/[A-Z][a-z]{2}\d{1,2}/\d{4}\)",),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
