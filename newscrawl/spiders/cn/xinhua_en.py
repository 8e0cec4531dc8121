"""Xinhua (English)."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class XinhuaEnglish(NewsSpider):
    name = "xinhua_en"
    site = Site(
        name=name,
        title="Xinhua",
        country="CN",
        languages=("en",),
        timezone="Asia/Shanghai",
        domains=("english.news.cn",),
        home="https://english.news.cn/",
        feeds=(
            "http://www.xinhuanet.com/english/rss/worldrss.xml",
            "http://www.xinhuanet.com/english/rss/chinarss.xml",
        ),
        listings=(Listing(url="https://english.news.cn/china/", link="div.tit a", max_pages=1),),
        layouts=(
            Layout(
                title=("h1",),
                body=("#detail p", "#detailContent p"),
                published=("meta[name=publishdate]::attr(content)",),
            ),
        ),
        source_name="Xinhua",
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-03"),
    )
