"""Bangkok Post."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider

FEEDS = ("topstories", "news", "business", "opinion", "life", "breakingnews", "most-recent")


class BangkokPost(NewsSpider):
    name = "bangkokpost"
    site = Site(
        name=name,
        title="Bangkok Post",
        country="TH",
        languages=("en",),
        timezone="Asia/Bangkok",
        domains=("bangkokpost.com",),
        home="https://www.bangkokpost.com/",
        feeds=tuple(f"https://www.bangkokpost.com/rss/data/{x}.xml" for x in FEEDS),
        listings=(
            Listing(
                url="https://www.bangkokpost.com/thailand/general",
                item="div.news--list",
                link="h3 a",
                max_pages=1,  # the list has no further pages
            ),
        ),
        article=r"https?://www\.bangkokpost\.com/[a-z-]+(?:/[a-z-]+)+/\d{6,}/[a-z0-9-]+/?$",
        publisher_id=r"/(\d{6,})/",
        layouts=(
            Layout(
                title=("div.article-headline > h1", "h1"),
                body=("div.article-content p", ".articl-content p"),  # the second is their spelling
                published=(
                    "meta[name='lead:published_at']::attr(content)",
                    ".article-info--col p",
                ),
            ),
        ),
        boilerplate=(
            "CONTACT: BANGKOK POST BUILDING",
            "All letter writers must provide full name and address",
            "PUBLISHED :",
        ),
        access="free",
        verified=Verified("feeds of public readers; selectors of a public scraper", "2026", "high"),
    )
