"""Global Times."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class GlobalTimes(NewsSpider):
    name = "globaltimes"
    site = Site(
        name=name,
        title="Global Times",
        country="CN",
        languages=("en",),
        timezone="Asia/Shanghai",
        domains=("globaltimes.cn",),
        home="https://www.globaltimes.cn/",
        feeds=("https://www.globaltimes.cn/rss/outbrain.xml",),
        article=r"https?://www\.globaltimes\.cn/page/\d{6}/\d+\.shtml$",
        publisher_id=r"/(\d+)\.shtml",
        layouts=(
            Layout(
                title=(".article_title",),
                body=(".article_content",),
                byline=(".author_share_left",),
            ),
        ),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper (undated, read in 2026)",
            "2026",
        ),
    )
