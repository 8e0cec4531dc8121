"""What all crawlers of a process know about hosts: turns and robots.txt."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from newscrawl.manners import RobotsPolicy
from newscrawl.middlewares.turns import HostTurns
from newscrawl.robots_store import RobotsStore

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


@dataclass(slots=True)
class Hosts:
    """Shared through the setting ``NEWSCRAWL_HOSTS``; ``robots*`` are by origin."""

    turns: HostTurns = field(default_factory=HostTurns)
    robots: dict[str, asyncio.Future[RobotsPolicy]] = field(default_factory=dict)
    robots_until: dict[str, datetime] = field(default_factory=dict)  # when it is asked for again
    kept_robots: RobotsStore | None = None  # copies of earlier runs

    _queues: dict[str, asyncio.Lock] = field(default_factory=dict)

    def robots_queue(self, origin: str) -> asyncio.Lock:
        """Where requests wait for an origin's robots.txt, first come, first served."""
        return self._queues.setdefault(origin, asyncio.Lock())

    def __deepcopy__(self, memo: object) -> Hosts:
        # Scrapy copies its settings deeply for each crawler; hosts are the same for all.
        return self

    @classmethod
    def of(cls, crawler: Crawler) -> Hosts:
        """The hosts of a crawler's process; a crawler that was given none gets its own."""
        hosts = crawler.settings["NEWSCRAWL_HOSTS"]
        if hosts is None:
            hosts = cls()
            if not crawler.settings.frozen:
                crawler.settings.set("NEWSCRAWL_HOSTS", hosts, priority="cmdline")
        assert isinstance(hosts, cls)
        return hosts

    def policy(self, origin: str) -> RobotsPolicy | None:
        """What is known of an origin's robots.txt by now."""
        known = self.robots.get(origin)
        if known is None or not known.done() or known.cancelled() or known.exception():
            return None
        return known.result()
