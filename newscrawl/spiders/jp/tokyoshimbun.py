"""Tokyo Shimbun."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TokyoShimbun(NewsSpider):
    name = "tokyoshimbun"
    site = Site(
        name=name,
        title="東京新聞",
        country="JP",
        languages=("ja",),
        timezone="Asia/Tokyo",
        domains=("tokyo-np.co.jp",),
        home="https://www.tokyo-np.co.jp/",
        news_sitemaps=("https://www.tokyo-np.co.jp/sitemap.xml",),
        article=r"https?://www\.tokyo-np\.co\.jp/article/\d+$",
        layouts=(Layout(title=("h1",), body=("main div.block",)),),
        source_name="Tokyo Shimbun",
        access="metered",
        verified=Verified(
            "sitemap listed by public readers; selectors tried on a real page", "2025-01", "high"
        ),
    )
