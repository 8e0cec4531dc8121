"""The Philippine Star."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class ThePhilippineStar(NewsSpider):
    name = "philstar"
    site = Site(
        name=name,
        title="The Philippine Star",
        country="PH",
        languages=("en", "fil"),
        timezone="Asia/Manila",
        domains=("philstar.com",),
        home="https://www.philstar.com/",
        feeds=("https://www.philstar.com/rss/headlines",),
        article=r"https?://(?:www\.)?philstar\.com/[a-z-]+(?:/[a-z-]+)*/\d{4}/\d{2}/\d{2}/\d+/[a-z0-9-]+$",
        layouts=(
            Layout(
                title=("div.article__title h1", "#sports_title"),
                body=("div.article__writeup p", "#sports_article_writeup p"),
                byline=(".article__credits-author-pub",),
                published=(".article__date-published",),
            ),
        ),
        boilerplate=("Philstar.com is one of the most vibrant",),
        access="free",
        verified=Verified(
            "feed listed by public readers; selectors tried on a real page", "2025-12", "high"
        ),
    )
