"""robots.txt as RFC 9309 says: asked once a host, obeyed, and no answer means no."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request

from newscrawl.clock import now
from newscrawl.errand import META, Errand, Kind
from newscrawl.items import Stage
from newscrawl.manners import LIMITS, RobotsPolicy
from newscrawl.middlewares.hosts import Hosts
from newscrawl.middlewares.turns import host_key
from newscrawl.refusal import Refused, reason_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class RobotsMiddleware:
    """Refuses what robots.txt disallows and keeps the Crawl-delay it asks for."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._hosts = Hosts.of(crawler)
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        errand = request.meta.get(META)
        if isinstance(errand, Errand) and errand.kind is Kind.ROBOTS:
            return
        parts = urlsplit(request.url)
        policy = await self._policy(f"{parts.scheme}://{parts.netloc}")
        verdict = policy.judge(request.url, self._agent)
        if not verdict.allowed:
            raise Refused(Stage.ROBOTS, verdict.reason, verdict.detail)

    async def _policy(self, origin: str) -> RobotsPolicy:
        policies = self._hosts.robots
        # In turn, so that a request which comes just when the answer is there passes nobody.
        async with self._hosts.robots_queue(origin):
            pending = policies.get(origin)
            if pending is None:
                pending = asyncio.ensure_future(self._fetch(origin))
                policies[origin] = pending
            return await asyncio.shield(pending)

    async def _fetch(self, origin: str) -> RobotsPolicy:
        url = f"{origin}/robots.txt"
        request = Request(
            url,
            dont_filter=True,
            priority=1000,
            meta={
                META: Errand(Kind.ROBOTS),
                "download_maxsize": 4 * LIMITS.robots_bytes,
                "max_retry_times": 1,
            },
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 (whatever went wrong, robots is unknown)
            _, reason, detail = reason_of(error)
            logger.warning("%s: %s %s", url, reason, detail)
            policy = RobotsPolicy.unreachable(reason)
        else:
            policy = RobotsPolicy.from_answer(
                response.status, response.body, url=url, fetched_at=now()
            )
        delay = policy.crawl_delay(self._agent)
        if delay:
            self._hosts.turns.ask_gap(host_key(url), delay)
        return policy
