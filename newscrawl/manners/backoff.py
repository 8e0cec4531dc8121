"""Waiting after failures, and leaving a host alone that keeps failing.

Exponential back-off with full jitter (the wait is anywhere between one second and the doubled
ceiling, so that many clients do not come back together), and a circuit breaker: after
`Limits.failures` in a row the host is deferred to the next run.
"""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.manners.limits import LIMITS, Limits

SHORTEST = 1.0


def backoff_seconds(failures: int, random: float, limits: Limits = LIMITS) -> float:
    """Seconds to wait after ``failures`` in a row; ``random`` in [0, 1) is the jitter.

    1 to 2 s after the first, the ceiling doubling with each up to ten minutes, never under 1 s.
    """
    if failures < 1:
        return 0.0
    ceiling = min(limits.backoff_seconds, SHORTEST * 2.0 ** min(failures, 30))
    return SHORTEST + (ceiling - SHORTEST) * min(max(random, 0.0), 1.0)


@dataclass(slots=True)
class HostBackoff:
    """What a host's answers so far mean for the next request.

    A pure state machine: the caller gives the time (seconds of a steady clock) and the jitter.
    """

    limits: Limits = LIMITS
    failures: int = 0  # in a row
    ready_at: float = 0.0
    deferred: str = ""  # why nothing more is asked in this run

    def failed(self, at: float, random: float, retry_after: float | None = None) -> float | None:
        """Note a failure (5xx, 429, time-out, broken answer): seconds to wait, None if deferred.

        ``retry_after`` as the host asked for; longer than the limit defers the host
        (``retry_after``), too many failures in a row do too (``host_failing``).
        """
        self.failures += 1
        if retry_after is not None and retry_after > self.limits.retry_after_seconds:
            self.deferred = self.deferred or "retry_after"
        if self.failures >= self.limits.failures:
            self.deferred = self.deferred or "host_failing"
        if self.deferred:
            return None
        wait = backoff_seconds(self.failures, random, self.limits)
        if retry_after is not None:
            wait = max(retry_after, 0.0)
        self.ready_at = max(self.ready_at, at + wait)
        return wait

    def succeeded(self) -> None:
        """Note a usable answer: the count of failures in a row begins anew."""
        self.failures = 0

    def wait(self, at: float) -> float | None:
        """Seconds until the host may be asked again; None if not in this run."""
        return None if self.deferred else max(0.0, self.ready_at - at)
