"""The Star (Malaysia)."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheStar(NewsSpider):
    name = "thestar"
    site = Site(
        name=name,
        title="The Star",
        country="MY",
        languages=("en",),
        timezone="Asia/Kuala_Lumpur",
        domains=("thestar.com.my",),
        home="https://www.thestar.com.my/",
        feeds=(
            "https://www.thestar.com.my/rss/News",
            "https://www.thestar.com.my/rss/news/nation",
        ),
        article=r"https?://www\.thestar\.com\.my/(?:[a-z-]+/)*\d{4}/\d{2}/\d{2}/[a-z0-9-]+$",
        layouts=(
            Layout(
                title=(".headline.story-pg h1", "h1"),
                kicker=(".kicker",),
                body=("#story-body p",),
                published=("p.date",),
            ),
        ),
        boilerplate=(
            "ALSO READ:",
            "Related stories:",
            "Tags / Keywords:",
            "Report it to us",
            "Do you have question",
        ),
        access="metered",
        groups=("ann",),
        verified=Verified("feeds of a public reader; selectors of two public scrapers", "2026-03"),
    )
