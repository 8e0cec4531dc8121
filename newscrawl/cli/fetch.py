"""One page through Scrapy's downloader, with all manners: gate, robots, limits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import ClassVar

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.answers import header_pairs
from newscrawl.clock import now
from newscrawl.items import Page
from newscrawl.job import project_settings
from newscrawl.refusal import reason_of


class PageNotFetchedError(Exception):
    """The page could not be had; the message says why."""


class _OnePage(Spider):
    name = "onepage"
    url: ClassVar[str]
    page: ClassVar[Page | None] = None
    error: ClassVar[BaseException | None] = None

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self.url, callback=self.got, errback=self.failed, dont_filter=True)

    def got(self, response: Response) -> None:
        type(self).page = Page(
            url=response.url,
            requested_url=self.url,
            status=response.status,
            headers=header_pairs(response),
            body=response.body,
            fetched_at=now(),
        )

    def failed(self, failure: Failure) -> None:
        type(self).error = failure.value


def fetch_page(url: str, *, allow_addresses: Sequence[str] = ()) -> Page:
    """Fetch one page; once in a process, since the reactor runs once.

    ``allow_addresses`` are HOST:PORT that need not be public (tests). Raises
    `PageNotFetchedError` for a refused or failed request and for any status but 200.
    """
    settings = project_settings(
        {
            "EXTENSIONS": {},
            "ITEM_PIPELINES": {},
            "LOG_ENABLED": False,
            "NEWSCRAWL_ALLOW_ADDRESSES": list(allow_addresses),
        }
    )
    process = AsyncCrawlerProcess(settings)

    class OnePage(_OnePage):
        pass

    OnePage.url = url
    process.crawl(OnePage)
    process.start()
    page = OnePage.page
    if OnePage.error is not None:
        stage, reason, detail = reason_of(OnePage.error)
        raise PageNotFetchedError(f"{url}: {stage}/{reason} {detail}".strip())
    if page is None:
        raise PageNotFetchedError(f"{url}: nothing came back")
    if page.status != 200:
        raise PageNotFetchedError(f"{url}: HTTP status {page.status}")
    return page
