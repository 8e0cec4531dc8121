"""Gives an article its keys and the fingerprint by which copies are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.editing import identify
from newscrawl.items import Article
from newscrawl.spider import NewsSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.site import Site


class DedupPipeline:
    """Canonical URL, article id, content hash and version id.

    The cluster is assigned when the article is accepted, in the same transaction: only then is it
    known which articles came before.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DedupPipeline:
        assert isinstance(crawler.spider, NewsSpider)
        return cls(crawler.spider.site)

    def process_item(self, item: Article) -> Article:
        return identify(item, self._site)
