"""Refuses what is no article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.items import Article, Stage
from newscrawl.refusal import DroppedArticle

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class ValidatePipeline:
    """Lets only articles with a title, a text and an address pass."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ValidatePipeline:
        return cls()

    def process_item(self, item: Article) -> Article:
        for name in ("url", "site", "title", "body", "fetched_at"):
            if not getattr(item, name):
                raise DroppedArticle(Stage.VALIDATE, f"no_{name}")
        return item
