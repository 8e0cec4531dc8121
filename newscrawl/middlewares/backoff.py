"""What follows a bad answer: wait as the host asks, try again a few times, then leave it alone."""

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
from newscrawl.manners import backoff_seconds, parse_retry_after
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
_RETRIED = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
_BREAKER = 5  # failures in a row that defer a host to the next run
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
        host = host_key(request.url)
        if response.status not in _TRANSIENT:
            self._turns.failures(host, failed=False)
            return response
        wait: float | None = None
        if response.status in _BUSY and (value := response.headers.get(b"Retry-After")):
            wait = parse_retry_after(value.decode("latin-1"), now())
        return self._again(request, f"http_{response.status}", wait) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        truncated = isinstance(exception, Refused) and exception.reason == "truncated"
        if not (truncated or isinstance(exception, _RETRIED)):
            return None
        return self._again(request, type(exception).__name__, None)

    def _again(self, request: Request, reason: str, wait: float | None) -> Request | None:
        host = host_key(request.url)
        failures = self._turns.failures(host, failed=True)
        if wait is not None and wait > _LONGEST_WAIT:
            logger.warning("%s asks to wait %.0f s: left for the next run", host, wait)
            self._turns.defer(host, "retry_after")
            return None
        if wait is None:
            wait = backoff_seconds(failures, random.random())  # noqa: S311 (jitter)
        if failures >= _BREAKER:
            logger.warning("%s failed %d times in a row: left for the next run", host, failures)
            self._turns.defer(host, "host_failing")
            return None
        self._turns.hold(host, wait)
        return get_retry_request(
            request,
            spider=self._spider,
            reason=reason,
            max_retry_times=self._retries,
            give_up_log_level=logging.DEBUG,
        )
