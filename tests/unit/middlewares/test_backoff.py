"""What failures cost a host: silence defers it soon, broken pages late and without second tries."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from scrapy import Request, Spider
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newscrawl.middlewares.backoff import BackoffMiddleware
from newscrawl.middlewares.compression import CUT
from newscrawl.middlewares.turns import HostTurns
from newscrawl.refusal import Refused


def run(scenario: Callable[[BackoffMiddleware, HostTurns], None]) -> None:
    async def inside() -> None:
        turns = HostTurns()
        crawler = get_crawler(Spider)
        crawler.spider = Spider.from_crawler(crawler, name="x")
        scenario(BackoffMiddleware(crawler.spider, turns, 2), turns)

    asyncio.run(inside())


def deferred(turns: HostTurns) -> str:
    return turns._host("a.test").deferred


def page(n: int) -> Request:
    return Request(f"http://a.test/{n}")


def test_a_silent_host_is_left_after_five_addresses() -> None:
    def scenario(backoff: BackoffMiddleware, turns: HostTurns) -> None:
        for n in range(4):
            assert backoff.process_exception(page(n), DownloadTimeoutError("x")) is not None
        assert not deferred(turns)
        assert backoff.process_exception(page(4), DownloadTimeoutError("x")) is None
        assert deferred(turns) == "host_failing"

    run(scenario)


def test_tries_of_one_address_count_once() -> None:
    def scenario(backoff: BackoffMiddleware, turns: HostTurns) -> None:
        for _ in range(20):
            backoff.process_exception(page(1), DownloadTimeoutError("x"))
        assert not deferred(turns)

    run(scenario)


def test_broken_pages_leave_the_others_a_chance() -> None:
    def scenario(backoff: BackoffMiddleware, turns: HostTurns) -> None:
        for n in range(9):
            request = page(n)
            answer = backoff.process_response(request, Response(request.url, status=500))
            assert isinstance(answer, Request) == (n < 4)
        assert not deferred(turns)
        good = page(10)
        backoff.process_response(good, Response(good.url))
        for n in range(20, 29):
            backoff.process_response(page(n), Response(page(n).url, status=500))
        assert not deferred(turns)
        backoff.process_response(page(30), Response(page(30).url, status=500))
        assert deferred(turns) == "host_failing"

    run(scenario)


def test_a_cut_page_is_asked_for_again_and_then_refused() -> None:
    def scenario(backoff: BackoffMiddleware, turns: HostTurns) -> None:
        request = page(1)
        cut = Response(request.url, flags=[f"{CUT}no end tag"])
        for _ in range(2):
            answer = backoff.process_response(request, cut)
            assert isinstance(answer, Request)
            request = answer
        with pytest.raises(Refused) as caught:
            backoff.process_response(request, cut)
        assert caught.value.reason == "truncated"

    run(scenario)


def test_a_host_that_asks_to_wait_for_years_is_left() -> None:
    def scenario(backoff: BackoffMiddleware, turns: HostTurns) -> None:
        busy = Response(page(1).url, status=503, headers={"Retry-After": "31536000"})
        assert backoff.process_response(page(1), busy) is busy
        assert deferred(turns) == "retry_after"

    run(scenario)
