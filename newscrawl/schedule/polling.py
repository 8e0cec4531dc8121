"""How often a feed, sitemap or listing is asked: learned from how much new it names.

A source polled every ``T`` costs ``1 / T`` requests and delays each of its ``rate`` articles by
``T / 2``; for a given number of requests over all sources the sum of the delays is smallest where
``T`` goes with ``1 / sqrt(rate)`` (Cho and Garcia-Molina, "Effective page refresh policies for web
crawlers", ACM TODS 2003, treat the same trade). So a paper with 96 articles a day is asked every
quarter of an hour, one with 6 a day every hour. The rate is a running mean over about a working
day, so that nights and weekends stretch it. The interval is all that is kept: it tells the rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
FIRST = timedelta(minutes=30)
_PACE = 30.0  # seconds ** 0.5: 96 articles a day make 900 s
_MEMORY_S = 8 * 3600.0
_MOST_NEW = 30  # more at once is a backlog or an archive, not a rate
_SKEW = timedelta(minutes=5)
_EARLY = timedelta(seconds=60)  # a run that starts a little early need not wait for the next


@dataclass(frozen=True, slots=True)
class Poll:
    """When a source is asked next; ``interval_s`` in seconds is what was learned."""

    interval_s: float
    next_due: datetime


def after_answer(
    at: datetime, new_urls: int, *, polled_at: datetime | None, interval_s: float | None
) -> Poll:
    """What an answer teaches that named ``new_urls`` URLs nobody had named before.

    ``polled_at`` and ``interval_s`` are of the poll before this one, None at the first, which
    teaches nothing: all is new then.
    """
    if polled_at is None or interval_s is None or polled_at >= at:
        seconds = interval_s or FIRST.total_seconds()
    else:
        elapsed = (at - polled_at).total_seconds()
        rate = (_PACE / interval_s) ** 2
        rate = (rate * _MEMORY_S + min(new_urls, _MOST_NEW)) / (_MEMORY_S + elapsed)
        seconds = _PACE / rate**0.5 if rate > 0 else LONGEST.total_seconds()
    seconds = min(max(seconds, SHORTEST.total_seconds()), LONGEST.total_seconds())
    return Poll(seconds, at + timedelta(seconds=seconds))


def after_nothing(at: datetime, failures: int) -> datetime:
    """When to look again at a usual place where no source was, ``failures`` times in a row: 1, 2, 4
    ... days, up to a month."""
    return at + min(timedelta(days=1 << min(max(failures - 1, 0), 5)), timedelta(days=30))


def after_failure(at: datetime, failures: int, interval_s: float | None) -> Poll:
    """When to try again a source that failed, ``failures`` times in a row with this one.

    10, 20, 40 ... minutes, up to what it would be asked anyway or six hours, what is longer.
    """
    usual = interval_s or FIRST.total_seconds()
    wait = SHORTEST.total_seconds() * 2 ** min(max(failures - 1, 0), 10)
    return Poll(usual, at + timedelta(seconds=min(wait, max(usual, 6 * 3600.0))))


def is_time(next_due: datetime | None, at: datetime, polled_at: datetime | None = None) -> bool:
    """Whether a source is due.

    It is, too, where its time lies further off than any plan, or where it was last asked in the
    future: both were written by a clock that was wrong.
    """
    if next_due is None or (polled_at is not None and polled_at > at + _SKEW):
        return True
    return next_due <= at + _EARLY or next_due > at + LONGEST + _EARLY
