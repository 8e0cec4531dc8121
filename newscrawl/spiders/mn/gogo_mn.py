"""Gogo Mongolia."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class GogoMongolia(NewsSpider):
    name = "gogo_mn"
    site = Site(
        name=name,
        title="Gogo Mongolia",
        country="MN",
        languages=("mn", "en"),
        timezone="Asia/Ulaanbaatar",
        domains=("gogo.mn",),
        home="https://gogo.mn/",
        discover=True,
        article=r"https?://(?:mongolia\.)?gogo\.mn/r/[a-z0-9]+$",
        publisher_id=r"/r/([a-z0-9]+)$",
        layouts=(Layout(title=(".news-detail-title",), body=(".newscontbody p",)),),
        access="free",
        groups=("ann",),
        verified=Verified(
            "selectors of a public scraper; sources to be found (undated, read in 2026)",
            "2026",
            "low",
        ),
    )
