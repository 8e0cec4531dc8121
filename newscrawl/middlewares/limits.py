"""Stops a site's requests when its crawl has reached a limit: before they are sent, not after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import NotConfigured

from newscrawl.errand import META, Errand, Kind
from newscrawl.items import Stage
from newscrawl.refusal import Refused
from newscrawl.spider import NewsSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class LimitMiddleware:
    """Refuses articles that are still waiting when the spider says that it has enough."""

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LimitMiddleware:
        if not isinstance(crawler.spider, NewsSpider):
            raise NotConfigured
        return cls(crawler.spider)

    def process_request(self, request: Request) -> None:
        errand = request.meta.get(META)
        if isinstance(errand, Errand) and errand.kind is Kind.ARTICLE:
            reason = self._spider.limit
            if reason is not None:
                raise Refused(Stage.DISCOVERY, reason)
