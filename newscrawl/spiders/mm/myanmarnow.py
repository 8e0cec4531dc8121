"""Myanmar Now."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class MyanmarNow(NewsSpider):
    name = "myanmarnow"
    site = Site(
        name=name,
        title="Myanmar Now",
        country="MM",
        languages=("en", "my"),
        timezone="Asia/Yangon",
        domains=("myanmar-now.org",),
        home="https://myanmar-now.org/",
        feeds=("https://myanmar-now.org/en/feed/",),
        listings=(
            Listing(
                url="https://myanmar-now.org/en/wp-json/wp/v2/posts?context=embed&per_page=100&page={page}",
                kind="wordpress",
            ),
        ),
        layouts=(
            Layout(
                title=("h1",),
                body=(".entry-content p",),
                published=("meta[property='article:published_time']::attr(content)",),
            ),
        ),
        access="free",
        verified=Verified("feed listed by public readers; selectors of a public scraper", "2026"),
    )
