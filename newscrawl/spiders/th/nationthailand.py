"""The Nation (Thailand)."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class NationThailand(NewsSpider):
    name = "nationthailand"
    site = Site(
        name=name,
        title="The Nation",
        country="TH",
        languages=("en",),
        timezone="Asia/Bangkok",
        domains=("nationthailand.com",),
        home="https://www.nationthailand.com/",
        listings=(
            Listing(
                url="https://api.nationthailand.com/api/v1.0/categories/news?page={page}",
                kind="json",
                item="data",
                link="link",
                title="title",
                published="published_at",
            ),
        ),
        article=r"https?://(?:www\.)?nationthailand\.com/[a-z-]+(?:/[a-z-]+)*/\d{6,}$",
        publisher_id=r"/(\d{6,})$",
        layouts=(
            Layout(
                title=(".detail-title-header", "h1"),
                standfirst=(".content-blurb",),
                body=("div.detail p", "#contents p"),
                tags=("ul.tags-wrapper li.list-item a",),
            ),
        ),
        source_name="The Nation Thailand",
        access="free",
        groups=("ann",),
        verified=Verified("listing API and body of two public scrapers", "2025-12", "high"),
    )
