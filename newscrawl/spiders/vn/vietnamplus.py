"""VietnamPlus (VNA)."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class VietnamPlus(NewsSpider):
    name = "vietnamplus"
    site = Site(
        name=name,
        title="VietnamPlus",
        country="VN",
        languages=("vi",),
        timezone="Asia/Ho_Chi_Minh",
        domains=("vietnamplus.vn",),
        home="https://www.vietnamplus.vn/",
        feeds=("https://en.vietnamplus.vn/rss/home.rss", "https://en.vietnamplus.vn/rss/news.rss"),
        layouts=(
            Layout(
                title=(".article__title.cms-title",),
                standfirst=(".details__summary",),
                body=(".article-body p",),
                published=("time",),
            ),
        ),
        credits=(r"\./\.\s*(?:VNA|TTXVN)?",),
        access="free",
        verified=Verified("feed listed by public readers; selectors of a public scraper", "2024"),
    )
