"""Matichon."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Matichon(NewsSpider):
    name = "matichon"
    site = Site(
        name=name,
        title="Matichon",
        country="TH",
        languages=("th",),
        timezone="Asia/Bangkok",
        domains=("matichon.co.th",),
        home="https://www.matichon.co.th/",
        discover=True,
        layouts=(
            Layout(
                title=("h1.entry-title",),
                body=(".td-post-content p",),
                published=(".td-module-date time::attr(datetime)",),
                tags=(".td-post-source-tags a",),
            ),
        ),
        calendar="buddhist",
        access="free",
        verified=Verified("selectors of a public scraper; sources to be found", "2021", "low"),
    )
