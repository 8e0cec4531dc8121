"""The New Zealand Herald."""

from newscrawl.platforms import arc
from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class TheNewZealandHerald(NewsSpider):
    name = "nzherald"
    site = Site(
        name=name,
        title="The New Zealand Herald",
        country="NZ",
        languages=("en",),
        timezone="Pacific/Auckland",
        domains=("nzherald.co.nz",),
        home="https://www.nzherald.co.nz/",
        feeds=(arc.feed("https://www.nzherald.co.nz/", "/nz"),),
        listings=(Listing(url="https://www.nzherald.co.nz/nz/{page}/"),),
        layouts=(Layout(title=("h1",), body=("section.article__body p",), published=("time",)),),
        boilerplate=("Sign up to The Daily H",),
        access="metered",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2025-12", "high"
        ),
    )
