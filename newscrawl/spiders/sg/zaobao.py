"""Lianhe Zaobao."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class LianheZaobao(NewsSpider):
    name = "zaobao"
    site = Site(
        name=name,
        title="联合早报",
        country="SG",
        languages=("zh-Hans",),
        timezone="Asia/Singapore",
        domains=("zaobao.com.sg", "zaobao.com"),
        home="https://www.zaobao.com.sg/",
        discover=True,
        layouts=(
            Layout(
                title=("h1",),
                body=(".articleBody p", ".article-body p", "#article-body p"),
                exclude=(
                    ".bff-google-ad",
                    ".bff-recommend-article",
                    ".further-reading",
                    ".read-on-app-cover",
                ),
            ),
        ),
        source_name="Lianhe Zaobao",
        access="metered",
        verified=Verified("selectors of a public scraper; sources to be found", "2022-09", "low"),
    )
