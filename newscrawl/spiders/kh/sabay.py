"""Sabay News."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class SabayNews(NewsSpider):
    name = "sabay"
    site = Site(
        name=name,
        title="Sabay News",
        country="KH",
        languages=("km",),
        timezone="Asia/Phnom_Penh",
        domains=("news.sabay.com.kh",),
        home="https://news.sabay.com.kh/",
        discover=True,
        article=r"https?://news\.sabay\.com\.kh/article/\d+$",
        publisher_id=r"/article/(\d+)",
        layouts=(Layout(title=(".title.detail > p",), body=("div.post_content .detail p",)),),
        access="free",
        verified=Verified(
            "selectors of a public scraper; sources to be found (undated, read in 2026)",
            "2026",
            "low",
        ),
    )
