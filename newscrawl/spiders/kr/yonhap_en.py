"""Yonhap News Agency (English)."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class YonhapNewsAgencyEnglish(NewsSpider):
    name = "yonhap_en"
    site = Site(
        name=name,
        title="Yonhap News Agency",
        country="KR",
        languages=("en",),
        timezone="Asia/Seoul",
        domains=("en.yna.co.kr",),
        home="https://en.yna.co.kr/",
        feeds=("https://en.yna.co.kr/RSS/news.xml",),
        article=r"https?://en\.yna\.co\.kr/view/[A-Z]{3}\d{17}",
        publisher_id=r"/view/([A-Z]{3}\d{17})",
        layouts=(
            Layout(
                title=("h1.tit",),
                body=("article.story-news p", "article.story-news"),
                published=("meta[property='article:published_time']::attr(content)",),
            ),
        ),
        credits=(r"\(END\)",),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors tried on a real page", "2026", "high"
        ),
    )
