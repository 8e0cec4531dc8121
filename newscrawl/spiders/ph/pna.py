"""Philippine News Agency."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class PhilippineNewsAgency(NewsSpider):
    name = "pna"
    site = Site(
        name=name,
        title="Philippine News Agency",
        country="PH",
        languages=("en", "fil"),
        timezone="Asia/Manila",
        domains=("pna.gov.ph",),
        home="https://www.pna.gov.ph/",
        feeds=("https://www.pna.gov.ph/latest.rss",),
        layouts=(
            Layout(
                title=(".page-header h1",), body=(".page-content > p",), published=("span.date",)
            ),
        ),
        credits=(r"\(PNA\)",),
        verified=Verified(
            "feed listed by public readers; selectors of a public scraper", "2022-09"
        ),
    )
