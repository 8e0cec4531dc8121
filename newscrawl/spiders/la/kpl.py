"""KPL Lao News Agency."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class KPLLaoNewsAgency(NewsSpider):
    name = "kpl"
    site = Site(
        name=name,
        title="Lao News Agency",
        country="LA",
        languages=("lo", "en", "fr"),
        timezone="Asia/Vientiane",
        domains=("kpl.gov.la",),
        home="https://kpl.gov.la/",
        listings=(
            Listing(
                url="https://kpl.gov.la/news.aspx?cat=1&page={page}",
                item="ul.news-story > li",
                link="h3 a",
            ),
            Listing(
                url="https://kpl.gov.la/news.aspx?cat=3&page={page}",
                item="ul.news-story > li",
                link="h3 a",
            ),
        ),
        article=r"https?://kpl\.gov\.la/(?:en/|En/)?(?:detail|Detail)\.aspx\?id=\d+$",
        publisher_id=r"[?&]id=(\d+)",
        layouts=(Layout(title=("h3",), body=("div.post-entry p",), published=("span.post-time",)),),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2026"),
    )
