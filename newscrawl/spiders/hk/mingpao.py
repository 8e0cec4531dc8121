"""Ming Pao."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class MingPao(NewsSpider):
    name = "mingpao"
    site = Site(
        name=name,
        title="明報",
        country="HK",
        languages=("zh-Hant",),
        timezone="Asia/Hong_Kong",
        domains=("news.mingpao.com",),
        home="https://news.mingpao.com/",
        feeds=("https://news.mingpao.com/rss/ins/all.xml",),
        source_name="Ming Pao",
        access="metered",
        verified=Verified("feed listed by public readers", "2020"),
    )
