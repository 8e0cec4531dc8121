"""Antara."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class Antara(NewsSpider):
    name = "antara"
    site = Site(
        name=name,
        title="Antara",
        country="ID",
        languages=("id",),
        timezone="Asia/Jakarta",
        domains=("antaranews.com",),
        home="https://www.antaranews.com/",
        feeds=(
            "https://www.antaranews.com/rss/terkini.xml",
            "https://www.antaranews.com/rss/top-news",
            "https://www.antaranews.com/rss/politik.xml",
        ),
        article=r"https?://(?:www|en|[a-z]+)\.antaranews\.com/(?:berita|news)/\d+/[a-z0-9-]+$",
        layouts=(
            Layout(
                title=(".wrap__article-detail-title h1", "h1"),
                body=(".wrap__article-detail-content.post-content p",),
                byline=(".text-muted.mt-2.small",),
                published=(".list-inline-item.mr-2", "span.text-secondary"),
                exclude=("span.baca-juga", "p.text-muted"),
            ),
        ),
        boilerplate=("Related news: ", "Copyright © ANTARA "),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2026-08", "high"
        ),
    )
