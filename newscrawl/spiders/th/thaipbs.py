"""Thai PBS."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider

API = "https://onecms.thaipbs.or.th/api/news/api-v/section-loadmore"
SECTIONS = ("politics", "social", "foreign", "economy", "crime", "environment")


class ThaiPBS(NewsSpider):
    name = "thaipbs"
    site = Site(
        name=name,
        title="Thai PBS",
        country="TH",
        languages=("th", "en"),
        timezone="Asia/Bangkok",
        domains=("thaipbs.or.th",),
        home="https://www.thaipbs.or.th/",
        listings=(
            *(
                Listing(
                    url=f"{API}?section={x}&page={{page}}",
                    kind="json",
                    item="items",
                    link="canonical",
                    title="title",
                    published="publishTime",
                )
                for x in SECTIONS
            ),
        ),
        article=r"https?://www\.thaipbs\.or\.th/news/content/\d+$",
        publisher_id=r"/content/(\d+)",
        layouts=(
            Layout(
                title=("article h1",),
                body=("#item-description p",),
                published=("header time::attr(datetime)",),
            ),
        ),
        calendar="buddhist",
        access="free",
        verified=Verified("list and selectors of a public scraper", "2026-02", "high"),
    )
