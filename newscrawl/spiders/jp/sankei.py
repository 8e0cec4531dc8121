"""Sankei Shimbun."""

from newscrawl.platforms import arc
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class SankeiShimbun(NewsSpider):
    name = "sankei"
    site = Site(
        name=name,
        title="産経新聞",
        country="JP",
        languages=("ja",),
        timezone="Asia/Tokyo",
        domains=("sankei.com",),
        home="https://www.sankei.com/",
        news_sitemaps=(arc.sitemap_index("https://www.sankei.com/"),),
        article=r"https?://www\.sankei\.com/article/\d{8}-[A-Z0-9]{26}/?",
        layouts=(
            Layout(
                title=("h1",),
                body=("div.article-body > p, div.article-body > h2",),
                tags=("ul.section-list > li",),
            ),
        ),
        source_name="Sankei Shimbun",
        access="metered",
        verified=Verified(
            "sitemap listed by public readers; selectors tried on a real page", "2025-01", "high"
        ),
    )
