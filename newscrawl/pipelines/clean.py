"""Takes out of the text what the author did not write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.clean import clean
from newscrawl.items import Article, Stage
from newscrawl.refusal import DroppedArticle
from newscrawl.spider import NewsSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.site import Site


class CleanPipeline:
    """`newscrawl.clean.clean` with the site's record and its learned boilerplate."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanPipeline:
        assert isinstance(crawler.spider, NewsSpider)
        return cls(crawler.spider.site)

    def process_item(self, item: Article) -> Article:
        article = clean(item, self._site)
        if not article.body:
            raise DroppedArticle(Stage.VALIDATE, "no_body", "nothing left after cleaning")
        return article
