"""Chunichi Shimbun."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class ChunichiShimbun(NewsSpider):
    name = "chunichi"
    site = Site(
        name=name,
        title="中日新聞",
        country="JP",
        languages=("ja",),
        timezone="Asia/Tokyo",
        domains=("chunichi.co.jp",),
        home="https://www.chunichi.co.jp/",
        news_sitemaps=("https://www.chunichi.co.jp/sitemap.xml",),
        article=r"https?://www\.chunichi\.co\.jp/article/\d+$",
        layouts=(Layout(title=("h1.hdg",), body=("main div.block",)),),
        source_name="Chunichi Shimbun",
        access="metered",
        verified=Verified(
            "sitemap listed by public readers; selectors tried on a real page", "2025-01", "high"
        ),
    )
