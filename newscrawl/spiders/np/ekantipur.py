"""eKantipur."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class EKantipur(NewsSpider):
    name = "ekantipur"
    site = Site(
        name=name,
        title="eKantipur",
        country="NP",
        languages=("ne",),
        timezone="Asia/Kathmandu",
        domains=("ekantipur.com",),
        home="https://ekantipur.com/",
        discover=True,
        article=r"https?://ekantipur\.com/[a-z-]+/\d{4}/\d{2}/\d{2}/[a-z0-9-]+\.html$",
        layouts=(Layout(title=(".article-header h1",), body=(".description p",)),),
        calendar="bikram_sambat",
        verified=Verified("selectors of a public scraper; sources to be found", "2026-09", "low"),
    )
