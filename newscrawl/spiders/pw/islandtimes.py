"""Island Times (Palau)."""

from newscrawl.platforms import wordpress
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class IslandTimes(NewsSpider):
    name = "islandtimes"
    site = Site(
        name=name,
        title="Island Times",
        country="PW",
        languages=("en",),
        timezone="Pacific/Palau",
        domains=("islandtimes.org",),
        home="https://islandtimes.org/",
        listings=(wordpress.archive("https://islandtimes.org/category/top-stories/"),),
        layouts=(
            Layout(
                title=("h1.entry-title",),
                body=("div.entry-content p",),
                published=("time.entry-date::attr(datetime)",),
                tags=("span.tags-links a",),
            ),
        ),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
