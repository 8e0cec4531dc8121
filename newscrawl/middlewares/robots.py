"""robots.txt as RFC 9309 says: asked once a day and host, obeyed, and no answer means no."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request

from newscrawl.answers import header
from newscrawl.clock import now
from newscrawl.downloader.handler import BEGINNING
from newscrawl.errand import META, Errand, Kind
from newscrawl.items import Stage
from newscrawl.manners import LIMITS, RobotsPolicy, fresh_seconds
from newscrawl.middlewares.hosts import Hosts
from newscrawl.middlewares.turns import host_key
from newscrawl.refusal import Refused, reason_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

# What made robots.txt unreachable and says all about the page that was wanted too.
_OF_THE_HOST = {
    "forbidden_address": (Stage.GATE, "forbidden_address"),
    "forbidden_name": (Stage.GATE, "forbidden_name"),
    "forbidden_port": (Stage.GATE, "forbidden_port"),
    "dns": (Stage.FETCH, "dns"),
}


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
        if not verdict.allowed and verdict.detail in _OF_THE_HOST:
            raise Refused(*_OF_THE_HOST[verdict.detail], "asking for robots.txt")
        if not verdict.allowed:
            raise Refused(Stage.ROBOTS, verdict.reason, verdict.detail)

    async def _policy(self, origin: str) -> RobotsPolicy:
        policies = self._hosts.robots
        # In turn, so that a request which comes just when the answer is there passes nobody.
        async with self._hosts.robots_queue(origin):
            pending = policies.get(origin)
            until = self._hosts.robots_until.get(origin)
            if pending is None or (until is not None and now() >= until):
                pending = asyncio.ensure_future(self._learn(origin, self._hosts.policy(origin)))
                policies[origin] = pending
            return await asyncio.shield(pending)

    async def _learn(self, origin: str, known: RobotsPolicy | None) -> RobotsPolicy:
        """The policy from a copy that is still fresh, else from the host, else the last good."""
        store = self._hosts.kept_robots
        if known is None and store is not None:
            known = store.find(origin, now())
        until: datetime | None
        if known is not None and known.fresh(now()):
            policy, until = known, known.fresh_until
        else:
            policy, until = await self._ask(origin, known)
        if until is not None:
            self._hosts.robots_until[origin] = until
        delay = policy.crawl_delay(self._agent)
        if delay:
            self._hosts.turns.ask_gap(host_key(origin), delay)
        return policy

    async def _ask(self, origin: str, known: RobotsPolicy | None) -> tuple[RobotsPolicy, datetime]:
        """What the host says now, and when to ask again."""
        answered = await self._fetch(f"{origin}/robots.txt")
        at = now()
        again = at + timedelta(seconds=LIMITS.robots_gap_seconds)
        if answered.state == "unreachable":
            policy = answered.or_last_good(known, at)
            if policy is not answered:
                logger.warning("%s/robots.txt: unreachable, the last good copy holds", origin)
            return policy, again
        if self._hosts.kept_robots is not None:
            self._hosts.kept_robots.keep(origin, answered)
        return answered, max(again, answered.fresh_until or again)

    async def _fetch(self, url: str) -> RobotsPolicy:
        request = Request(
            url,
            dont_filter=True,
            priority=1000,
            meta={
                META: Errand(Kind.ROBOTS),
                "download_maxsize": 0,
                BEGINNING: LIMITS.robots_bytes + 1,  # no more is read: RFC 9309, 2.5
                "max_retry_times": 1,
            },
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 (whatever went wrong, robots is unknown)
            _, reason, detail = reason_of(error)
            logger.warning("%s: %s %s", url, reason, detail)
            return RobotsPolicy.unreachable(reason)
        at = now()
        seconds = fresh_seconds(
            ", ".join(x.decode("latin-1") for x in response.headers.getlist(b"Cache-Control")),
            header(response, "Age"),
            LIMITS.robots_seconds,
        )
        return RobotsPolicy.from_answer(
            response.status,
            response.body,
            url=url,
            fetched_at=at,
            fresh_until=at + timedelta(seconds=seconds),
        )
