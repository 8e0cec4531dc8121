"""Lankadeepa."""

from newscrawl.platforms import wijeya
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Lankadeepa(NewsSpider):
    name = "lankadeepa"
    site = Site(
        name=name,
        title="Lankadeepa",
        country="LK",
        languages=("si",),
        timezone="Asia/Colombo",
        domains=("lankadeepa.lk",),
        home="https://www.lankadeepa.lk/",
        listings=(wijeya.section("https://www.lankadeepa.lk/latest_news/1", item="h5.p-b-0"),),
        layouts=(
            Layout(
                title=("h3.f1-l-3.cl2",),
                body=("div.header.inner-content p",),
                published=wijeya.PUBLISHED,
            ),
        ),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
