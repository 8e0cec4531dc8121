"""Mainichi Shimbun."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class MainichiShimbun(NewsSpider):
    name = "mainichi"
    site = Site(
        name=name,
        title="毎日新聞",
        country="JP",
        languages=("ja", "en"),
        timezone="Asia/Tokyo",
        domains=("mainichi.jp",),
        home="https://mainichi.jp/",
        feeds=("https://mainichi.jp/rss/etc/mainichi-flash.rss",),
        article=r"https?://mainichi\.jp/(?:english/)?articles/\d{8}/[a-z0-9]+/\d+[a-z]/\d+/\d+[a-z0-9]*000c$",
        layouts=(
            Layout(
                title=("h1",),
                body=("#articledetail-body > p, #articledetail-body > h2",),
                exclude=(".ad-articledetail-2",),
            ),
        ),
        boilerplate=("あわせて読みたい",),
        source_name="Mainichi Shimbun",
        access="metered",
        verified=Verified(
            "feed listed by public readers; selectors tried on a real page", "2026", "high"
        ),
    )
