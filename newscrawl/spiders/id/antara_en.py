"""Antara (English)."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class AntaraEnglish(NewsSpider):
    name = "antara_en"
    site = Site(
        name=name,
        title="Antara",
        country="ID",
        languages=("en",),
        timezone="Asia/Jakarta",
        domains=("en.antaranews.com",),
        home="https://en.antaranews.com/",
        feeds=("https://en.antaranews.com/rss/news.xml",),
        listings=(
            Listing(
                url="https://en.antaranews.com/latest-news/{page}", link=".card__post__title a"
            ),
        ),
        article=r"https?://en\.antaranews\.com/news/\d+/[a-z0-9-]+$",
        layouts=(
            Layout(
                title=("h1",),
                body=(".wrap__article-detail-content p",),
                published=("span.text-secondary",),
                tags=(".blog-tags a",),
            ),
        ),
        boilerplate=("Related news: ", "Copyright © ANTARA "),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2025-12", "high"
        ),
    )
