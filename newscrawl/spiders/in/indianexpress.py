"""The Indian Express."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheIndianExpress(NewsSpider):
    name = "indianexpress"
    site = Site(
        name=name,
        title="The Indian Express",
        country="IN",
        languages=("en",),
        timezone="Asia/Kolkata",
        domains=("indianexpress.com",),
        home="https://indianexpress.com/",
        feeds=(
            "https://indianexpress.com/feed/",
            "https://indianexpress.com/section/india/feed/",
            "https://indianexpress.com/section/world/feed/",
        ),
        layouts=(
            Layout(
                title=("h1",),
                standfirst=("h2.synopsis",),
                body=(".story_details p", ".full-details p"),
                exclude=("#ie_story_comments", "[class*=related-widget]"),
            ),
        ),
        boilerplate=("Subscriber Only Stories",),
        access="metered",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2020", "high"
        ),
    )
