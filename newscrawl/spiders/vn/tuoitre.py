"""Tuoi Tre."""

from newscrawl.platforms import vccorp
from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class TuoiTre(NewsSpider):
    name = "tuoitre"
    site = Site(
        name=name,
        title="Tuoi Tre",
        country="VN",
        languages=("vi",),
        timezone="Asia/Ho_Chi_Minh",
        domains=("tuoitre.vn",),
        home="https://tuoitre.vn/",
        feeds=("https://tuoitre.vn/rss/tin-moi-nhat.rss", "https://tuoitre.vn/rss/thoi-su.rss"),
        article=r"https?://tuoitre\.vn/[a-z0-9-]+-\d{14,17}\.htm$",
        layouts=(vccorp.LAYOUT,),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2025-12", "high"
        ),
    )
