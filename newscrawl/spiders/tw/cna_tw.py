"""Central News Agency (Taiwan)."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class CentralNewsAgency(NewsSpider):
    name = "cna_tw"
    site = Site(
        name=name,
        title="中央社",
        country="TW",
        languages=("zh-Hant",),
        timezone="Asia/Taipei",
        domains=("cna.com.tw",),
        home="https://www.cna.com.tw/",
        discover=True,
        layouts=(
            Layout(
                title=("div.centralContent > h1",),
                body=("div.centralContent > div.paragraph > p",),
                published=("div.updatetime > span",),
            ),
        ),
        credits=(r"（編輯：.*）\d{7}",),
        source_name="Central News Agency",
        access="free",
        verified=Verified("selectors of a public scraper; sources to be found", "2019", "low"),
    )
