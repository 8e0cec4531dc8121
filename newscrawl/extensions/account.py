"""Connects a crawler with its run: the account of its site begins and ends here."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import signals

from newscrawl.account import Entry, Recall
from newscrawl.dataset import SiteLock
from newscrawl.dedup import canonical_url
from newscrawl.items import Article, Stage
from newscrawl.refusal import DroppedArticle
from newscrawl.run import Run
from newscrawl.spider import NewsSpider

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

# Why what is still open at the end was not reached, by Scrapy's reason of closing.
_NOT_REACHED = {"finished": "not_reached", "shutdown": "stopped"}


class AccountExtension:
    """Opens the ledger, ends what is dropped, refuses what was not reached, closes the ledger."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = Run.of(crawler)
        self._lock: SiteLock | None = None  # a job has its own

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AccountExtension:
        extension = cls(crawler)
        assert isinstance(crawler.spider, NewsSpider)
        if extension._run.owner:
            extension._hold(crawler.spider.site.name)
        crawler.spider.join(extension._run)
        connect = crawler.signals.connect
        connect(extension.request_reached_downloader, signals.request_reached_downloader)
        connect(extension.item_dropped, signals.item_dropped)
        connect(extension.item_error, signals.item_error)
        connect(extension.spider_error, signals.spider_error)
        connect(extension.spider_closed, signals.spider_closed)
        connect(extension.engine_stopped, signals.engine_stopped)
        return extension

    def _hold(self, site: str) -> None:
        """Hold the site for as long as the process lasts; raises `SiteHeld`."""
        self._lock = self._run.output.site_lock(site, run_id=self._run.run_id)
        self._lock.acquire()

    @property
    def _spider(self) -> NewsSpider:
        assert isinstance(self._crawler.spider, NewsSpider)
        return self._crawler.spider

    def _entry(self, item: Article) -> Entry | None:
        key = canonical_url(item.requested_url or item.url, self._spider.site)
        return self._spider.ledger.entry(key)

    def request_reached_downloader(self, request: Request, spider: Spider) -> None:
        self._spider.ledger.requests += 1

    def item_dropped(self, item: Article, exception: BaseException) -> None:
        entry = self._entry(item)
        if entry is not None and isinstance(exception, DroppedArticle):
            self._spider.refuse(entry.key, exception.stage, exception.reason, exception.detail)

    def item_error(self, item: Article) -> None:
        """A pipeline raised: a bug, and the account says so."""
        self._spider.ledger.errors += 1
        if (entry := self._entry(item)) is not None:
            self._run.sink.log(self._spider.ledger.refuse(entry.key, Stage.WRITE, "error"))

    def spider_error(self) -> None:
        """A callback raised; its URL stays open and is refused at the end."""
        self._spider.ledger.errors += 1

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        ledger = self._spider.ledger
        why = self._run.stop_reason or _NOT_REACHED.get(reason, reason)
        for entry in ledger.open_entries():
            if (left := self._spider.left_open(entry.key)) is not None:
                self._run.sink.log(ledger.refuse(entry.key, Stage.DISCOVERY, left))
            else:
                self._run.sink.log(ledger.refuse(entry.key, Stage.FETCH, why))
        for source in self._spider.sourcing.marks():
            self._run.sink.log(None, source)
        for learned in self._spider.looks.marks():
            self._run.sink.log(None, learned)
        if (seen := self._spider.sightings.whole()) is not None:
            self._run.recall[ledger.site] = Recall(seen.found, seen.total, seen.low, seen.high)
        await self._run.close_site(self._spider.site, stopped=self._run.stop_reason)

    def engine_stopped(self) -> None:
        if self._run.owner:
            summary = self._run.finish()
            logger.info("Run %s: %s", summary.run_id, summary.to_json()["totals"])
