"""Scroll.in."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Scrollin(NewsSpider):
    name = "scroll"
    site = Site(
        name=name,
        title="Scroll.in",
        country="IN",
        languages=("en",),
        timezone="Asia/Kolkata",
        domains=("scroll.in",),
        home="https://scroll.in/",
        feeds=("http://feeds.feedburner.com/ScrollinArticles.rss",),
        article=r"https?://scroll\.in/(?:[a-z]+/)?\d{5,}/[a-z0-9-]+$",
        publisher_id=r"/(\d{5,})/",
        layouts=(
            Layout(
                title=("meta[property='og:title']::attr(content)",),
                body=("#article-contents p",),
                byline=("meta[name=author]::attr(content)",),
                published=("meta[name='dcterms.created']::attr(content)",),
            ),
        ),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-03", "high"),
    )
