"""The UB Post."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class TheUBPost(NewsSpider):
    name = "ubpost"
    site = Site(
        name=name,
        title="The UB Post",
        country="MN",
        languages=("en",),
        timezone="Asia/Ulaanbaatar",
        domains=("ubpost.mn",),
        home="https://www.ubpost.mn/",
        listings=(
            Listing(
                url="https://www.ubpost.mn/as/news/12/?page={page}&size=20",
                link="h3.module_title a",
            ),
        ),
        layouts=(Layout(body=("div.article_content p",), published=("li.date",)),),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12"),
    )
