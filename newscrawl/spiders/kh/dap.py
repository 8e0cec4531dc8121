"""DAP News."""

from newscrawl.platforms import wordpress
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class DAPNews(NewsSpider):
    name = "dap"
    site = Site(
        name=name,
        title="DAP News",
        country="KH",
        languages=("km",),
        timezone="Asia/Phnom_Penh",
        domains=("dap-news.com",),
        home="https://dap-news.com/",
        feeds=("https://dap-news.com/feed/",),
        listings=(wordpress.posts("https://dap-news.com", per_page=100),),
        article=r"https?://dap-news\.com/[a-z-]+/\d{4}/\d{2}/\d{2}/\d+/?$",
        layouts=(
            Layout(
                title=("h1.post-title.entry-title.left",),
                body=("div.entry-content p", "div#content-main p"),
                published=("meta[property='article:published_time']::attr(content)",),
            ),
        ),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09", "high"),
    )
