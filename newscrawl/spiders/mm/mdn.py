"""Myanmar Digital News."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class MyanmarDigitalNews(NewsSpider):
    name = "mdn"
    site = Site(
        name=name,
        title="Myanmar Digital News",
        country="MM",
        languages=("my", "en"),
        timezone="Asia/Yangon",
        domains=("mdn.gov.mm",),
        home="https://www.mdn.gov.mm/",
        discover=True,
        layouts=(
            Layout(
                title=("h5.card-title a",),
                body=(".field--name-body p", ".post-content p"),
                published=(".post-created",),
            ),
        ),
        access="free",
        verified=Verified("selectors of a public scraper; sources to be found", "2025-10", "low"),
    )
