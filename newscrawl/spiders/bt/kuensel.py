"""Kuensel."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class Kuensel(NewsSpider):
    name = "kuensel"
    site = Site(
        name=name,
        title="Kuensel",
        country="BT",
        languages=("en", "dz"),
        timezone="Asia/Thimphu",
        domains=("kuenselonline.com",),
        home="https://kuenselonline.com/",
        discover=True,
        access="free",
        groups=("ann",),
        verified=Verified("address only; sources to be found", "2026-09", "low"),
    )
