"""Asia News Network: one hub for the stories of its member papers."""

from newscrawl.platforms.wordpress import archive
from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider

ITEM, LINK = "article", "h2.entry-title > a"
TAGS = ("cambodia", "indonesia", "singapore", "thailand", "vietnam")


class AsiaNews(NewsSpider):
    name = "asianews"
    site = Site(
        name=name,
        title="Asia News Network",
        country="ZZ",
        languages=("en",),
        timezone="Asia/Singapore",  # the page prints a day only
        domains=("asianews.network",),
        home="https://asianews.network/",
        feeds=("https://asianews.network/feed/",),
        listings=(
            Listing(
                url="https://asianews.network/category/home-page/daily-digest/",
                item=ITEM,
                link=LINK,
                max_pages=1,
            ),
            *(archive(f"https://asianews.network/tag/{x}/", item=ITEM, link=LINK) for x in TAGS),
        ),
        article=r"https?://(?:www\.)?asianews\.network/"
        r"(?!(?:tag|category|author|page|feed|wp-[a-z]+)(?:/|$))[a-z0-9-]+/?(?:\?.*)?$",
        layouts=(
            Layout(
                title=("h1.entry-title",),
                body=("div.entry-content.articlebody p", "div.entry-content p"),
            ),
        ),
        boilerplate=("scroll to top", "READ: "),
        access="free",
        groups=("ann",),
        verified=Verified("feed seen answering; selectors of two public scrapers", "2026-09"),
    )
