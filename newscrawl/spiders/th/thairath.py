"""Thairath."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class Thairath(NewsSpider):
    name = "thairath"
    site = Site(
        name=name,
        title="Thairath",
        country="TH",
        languages=("th",),
        timezone="Asia/Bangkok",
        domains=("thairath.co.th",),
        home="https://www.thairath.co.th/",
        feeds=("https://www.thairath.co.th/rss/news.rss",),
        listings=(
            *(
                Listing(url=f"https://www.thairath.co.th/news/{x}", max_pages=1)
                for x in ("politic", "local", "foreign", "society", "crime")
            ),
        ),
        article=r"https?://www\.thairath\.co\.th/(?:news|sport|entertain|lifestyle|money|content|novel)/(?:[a-z_-]+/)*\d{5,}$",
        layouts=(
            Layout(
                title=("h1",),
                body=("div.article-body p", "[itemprop=articleBody] p"),
                published=("meta[property='article:published_time']::attr(content)",),
            ),
        ),
        calendar="buddhist",
        access="free",
        verified=Verified("feed listed by public readers; selectors of a public scraper", "2026"),
    )
