"""Tribunnews."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Tribunnews(NewsSpider):
    name = "tribunnews"
    site = Site(
        name=name,
        title="Tribunnews",
        country="ID",
        languages=("id",),
        timezone="Asia/Jakarta",
        domains=("tribunnews.com",),
        home="https://www.tribunnews.com/",
        news_sitemaps=(
            "https://www.tribunnews.com/sitemap-news.xml",
            "https://www.tribunnews.com/nasional/sitemap-news.xml",
            "https://www.tribunnews.com/regional/sitemap-news.xml",
            "https://www.tribunnews.com/ekonomi/sitemap-news.xml",
        ),
        layouts=(Layout(title=("h1",), body=(".side-article.txt-article p", "div.content p")),),
        boilerplate=("Baca: ",),  # teasers between paragraphs
        verified=Verified(
            "sitemap listed by public readers; selectors of a public scraper", "2026-08", "high"
        ),
    )
