"""Eleven Media (Myanmar)."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class ElevenMedia(NewsSpider):
    name = "elevenmedia"
    site = Site(
        name=name,
        title="Eleven Media",
        country="MM",
        languages=("my", "en"),
        timezone="Asia/Yangon",
        domains=("news-eleven.com", "elevenmyanmar.com"),
        home="https://news-eleven.com/",
        discover=True,
        layouts=(
            Layout(
                title=("div.news-detail-title",),
                body=("div.field-item.even p",),
                published=("span.date-display-single",),
            ),
        ),
        access="free",
        groups=("ann",),
        verified=Verified("selectors of a public scraper; sources to be found", "2022-09", "low"),
    )
