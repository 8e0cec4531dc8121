"""Nikkei."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider

TEXT = "section[data-track-article-content]"


class Nikkei(NewsSpider):
    name = "nikkei"
    site = Site(
        name=name,
        title="日本経済新聞",
        country="JP",
        languages=("ja",),
        timezone="Asia/Tokyo",
        domains=("nikkei.com",),
        home="https://www.nikkei.com/",
        news_sitemaps=("https://www.nikkei.com/sitemap.xml",),
        article=r"https?://www\.nikkei\.com/article/DGX[A-Z0-9]+/?$",
        layouts=(
            Layout(
                title=("meta[property='og:title']::attr(content)",),
                body=(f"{TEXT} > p, {TEXT} > div > h2",),
            ),
        ),
        boilerplate=("【関連記事】",),
        source_name="Nikkei",
        access="metered",
        verified=Verified(
            "sitemap listed by public readers; selectors tried on a real page", "2025-01", "high"
        ),
    )
