"""Malay Mail."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class MalayMail(NewsSpider):
    name = "malaymail"
    site = Site(
        name=name,
        title="Malay Mail",
        country="MY",
        languages=("en",),
        timezone="Asia/Kuala_Lumpur",
        domains=("malaymail.com",),
        home="https://www.malaymail.com/",
        feeds=("https://www.malaymail.com/feed/rss/",),
        sitemaps=("https://www.malaymail.com/sitemap.xml",),
        listings=(Listing(url="https://www.malaymail.com/morearticles/malaysia?pgno={page}"),),
        article=r"https?://www\.malaymail\.com/news/[a-z-]+/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/\d+$",
        publisher_id=r"/(\d+)$",
        layouts=(
            Layout(
                title=("h1.article-title", "h1"),
                body=("div.article-body p", "article > p"),
                published=(
                    "meta[itemprop=datePublished]::attr(content)",
                    "meta[property='article:published_time']::attr(content)",
                ),
                caption=(".image-caption",),
            ),
        ),
        verified=Verified(
            "feed listed by public readers; selectors tried on a real page", "2026", "high"
        ),
    )
