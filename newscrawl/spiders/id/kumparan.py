"""kumparan."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Kumparan(NewsSpider):
    name = "kumparan"
    site = Site(
        name=name,
        title="kumparan",
        country="ID",
        languages=("id",),
        timezone="Asia/Jakarta",
        domains=("kumparan.com",),
        home="https://kumparan.com/",
        feeds=("https://lapi.kumparan.com/v2.0/rss/",),
        sitemaps=("https://kumparan.com/sitemap.xml",),
        layouts=(
            Layout(
                title=("meta[property='og:title']::attr(content)",),
                body=("div.article-content", "article"),
                published=("meta[property='article:published_time']::attr(content)",),
            ),
        ),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2026-08"
        ),
    )
