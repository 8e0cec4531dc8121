"""The Irrawaddy."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheIrrawaddy(NewsSpider):
    name = "irrawaddy"
    site = Site(
        name=name,
        title="The Irrawaddy",
        country="MM",
        languages=("en", "my"),
        timezone="Asia/Yangon",
        domains=("irrawaddy.com",),
        home="https://www.irrawaddy.com/",
        discover=True,
        article=r"https?://(?:www|burma)\.irrawaddy\.com/[a-z-]+(?:/[a-z-]+)*(?:/\d{4}/\d{2}/\d{2})?/[a-z0-9-]+\.html$",
        layouts=(
            Layout(
                title=("h1",),
                body=(".content-inner p", ".article-entry p"),
                published=(".jeg_meta_date",),
            ),
        ),
        verified=Verified("selectors of a public scraper; sources to be found", "2026-08", "low"),
    )
