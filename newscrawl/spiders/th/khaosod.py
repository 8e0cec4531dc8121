"""Khaosod."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Khaosod(NewsSpider):
    name = "khaosod"
    site = Site(
        name=name,
        title="Khaosod",
        country="TH",
        languages=("th",),
        timezone="Asia/Bangkok",
        domains=("khaosod.co.th",),
        home="https://www.khaosod.co.th/",
        discover=True,
        layouts=(
            Layout(
                title=("h1.udsg__main-title",),
                body=("[itemprop=articleBody] p", ".udsg__content p"),
                published=(".udsg__meta-left span",),
            ),
        ),
        calendar="buddhist",
        access="free",
        verified=Verified("selectors of a public scraper; sources to be found", "2021", "low"),
    )
