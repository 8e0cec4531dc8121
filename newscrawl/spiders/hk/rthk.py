"""RTHK News."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class RTHKNews(NewsSpider):
    name = "rthk"
    site = Site(
        name=name,
        title="RTHK",
        country="HK",
        languages=("zh-Hant", "en"),
        timezone="Asia/Hong_Kong",
        domains=("news.rthk.hk",),
        home="https://news.rthk.hk/",
        feeds=(
            "http://rthk.hk/rthk/news/rss/c_expressnews_clocal.xml",
            "http://rthk.hk/rthk/news/rss/c_expressnews_cinternational.xml",
        ),
        access="free",
        verified=Verified("feed listed by public readers", "2020"),
    )
