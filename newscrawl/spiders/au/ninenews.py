"""Nine News."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class NineNews(NewsSpider):
    name = "ninenews"
    site = Site(
        name=name,
        title="Nine News",
        country="AU",
        languages=("en",),
        timezone="Australia/Sydney",
        domains=("nine.com.au",),
        home="https://www.nine.com.au/",
        feeds=("https://www.nine.com.au/rss/feed.xml",),
        article=r"https?://www\.nine\.com\.au/.+-\d{8}-p[a-z0-9]+\.html$",
        publisher_id=r"-(p[a-z0-9]+)\.html",
        layouts=(
            Layout(
                title=("h1",),
                body=(
                    "article > div > div > p, article > div > div > h2",
                    ".article__body .block-content",
                ),
                tags=("ul[data-ui-testid='footer-tags'] li",),
            ),
        ),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors tried on a real page", "2026-07", "high"
        ),
    )
