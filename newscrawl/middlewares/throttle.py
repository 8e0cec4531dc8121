"""Takes a host's turn for each request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.middlewares.hosts import Hosts
from newscrawl.middlewares.turns import HostTurns, host_key

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class ThrottleMiddleware:
    """Takes a turn before the request goes out and gives it back when the answer is whole.

    Must stand nearest to the downloader, so that every request that took a turn comes back
    through `process_response` or `process_exception`.
    """

    def __init__(self, turns: HostTurns, gap: float) -> None:
        self._turns, self._gap = turns, gap

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ThrottleMiddleware:
        return cls(Hosts.of(crawler).turns, crawler.settings.getfloat("DOWNLOAD_DELAY"))

    async def process_request(self, request: Request) -> None:
        key = host_key(request.url)
        await self._turns.take(key, self._gap)
        request.meta["newscrawl_turn"] = key

    def process_response(self, request: Request, response: Response) -> Response:
        self._give_back(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        self._give_back(request)

    def _give_back(self, request: Request) -> None:
        key = request.meta.pop("newscrawl_turn", None)
        if key is not None:
            self._turns.give_back(key)
