"""Marshall Islands Journal."""

from newscrawl.platforms import wordpress
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class MarshallIslandsJournal(NewsSpider):
    name = "mijournal"
    site = Site(
        name=name,
        title="Marshall Islands Journal",
        country="MH",
        languages=("en",),
        timezone="Pacific/Majuro",
        domains=("marshallislandsjournal.com",),
        home="https://marshallislandsjournal.com/",
        listings=(wordpress.archive("https://marshallislandsjournal.com/category/news-archive/"),),
        layouts=(
            Layout(
                title=("h2.posttitle",),
                body=("div.entry-content p",),
                published=("time.published.updated::attr(datetime)",),
                tags=("p.posttags a",),
            ),
        ),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2025-12", "high"),
    )
