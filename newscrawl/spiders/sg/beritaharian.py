"""Berita Harian (Singapore)."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class BeritaHarian(NewsSpider):
    name = "beritaharian"
    site = Site(
        name=name,
        title="Berita Harian",
        country="SG",
        languages=("ms",),
        timezone="Asia/Singapore",
        domains=("beritaharian.sg",),
        home="https://www.beritaharian.sg/",
        sitemaps=("https://www.beritaharian.sg/sitemap.xml",),
        layouts=(Layout(title=(".article-headline",), published=(".date",)),),
        verified=Verified(
            "sitemap listed by public readers; selectors of a public scraper", "2022-09", "low"
        ),
    )
