"""detikcom."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider

INDEX = "https://news.detik.com/berita/indeks"


class Detikcom(NewsSpider):
    name = "detik"
    site = Site(
        name=name,
        title="detikcom",
        country="ID",
        languages=("id",),
        timezone="Asia/Jakarta",
        domains=("detik.com",),
        home="https://www.detik.com/",
        news_sitemaps=(
            "https://news.detik.com/berita/sitemap_news.xml",
            "https://finance.detik.com/sitemap_news.xml",
        ),
        listings=(Listing(url=f"{INDEX}?page={{page}}"),),
        archives=(Listing(url=f"{INDEX}?page={{page}}&date={{mm}}/{{dd}}/{{yyyy}}"),),
        article=r"https?://[a-z]+\.detik\.com/(?:[a-z-]+/)+d-\d+/[a-z0-9-]+$",
        publisher_id=r"/(d-\d+)/",
        layouts=(
            Layout(
                title=("h1.detail__title",),
                body=("div.detail__body-text.itp_bodycontent p",),
                byline=("div.detail__author",),
                published=("div.detail__date", "meta[itemprop=datePublished]::attr(content)"),
                tags=("div.detail__body-tag a",),
                exclude=(".parallaxindetail", ".linksisip", "table.linksisip"),
            ),
        ),
        boilerplate=(
            "SCROLL TO CONTINUE WITH CONTENT",
            "Lihat juga Video",
            "[Gambas:Video 20detik]",
        ),
        access="free",
        verified=Verified(
            "sitemap listed by public readers; selectors tried on a real page", "2026-08", "high"
        ),
    )
