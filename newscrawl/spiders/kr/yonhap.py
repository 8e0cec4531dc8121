"""Yonhap News Agency (Korean)."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class YonhapNewsAgency(NewsSpider):
    name = "yonhap"
    site = Site(
        name=name,
        title="연합뉴스",
        country="KR",
        languages=("ko",),
        timezone="Asia/Seoul",
        domains=("yna.co.kr",),
        home="https://www.yna.co.kr/",
        listings=(
            Listing(
                url="https://www.yna.co.kr/politics/all/{page}",
                link="div.news-con strong.tit-wrap a",
            ),
        ),
        layouts=(
            Layout(
                title=("h1",),
                body=("div.story-news.article p",),
                published=("meta[property='article:published_time']::attr(content)",),
            ),
        ),
        source_name="Yonhap",
        access="free",
        verified=Verified("list and selectors of a public scraper", "2026", "high"),
    )
