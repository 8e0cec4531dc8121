"""Fresh News Asia."""

from newscrawl.site import Site, Verified
from newscrawl.spider import NewsSpider


class FreshNewsAsia(NewsSpider):
    name = "freshnews"
    site = Site(
        name=name,
        title="Fresh News Asia",
        country="KH",
        languages=("km", "en"),
        timezone="Asia/Phnom_Penh",
        domains=("freshnewsasia.com",),
        home="https://www.freshnewsasia.com/",
        feeds=("https://en.freshnewsasia.com/index.php/en/?format=feed&type=rss",),
        article=r"https?://(?:www|en|m)\.freshnewsasia\.com/index\.php/.+/\d+-\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}\.html$",
        verified=Verified("feed seen answering", "2026-09"),
    )
