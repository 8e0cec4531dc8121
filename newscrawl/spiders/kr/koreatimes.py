"""The Korea Times."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheKoreaTimes(NewsSpider):
    name = "koreatimes"
    site = Site(
        name=name,
        title="The Korea Times",
        country="KR",
        languages=("en",),
        timezone="Asia/Seoul",
        domains=("koreatimes.co.kr",),
        home="https://www.koreatimes.co.kr/",
        discover=True,
        layouts=(
            Layout(
                title=("h1",),
                body=("div[data-article-content='true'] p", "[class*=EditorContents_contents]"),
                caption=("div[data-testid='article-top-view'] figcaption",),
            ),
        ),
        access="free",
        verified=Verified("selectors of a public scraper; sources to be found", "2025-12", "low"),
    )
