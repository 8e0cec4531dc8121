"""Thanh Nien."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class ThanhNien(NewsSpider):
    name = "thanhnien"
    site = Site(
        name=name,
        title="Thanh Nien",
        country="VN",
        languages=("vi",),
        timezone="Asia/Ho_Chi_Minh",
        domains=("thanhnien.vn",),
        home="https://thanhnien.vn/",
        feeds=("https://thanhnien.vn/rss/home.rss",),
        layouts=(
            Layout(
                title=("h1.detail-title", "#storybox > h1"),
                standfirst=("#chapeau > p",),
                body=(".detail-content.afcbc-body p", "#abody p"),
                published=(
                    "div.details__meta time",
                    "meta[property='article:published_time']::attr(content)",
                ),
            ),
        ),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2022-09"
        ),
    )
