"""Stops a site's requests when its crawl has reached a limit: before they are sent, not after."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.exceptions import NotConfigured

from newscrawl.errand import META, Errand, Kind
from newscrawl.items import Stage
from newscrawl.refusal import Refused
from newscrawl.spider import NewsSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

_LOOK_AGAIN = 0.05  # seconds between looks at what has become of the pages in hand


class LimitMiddleware:
    """Refuses articles that are still waiting when the spider says that it has enough.

    Where the number of articles is limited, a page waits until it is known whether the ones before
    it were articles.
    """

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider
        self._in_hand: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LimitMiddleware:
        if not isinstance(crawler.spider, NewsSpider):
            raise NotConfigured
        return cls(crawler.spider)

    async def process_request(self, request: Request) -> None:
        errand = request.meta.get(META)
        if not isinstance(errand, Errand) or errand.kind is not Kind.ARTICLE:
            return
        spider = self._spider
        while (reason := spider.limit_of(errand.key)) is None:
            self._in_hand = {key for key in self._in_hand if spider.ledger.entry(key) is not None}
            if errand.key in self._in_hand or not spider.enough_in_hand(len(self._in_hand)):
                self._in_hand.add(errand.key)
                return
            await asyncio.sleep(_LOOK_AGAIN)
        raise Refused(Stage.DISCOVERY, reason)
