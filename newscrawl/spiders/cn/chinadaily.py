"""China Daily."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class ChinaDaily(NewsSpider):
    name = "chinadaily"
    site = Site(
        name=name,
        title="China Daily",
        country="CN",
        languages=("en",),
        timezone="Asia/Shanghai",
        domains=("chinadaily.com.cn",),
        home="https://www.chinadaily.com.cn/",
        feeds=(
            "http://www.chinadaily.com.cn/rss/china_rss.xml",
            "http://www.chinadaily.com.cn/rss/world_rss.xml",
            "http://www.chinadaily.com.cn/rss/bizchina_rss.xml",
        ),
        listings=(
            Listing(
                url="https://www.chinadaily.com.cn/china/governmentandpolicy/page_{page}.html",
                item="div.mb10.tw3_01_2",
                link="h4 a",
            ),
        ),
        article=r"https?://(?:[a-z]+\.)?chinadaily\.com\.cn/a/\d{6}/\d{2}/WS[0-9a-f]{24}(?:_\d+)?\.html$",
        publisher_id=r"/(WS[0-9a-f]{24})",
        layouts=(
            Layout(
                title=("h1",),
                body=("#Content p",),
                published=("meta[name=publishdate]::attr(content)",),
            ),
        ),
        access="free",
        groups=("ann",),
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2025-12", "high"
        ),
    )
