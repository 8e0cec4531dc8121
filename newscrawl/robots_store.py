"""Copies of robots.txt between runs: what was asked today is not asked again (RFC 9309, 2.4)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from newscrawl.dataset import DamagedCopy, Output, RobotsCopy
from newscrawl.manners import RobotsPolicy

logger = logging.getLogger(__name__)


class RobotsStore:
    """Reads copies from the state of an output; ``write`` puts one there, sooner or later."""

    def __init__(self, output: Output, write: Callable[[RobotsCopy], None]) -> None:
        self._output, self._write = output, write

    def find(self, origin: str, at: datetime) -> RobotsPolicy | None:
        """The last good policy of an origin if it may still be used, fresh or not."""
        copy = self._output.robots_copy(origin)
        if copy is None:
            return None
        if isinstance(copy, DamagedCopy):
            logger.warning("%s/robots.txt: the kept copy is not used: %s", origin, copy.reason)
            return None
        url, fetched_at, fresh_until = f"{origin}/robots.txt", copy.fetched_at, copy.fresh_until
        if 200 <= copy.status < 300:
            policy = RobotsPolicy.from_text(
                copy.text,
                url=url,
                status=copy.status,
                fetched_at=fetched_at,
                fresh_until=fresh_until,
            )
        else:
            policy = RobotsPolicy.from_answer(
                copy.status, b"", url=url, fetched_at=fetched_at, fresh_until=fresh_until
            )
        return None if policy.expired(at) else policy

    def keep(self, origin: str, policy: RobotsPolicy) -> None:
        """Keep a policy that an answer gave; one that is unreachable says nothing to keep."""
        if policy.status is None or policy.fetched_at is None or policy.state == "unreachable":
            return
        fresh_until = policy.fresh_until or policy.fetched_at
        text = policy.text
        self._write(RobotsCopy(origin, policy.fetched_at, fresh_until, policy.status, text))
