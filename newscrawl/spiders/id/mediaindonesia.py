"""Media Indonesia."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class MediaIndonesia(NewsSpider):
    name = "mediaindonesia"
    site = Site(
        name=name,
        title="Media Indonesia",
        country="ID",
        languages=("id",),
        timezone="Asia/Jakarta",
        domains=("mediaindonesia.com",),
        home="https://mediaindonesia.com/",
        sitemaps=("https://mediaindonesia.com/sitemap.xml",),
        article=r"https?://(?:m\.)?mediaindonesia\.com/[a-z-]+/\d+/[a-z0-9-]+$",
        layouts=(
            Layout(
                title=("h1",),
                body=("div.article > p:not([class])",),
                byline=("div.info > div.author-2",),
                published=(".datetime",),
            ),
        ),
        boilerplate=("Cek berita dan artikel yg lain di Google News",),
        staff_bylines=("mediaindonesia.com developer",),
        access="free",
        verified=Verified(
            "sitemap listed by public readers; selectors tried on a real page", "2026-08", "high"
        ),
    )
