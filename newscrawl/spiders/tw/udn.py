"""United Daily News."""

from newscrawl.site import Layout, Site, Verified
from newscrawl.spider import NewsSpider


class UnitedDailyNews(NewsSpider):
    name = "udn"
    site = Site(
        name=name,
        title="聯合報",
        country="TW",
        languages=("zh-Hant",),
        timezone="Asia/Taipei",
        domains=("udn.com",),
        home="https://udn.com/",
        discover=True,
        article=r"https?://(?:money\.)?udn\.com/.+/story/\d+/\d+",
        publisher_id=r"/story/\d+/(\d+)",
        layouts=(
            Layout(
                title=("h1.article-content__title", "#story_art_title"),
                byline=("span.article-content__author",),
                body=("section.article-content__editor > p", "#article_body > p"),
                published=("time.article-content__time",),
                exclude=("figure.article-content__cover", ".udn-ads"),
            ),
        ),
        source_name="United Daily News",
        access="metered",
        verified=Verified("selectors tried on a real page; sources to be found", "2018", "low"),
    )
