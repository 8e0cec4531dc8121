"""Hands an article to the sink and waits until it is on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.account import Fetched, State
from newscrawl.dataset import OutputUnwritable
from newscrawl.dedup import Story, canonical_url
from newscrawl.items import Article, Stage
from newscrawl.refusal import DroppedArticle
from newscrawl.run import Run
from newscrawl.sink import Submission
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
        story = _story(item)
        try:
            accepted = await self._run.sink.submit(Submission(item, story, ledger, entry, fetched))
        except OutputUnwritable as error:
            self._run.stop("output_unwritable")
            raise DroppedArticle(Stage.WRITE, "output_unwritable", str(error)) from error
        if accepted.state is State.REFUSED:
            assert accepted.rejection is not None
            rejection = accepted.rejection
            raise DroppedArticle(rejection.stage, rejection.reason, rejection.detail)
        return item


def _story(article: Article) -> Story:
    return Story(
        version_id=article.version_id,
        article_id=article.article_id,
        url=article.canonical_url,
        site=article.site,
        title=article.title,
        text=article.body,
        lang=article.language,
        published_at=article.published_at,
        role=article.source_kind,
        content_hash=article.content_hash,
    )
