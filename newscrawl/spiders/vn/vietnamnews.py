"""Viet Nam News."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider

FEEDS = ("home", "economy", "politics-laws", "society", "environment", "world", "travel")


class VietnamNews(NewsSpider):
    name = "vietnamnews"
    site = Site(
        name=name,
        title="Viet Nam News",
        country="VN",
        languages=("en",),
        timezone="Asia/Ho_Chi_Minh",
        domains=("vietnamnews.vn",),
        home="https://vietnamnews.vn/",
        feeds=tuple(f"https://vietnamnews.vn/rss/{x}.rss" for x in FEEDS),
        listings=(
            Listing(
                url="https://vietnamnews.vn/economy?p={page}",
                item="div.timeline > article.story",
                link="a",
            ),
        ),
        article=r"https?://vietnamnews\.vn/[a-z-]+(?:/[a-z-]+)?/\d{6,}/[a-z0-9-]+\.html",
        publisher_id=r"/(\d{6,})/",
        day_first=False,
        layouts=(
            Layout(
                title=("div.detail__header h1.headline", "h1"),
                body=("#abody p",),
                published=("div.detail__meta div.datetime",),
            ),
        ),
        credits=(r"—\s*(?:VNA/)?VNS",),
        staff_bylines=("VNS", "Viet Nam News"),
        access="free",
        groups=("ann",),
        verified=Verified("feeds and selectors of public scrapers", "2025-12", "high"),
    )
