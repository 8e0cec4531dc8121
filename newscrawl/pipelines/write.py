"""Hands an article to the sink and waits until it is on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.acceptance import Submission
from newscrawl.account import Fetched, State
from newscrawl.dataset import OutputUnwritable
from newscrawl.dedup import canonical_url, story_of
from newscrawl.items import Article, Stage
from newscrawl.refusal import DroppedArticle, dropped
from newscrawl.run import Run
from newscrawl.spider import NewsSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class WritePipeline:
    """The last pipeline: what it returns is stored."""

    def __init__(self, crawler: Crawler) -> None:
        assert isinstance(crawler.spider, NewsSpider)
        self._run = Run.of(crawler)
        self._spider = crawler.spider
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WritePipeline:
        return cls(crawler)

    async def process_item(self, item: Article) -> Article:
        ledger = self._spider.ledger
        entry = ledger.entry(canonical_url(item.requested_url or item.url, self._spider.site))
        if entry is None:
            raise DroppedArticle(Stage.WRITE, "no_entry", "the URL has ended before")
        fetched = Fetched(final_url=item.url, status=item.http_status, fetched_at=item.fetched_at)
        story = story_of(item)
        try:
            accepted = await self._run.sink.submit(
                Submission(item, story, ledger, entry, fetched, entry.key, self._spider.looks.plan)
            )
        except OutputUnwritable as error:
            self._run.stop("output_unwritable")
            raise DroppedArticle(Stage.WRITE, "output_unwritable", str(error)) from error
        if accepted.state is State.REFUSED:
            assert accepted.rejection is not None
            raise dropped(accepted.rejection)
        self._spider.settled(entry.key, item, accepted.state)
        return item
