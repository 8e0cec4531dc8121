"""When a known URL is asked for again, whatever the clock did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from newscrawl.dataset import UrlState
from newscrawl.items import Candidate, Via
from newscrawl.selection import is_due

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def known(fetched: timedelta, due: timedelta | None) -> UrlState:
    return UrlState(
        "https://x.test/a",
        "paper",
        AT,
        fetched_at=AT + fetched,
        next_due=None if due is None else AT + due,
    )


def test_a_known_url_waits_for_its_time() -> None:
    candidate = Candidate("https://x.test/a", "paper", Via.FEED)
    hour = timedelta(hours=1)
    assert not is_due(known(-hour, None), candidate, AT)
    assert not is_due(known(-hour, hour), candidate, AT)
    assert is_due(known(-hour, timedelta()), candidate, AT)


def test_a_fetch_in_the_future_was_a_wrong_clock_and_counts_for_nothing() -> None:
    candidate = Candidate("https://x.test/a", "paper", Via.FEED)
    year = timedelta(days=365)
    assert is_due(known(year, year + timedelta(days=6)), candidate, AT)
    assert not is_due(known(timedelta(minutes=5), None), candidate, AT)
