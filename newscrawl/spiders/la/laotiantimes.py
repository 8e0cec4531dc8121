"""The Laotian Times."""

from newscrawl.platforms import wordpress
from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class TheLaotianTimes(NewsSpider):
    name = "laotiantimes"
    site = Site(
        name=name,
        title="The Laotian Times",
        country="LA",
        languages=("en",),
        timezone="Asia/Vientiane",
        domains=("laotiantimes.com",),
        home="https://laotiantimes.com/",
        feeds=("https://laotiantimes.com/feed/",),
        listings=(wordpress.archive("https://laotiantimes.com/category/allnews/"),),
        layouts=(
            Layout(
                title=("h1.tdb-title-text",),
                body=("div.wpb_wrapper p",),
                published=("meta[property='article:published_time']::attr(content)",),
                tags=("ul.tdb-tags li a",),
            ),
        ),
        boilerplate=("The leading English language news website in Laos.",),
        access="free",
        verified=Verified("feed seen answering; selectors of a public scraper", "2026-09", "high"),
    )
