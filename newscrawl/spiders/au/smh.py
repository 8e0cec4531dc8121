"""The Sydney Morning Herald."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheSydneyMorningHerald(NewsSpider):
    name = "smh"
    site = Site(
        name=name,
        title="The Sydney Morning Herald",
        country="AU",
        languages=("en",),
        timezone="Australia/Sydney",
        domains=("smh.com.au",),
        home="https://www.smh.com.au/",
        feeds=(
            "https://www.smh.com.au/rss/feed.xml",
            "https://www.smh.com.au/rss/business.xml",
            "https://www.smh.com.au/rss/environment.xml",
        ),
        layouts=(Layout(title=("h1",), body=("article p",), exclude=("aside", "header")),),
        access="metered",
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper (undated, read in 2026)",
            "2026",
            "high",
        ),
    )
