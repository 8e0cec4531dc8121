"""Backfill windows: newest first, complete, and resumable."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery import Backfill, Window, windows

DAYS = st.integers(738_000, 739_000).map(date.fromordinal)


@given(DAYS, DAYS, st.integers(1, 40))
def test_windows_cover_each_day_once_newest_first(one: date, other: date, days: int) -> None:
    since, until = min(one, other), max(one, other)
    found = list(windows(since, until, days))
    covered = [x for w in found for x in range(w.last.toordinal(), w.first.toordinal() - 1, -1)]
    assert covered == list(range(until.toordinal(), since.toordinal() - 1, -1))


def test_an_interrupted_backfill_goes_on() -> None:
    first = Backfill(date(2026, 1, 1), date(2026, 3, 31))
    todo = list(first.remaining())
    for window in todo[:4]:
        first.finish(window)
    later = Backfill(
        date(2026, 1, 1), date(2026, 4, 5), done=[*first.to_text(), "junk", "2026-02-30/x"]
    )
    left = list(later.remaining())
    assert left[0].last == date(2026, 4, 5)
    days = {x for w in left for x in range(w.first.toordinal(), w.last.toordinal() + 1)}
    done = {x for w in todo[:4] for x in range(w.first.toordinal(), w.last.toordinal() + 1)}
    assert not days & done
    assert len(days | done) == (date(2026, 4, 5) - date(2026, 1, 1)).days + 1
    for window in left:
        later.finish(window)
    assert later.complete
    assert later.to_text() == ("2026-01-01/2026-04-05",)


def test_text_form() -> None:
    window = Window(date(2026, 1, 1), date(2026, 1, 7))
    assert Window.parse(str(window)) == window
    with pytest.raises(ValueError, match="ends before"):
        Window.parse("2026-01-07/2026-01-01")
    with pytest.raises(ValueError, match="at least one day"):
        next(windows(date(2026, 1, 1), date(2026, 1, 2), 0))
