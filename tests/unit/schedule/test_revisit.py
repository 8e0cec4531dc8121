"""The revisit plan."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from newscrawl.schedule import next_look, next_try

BORN = datetime(2026, 11, 1, 8, tzinfo=UTC)


def test_four_looks_then_rest() -> None:
    looks = []
    at: datetime | None = BORN + timedelta(minutes=5)
    while at is not None and len(looks) < 10:
        at = next_look(BORN, at)
        if at is not None:
            looks.append(at - BORN)
    assert looks == [timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7)]


def test_an_old_article_is_left_alone() -> None:
    assert next_look(BORN, BORN + timedelta(days=30)) is None


def test_a_date_in_the_future_counts_from_the_fetch() -> None:
    fetched = BORN - timedelta(days=2)
    assert next_look(BORN, fetched) == fetched + timedelta(hours=1)


def test_refusals_are_tried_ever_more_rarely_up_to_a_week() -> None:
    waits = [next_try(BORN, n) - BORN for n in range(1, 12)]
    assert waits[0] == timedelta(hours=6)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=7)
