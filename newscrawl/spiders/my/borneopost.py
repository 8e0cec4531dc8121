"""The Borneo Post."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheBorneoPost(NewsSpider):
    name = "borneopost"
    site = Site(
        name=name,
        title="The Borneo Post",
        country="MY",
        languages=("en",),
        timezone="Asia/Kuala_Lumpur",
        domains=("theborneopost.com",),
        home="https://www.theborneopost.com/",
        feeds=("https://www.theborneopost.com/feed/",),
        layouts=(
            Layout(
                title=("h1",),
                body=("div.post-content.description p",),
                published=("time::attr(datetime)",),
            ),
        ),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09"),
    )
