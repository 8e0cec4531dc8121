"""Refuses what is no article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.editing import validate
from newscrawl.items import Article
from newscrawl.refusal import dropped

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class ValidatePipeline:
    """Lets only articles with a title, a text and an address pass."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ValidatePipeline:
        return cls()

    def process_item(self, item: Article) -> Article:
        if (rejection := validate(item)) is not None:
            raise dropped(rejection)
        return item
