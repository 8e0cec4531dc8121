"""Takes out of the text what the author did not write."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from newscrawl.clean import Furniture
from newscrawl.editing import tidy
from newscrawl.furniture_store import load_furniture, save_furniture
from newscrawl.items import Article, Rejection
from newscrawl.refusal import dropped
from newscrawl.run import Run
from newscrawl.spider import NewsSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.site import Site

logger = logging.getLogger(__name__)


class CleanPipeline:
    """`newscrawl.editing.tidy` with the site's record and its learned boilerplate."""

    def __init__(self, site: Site, state_dir: Path) -> None:
        self._site, self._state_dir = site, state_dir
        self._furniture = Furniture()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanPipeline:
        assert isinstance(crawler.spider, NewsSpider)
        return cls(crawler.spider.site, Run.of(crawler).output.state_dir)

    def open_spider(self) -> None:
        self._furniture = load_furniture(self._state_dir, self._site.name)

    def process_item(self, item: Article) -> Article:
        article = tidy(item, self._site, self._furniture)
        if isinstance(article, Rejection):
            raise dropped(article)
        return article

    def close_spider(self) -> None:
        try:
            save_furniture(self._state_dir, self._site.name, self._furniture)
        except OSError as error:
            logger.warning("Boilerplate of %s was not kept: %s", self._site.name, error)
