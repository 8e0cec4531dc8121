"""Samoa Observer."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class SamoaObserver(NewsSpider):
    name = "samoaobserver"
    site = Site(
        name=name,
        title="Samoa Observer",
        country="WS",
        languages=("en", "sm"),
        timezone="Pacific/Apia",
        domains=("samoaobserver.ws",),
        home="https://www.samoaobserver.ws/",
        discover=True,
        layouts=(Layout(title=("h1",), body=(".article__content p",)),),
        access="metered",
        verified=Verified("selectors of a public scraper; sources to be found", "2025-12", "low"),
    )
