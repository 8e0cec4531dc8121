"""People's Daily Online (English)."""

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.spider import NewsSpider


class PeoplesDailyOnlineEnglish(NewsSpider):
    name = "people_en"
    site = Site(
        name=name,
        title="People's Daily Online",
        country="CN",
        languages=("en",),
        timezone="Asia/Shanghai",
        domains=("en.people.cn",),
        home="https://en.people.cn/",
        listings=(
            Listing(
                url="https://en.people.cn/90785/index{page}.html",
                item="ul.foreign_list8 li",
                link="a",
            ),
            Listing(
                url="https://en.people.cn/business/index{page}.html",
                item="ul.foreign_list8 li",
                link="a",
            ),
        ),
        layouts=(
            Layout(
                title=("h1",),
                body=("div.w860.d2txtCon p",),
                published=("meta[name=publishdate]::attr(content)",),
            ),
        ),
        boilerplate=("(Web editor: ",),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12"),
    )
