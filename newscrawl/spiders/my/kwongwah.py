"""Kwong Wah Yit Poh."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class KwongWahYitPoh(NewsSpider):
    name = "kwongwah"
    site = Site(
        name=name,
        title="光华日报",
        country="MY",
        languages=("zh-Hans",),
        timezone="Asia/Kuala_Lumpur",
        domains=("kwongwah.com.my",),
        home="https://www.kwongwah.com.my/",
        discover=True,
        layouts=(
            Layout(
                title=("h1.entry-title",),
                body=("div.td-post-content > p",),
                published=("time::attr(datetime)",),
            ),
        ),
        source_name="Kwong Wah Yit Poh",
        access="free",
        verified=Verified("selectors of a public scraper; sources to be found", "2022-09", "low"),
    )
