"""Global New Light of Myanmar."""

from newscrawl.platforms import wordpress
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class GlobalNewLightOfMyanmar(NewsSpider):
    name = "gnlm"
    site = Site(
        name=name,
        title="Global New Light of Myanmar",
        country="MM",
        languages=("en",),
        timezone="Asia/Yangon",
        domains=("gnlm.com.mm",),
        home="https://www.gnlm.com.mm/",
        listings=(wordpress.archive("https://www.gnlm.com.mm/category/national/"),),
        layouts=(
            Layout(
                title=("h1", "h4.post-title a"),
                body=("div.entry-content",),
                published=("li.post-date span",),
            ),
        ),
        credits=(r"—\s*(?:MNA|GNLM)(?:/\w+)?",),
        access="free",
        verified=Verified("list and selectors of a public scraper", "2026"),
    )
