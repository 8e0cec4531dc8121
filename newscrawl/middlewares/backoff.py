"""What follows a bad answer: wait as the host asks, try again a few times, then leave it alone.

A host that does not answer, or says that it is overloaded, is left alone after five addresses in a
row. Where it answers but pages are broken (500, cut bodies), broken pages must not cost the good
ones beside them: after five in a row nothing is tried twice, and after ten the host is left alone.
"""

from __future__ import annotations

import logging
import random
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from newscrawl.clock import now
from newscrawl.items import Stage
from newscrawl.manners import backoff_seconds, parse_retry_after
from newscrawl.middlewares.compression import why_cut
from newscrawl.middlewares.hosts import Hosts
from newscrawl.middlewares.turns import HostTurns, host_key
from newscrawl.refusal import Refused

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

_BUSY = frozenset({429, 503})
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_SILENT = (CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError)
_BROKEN_OFF = (DownloadFailedError, ResponseDataLossError)
_BREAKER = 5  # addresses that fail in a row
_LONGEST_WAIT = 600.0  # a longer Retry-After defers the host to the next run


class BackoffMiddleware:
    """Retry-After, back-off from 1 s to 10 min, and a circuit breaker for each host."""

    def __init__(self, spider: Spider, turns: HostTurns, retries: int) -> None:
        self._spider, self._turns, self._retries = spider, turns, retries

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackoffMiddleware:
        assert crawler.spider is not None
        return cls(crawler.spider, Hosts.of(crawler).turns, crawler.settings.getint("RETRY_TIMES"))

    def process_response(self, request: Request, response: Response) -> Response | Request:
        if (why := why_cut(response)) is not None:
            again = self._again(request, "truncated", None, silent=False)
            if again is None:
                raise Refused(Stage.FETCH, "truncated", why)
            return again
        if response.status not in _TRANSIENT:
            self._turns.succeeded(host_key(request.url))
            return response
        busy = response.status in _BUSY
        wait: float | None = None
        if busy and (value := response.headers.get(b"Retry-After")):
            wait = parse_retry_after(value.decode("latin-1"), now())
        return self._again(request, f"http_{response.status}", wait, silent=busy) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if not isinstance(exception, (*_SILENT, *_BROKEN_OFF)):
            return None
        silent = isinstance(exception, _SILENT)
        return self._again(request, type(exception).__name__, None, silent=silent)

    def _again(
        self, request: Request, reason: str, wait: float | None, *, silent: bool
    ) -> Request | None:
        host = host_key(request.url)
        failing = self._turns.failed(host, request.url)
        if wait is not None and wait > _LONGEST_WAIT:
            logger.warning("%s asks to wait %.0f s: left for the next run", host, wait)
            self._turns.defer(host, "retry_after")
            return None
        if failing >= (_BREAKER if silent else 2 * _BREAKER):
            logger.warning("%s failed %d times in a row: left for the next run", host, failing)
            self._turns.defer(host, "host_failing")
            return None
        tries = request.meta.get("retry_times", 0) + 1
        if not wait:  # a time that has passed is none
            times = max(failing, tries) if silent else tries
            wait = backoff_seconds(times, random.random())  # noqa: S311 (jitter)
        self._turns.hold(host, wait)
        if failing >= _BREAKER:
            return None
        return get_retry_request(
            request,
            spider=self._spider,
            reason=reason,
            max_retry_times=self._retries,
            give_up_log_level=logging.DEBUG,
        )
