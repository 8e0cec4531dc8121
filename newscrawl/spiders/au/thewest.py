"""The West Australian."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheWestAustralian(NewsSpider):
    name = "thewest"
    site = Site(
        name=name,
        title="The West Australian",
        country="AU",
        languages=("en",),
        timezone="Australia/Perth",
        domains=("thewest.com.au",),
        home="https://thewest.com.au/",
        feeds=("https://thewest.com.au/rss",),
        news_sitemaps=("https://thewest.com.au/news-sitemap.xml",),
        sitemaps=("https://thewest.com.au/sitemap.xml",),
        article=r"https?://thewest\.com\.au/.+-c-\d+$",
        publisher_id=r"-(c-\d+)$",
        layouts=(Layout(title=("h1",), body=("div#ArticleContent > p",)),),
        access="metered",
        verified=Verified(
            "feed listed by public readers; selectors tried on a real page", "2026", "high"
        ),
    )
