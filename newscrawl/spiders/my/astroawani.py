"""Astro Awani."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class AstroAwani(NewsSpider):
    name = "astroawani"
    site = Site(
        name=name,
        title="Astro Awani",
        country="MY",
        languages=("ms", "en"),
        timezone="Asia/Kuala_Lumpur",
        domains=("astroawani.com",),
        home="https://www.astroawani.com/",
        discover=True,
        access="free",
        verified=Verified("address only; sources to be found", "2022-09", "low"),
    )
