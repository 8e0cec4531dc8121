"""Sin Chew Daily."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class SinChewDaily(NewsSpider):
    name = "sinchew"
    site = Site(
        name=name,
        title="星洲日报",
        country="MY",
        languages=("zh-Hans", "en"),
        timezone="Asia/Kuala_Lumpur",
        domains=("sinchew.com.my",),
        home="https://www.sinchew.com.my/",
        discover=True,
        layouts=(
            Layout(
                title=("h1",),
                body=(".article-page-content p",),
                published=("meta[property='article:published_time']::attr(content)",),
                exclude=(".ads-frame", ".read-more-msg"),
            ),
        ),
        boilerplate=("打开全文",),
        source_name="Sin Chew Daily",
        access="free",
        groups=("ann",),
        verified=Verified("selectors of a public scraper; sources to be found", "2022-09", "low"),
    )
