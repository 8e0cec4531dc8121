"""RNZ (Pacific)."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class RNZ(NewsSpider):
    name = "rnz_pacific"
    site = Site(
        name=name,
        title="RNZ Pacific",
        country="NZ",
        languages=("en",),
        timezone="Pacific/Auckland",
        domains=("rnz.co.nz",),
        home="https://www.rnz.co.nz/",
        feeds=("https://www.rnz.co.nz/rss/pacific.xml", "https://www.rnz.co.nz/rss/world.xml"),
        listings=(
            *(
                Listing(
                    url=f"https://www.rnz.co.nz/tags/{x}?page={{page}}",
                    item=".o-digest__detail",
                    link="a",
                )
                for x in ("Fiji", "Samoa", "Tonga")
            ),
        ),
        layouts=(
            Layout(
                title=("h1",),
                body=(".article__body p", ".article__summary p"),
                published=("meta[itemprop=datePublished]::attr(content)", ".c-dateblock"),
                tags=(".tag-item",),
            ),
        ),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2025-12", "high"
        ),
    )
