"""The News International."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class TheNewsInternational(NewsSpider):
    name = "thenews_pk"
    site = Site(
        name=name,
        title="The News International",
        country="PK",
        languages=("en",),
        timezone="Asia/Karachi",
        domains=("thenews.com.pk",),
        home="https://www.thenews.com.pk/",
        feeds=("https://www.thenews.com.pk/rss/1/1",),
        staff_bylines=("Our Correspondent",),
        access="free",
        verified=Verified("feed listed by public readers", "2020"),
    )
