"""Dainik Bhaskar."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class DainikBhaskar(NewsSpider):
    name = "bhaskar"
    site = Site(
        name=name,
        title="Dainik Bhaskar",
        country="IN",
        languages=("hi",),
        timezone="Asia/Kolkata",
        domains=("bhaskar.com",),
        home="https://www.bhaskar.com/",
        feeds=(
            "https://www.bhaskar.com/rss-v1--category-1061.xml",
            "https://www.bhaskar.com/rss-v1--category-1125.xml",
        ),
        news_sitemaps=("https://www.bhaskar.com/sitemaps-v1--sitemap-google-news-index.xml",),
        article=r"https?://www\.bhaskar\.com/.+-\d{8,}\.html$",
        layouts=(
            Layout(
                title=("h1",),
                body=("article p",),
                published=("meta[property='article:published_time']::attr(content)",),
            ),
        ),
        verified=Verified("feed seen answering; selectors tried on a real page", "2026-03", "high"),
    )
