"""Khmer Times."""

from newscrawl.platforms.wordpress import archive
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class KhmerTimes(NewsSpider):
    name = "khmertimes"
    site = Site(
        name=name,
        title="Khmer Times",
        country="KH",
        languages=("en",),
        timezone="Asia/Phnom_Penh",
        domains=("khmertimeskh.com",),
        home="https://www.khmertimeskh.com/",
        feeds=("https://www.khmertimeskh.com/feed/",),
        listings=(
            archive(
                "https://www.khmertimeskh.com/category/national/",
                item="h2.item-title",
                link="a",
            ),
        ),
        article=r"https?://(?:www\.)?khmertimeskh\.com/\d{4,}/[a-z0-9-]+/?$",
        publisher_id=r"khmertimeskh\.com/(\d{4,})/",
        layouts=(
            Layout(
                title=("h2.entry-title",),
                body=("div.entry-content p",),
                published=(
                    "meta[property='article:published_time']::attr(content)",
                    ".entry-meta time.entry-time::attr(datetime)",
                ),
                tags=("ul.entry-fields a[rel=tag]",),
                exclude=(".entry-navigation", ".cpwp-wrap-text-stage"),
            ),
        ),
        boilerplate=("Also Read:", "Khmer Times is now available"),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09", "high"),
    )
