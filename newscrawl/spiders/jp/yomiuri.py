"""Yomiuri Shimbun."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class YomiuriShimbun(NewsSpider):
    name = "yomiuri"
    site = Site(
        name=name,
        title="読売新聞",
        country="JP",
        languages=("ja",),
        timezone="Asia/Tokyo",
        domains=("yomiuri.co.jp",),
        home="https://www.yomiuri.co.jp/",
        news_sitemaps=("https://www.yomiuri.co.jp/sitemap-news-latest.xml",),
        sitemaps=("https://www.yomiuri.co.jp/sitemap.xml",),
        article=r"https?://www\.yomiuri\.co\.jp/[a-z-]+(?:/[a-z0-9-]+)*/\d{8}-[A-Z0-9]+/?$",
        layouts=(
            Layout(
                title=("h1.title-article",),
                body=("div.p-main-contents > p",),
                published=(
                    "div.c-article-header-date time::attr(datetime)",
                    "time::attr(datetime)",
                ),
                tags=(".p-related-tags a",),
            ),
        ),
        boilerplate=("あわせて読みたい",),
        source_name="Yomiuri Shimbun",
        access="metered",
        verified=Verified(
            "sitemap listed by public readers; selectors tried on a real page", "2026", "high"
        ),
    )
