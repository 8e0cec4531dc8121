"""Target Laos."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TargetLaos(NewsSpider):
    name = "targetlaos"
    site = Site(
        name=name,
        title="Target Laos",
        country="LA",
        languages=("lo",),
        timezone="Asia/Vientiane",
        domains=("targetlaos.com",),
        home="https://targetlaos.com/",
        discover=True,
        layouts=(
            Layout(title=("h1",), body=("#the-post div.entry p",), published=("span.tie-date",)),
        ),
        access="free",
        verified=Verified("selectors of a public scraper; sources to be found", "2022-09", "low"),
    )
