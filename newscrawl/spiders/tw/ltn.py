"""Liberty Times."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class LibertyTimes(NewsSpider):
    name = "ltn"
    site = Site(
        name=name,
        title="自由時報",
        country="TW",
        languages=("zh-Hant",),
        timezone="Asia/Taipei",
        domains=("ltn.com.tw",),
        home="https://news.ltn.com.tw/",
        feeds=(
            "https://news.ltn.com.tw/rss/all.xml",
            "https://news.ltn.com.tw/rss/politics.xml",
            "https://news.ltn.com.tw/rss/society.xml",
            "https://news.ltn.com.tw/rss/world.xml",
            "https://news.ltn.com.tw/rss/business.xml",
            "https://news.ltn.com.tw/rss/life.xml",
            "https://news.ltn.com.tw/rss/local.xml",
        ),
        layouts=(Layout(title=("h1",), body=("div.text p",)),),
        boilerplate=("不用抽 不用搶 現在用APP看新聞 保證天天中獎", "點我下載APP"),
        source_name="Liberty Times",
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors tried on a real page", "2018", "high"
        ),
    )
