"""How often a source is asked."""

from __future__ import annotations

import importlib.util
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.schedule import (
    Poll,
    after_answer,
    after_failure,
    after_nothing,
    is_sampled,
    is_time,
    missed_since,
    window_start,
)
from newscrawl.schedule.polling import LONGEST, SHORTEST

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEEK = Path(__file__).parents[3] / "benchmarks" / "schedule" / "week.py"


def settle(new: int, every: timedelta, polls: int = 60) -> Poll:
    """What is learned of a source that names ``new`` URLs at each poll, ``every`` so long."""
    at, poll = AT, after_answer(AT, 20, polled_at=None, interval_s=None)
    for _ in range(polls):
        before, at = at, at + every
        poll = after_answer(at, new, polled_at=before, interval_s=poll.interval_s)
    return poll


def test_busy_sources_are_asked_often_and_quiet_ones_seldom() -> None:
    assert settle(20, timedelta(minutes=30)).interval_s == SHORTEST.total_seconds()
    assert settle(1, timedelta(minutes=15)).interval_s == pytest.approx(900, rel=0.15)
    assert 3000 < settle(1, timedelta(hours=6)).interval_s < 7200
    assert settle(0, timedelta(hours=8)).interval_s == LONGEST.total_seconds()


@given(
    st.integers(0, 10**6),
    st.floats(1, 10**6),
    st.timedeltas(timedelta(days=-30), timedelta(days=400)),
)
def test_every_plan_lies_between_ten_minutes_and_a_day(
    new: int, interval: float, since: timedelta
) -> None:
    poll = after_answer(AT, new, polled_at=AT - since, interval_s=interval)
    assert SHORTEST <= poll.next_due - AT <= LONGEST
    assert is_time(poll.next_due, poll.next_due)


def test_the_first_answer_teaches_no_rate() -> None:
    assert after_answer(AT, 500, polled_at=None, interval_s=None).interval_s == 1800


def test_failures_wait_longer_and_longer() -> None:
    waits = [after_failure(AT, n, 900.0).next_due - AT for n in (1, 2, 3, 30)]
    assert waits == [
        timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40), timedelta(hours=6)
    ]  # fmt: skip


def test_a_time_that_a_wrong_clock_wrote_does_not_silence_a_source() -> None:
    assert is_time(AT + timedelta(days=365), AT)
    assert not is_time(AT + timedelta(hours=2), AT)
    assert is_time(None, AT)


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=365)])
def test_a_source_that_was_asked_in_the_future_is_due(jump: timedelta) -> None:
    """The clock ran ahead, and has been set right (or jumped back) since."""
    poll = after_answer(AT + jump, 3, polled_at=AT, interval_s=900.0)
    assert is_time(poll.next_due, AT, AT + jump)
    assert is_time(AT + timedelta(hours=20), AT, AT + timedelta(hours=19))
    assert not is_time(AT + timedelta(hours=1), AT, AT)
    # and a clock that jumped ahead only asks once too often
    assert is_time(after_answer(AT, 3, polled_at=None, interval_s=None).next_due, AT + jump, AT)


def test_usual_places_are_looked_at_ever_more_rarely() -> None:
    waits = [(after_nothing(AT, n) - AT).days for n in (1, 2, 3, 4, 5, 6, 50)]
    assert waits == [1, 2, 4, 8, 16, 30, 30]


def test_archives_are_walked_after_an_outage_only() -> None:
    day = timedelta(days=1)
    assert missed_since(None, AT) is None
    assert missed_since(AT - day / 2, AT) is None
    assert missed_since(AT - 5 * day, AT) == AT - 5 * day
    assert missed_since(AT - 400 * day, AT) == AT - 60 * day
    assert missed_since(AT + 365 * day, AT) is None  # a wrong clock


def test_one_poll_in_twenty_doubts_the_validators() -> None:
    polls = [AT + timedelta(minutes=n) for n in range(4000)]
    assert 0.03 < sum(is_sampled("https://x.test/feed", at) for at in polls) / 4000 < 0.08
    assert not is_sampled("https://x.test/feed", None)


def test_the_window_goes_back_to_the_last_good_run() -> None:
    day = timedelta(days=1)
    assert window_start(None, None, AT) == AT - 7 * day
    assert window_start(AT - day, AT - 90 * day, AT) == AT - 3 * day
    assert window_start(AT - 20 * day, AT - 90 * day, AT) == AT - 22 * day
    assert window_start(None, AT - 10 * day, AT) == AT - 17 * day  # no run was good
    assert window_start(AT - 400 * day, AT - 400 * day, AT) == AT - 60 * day
    assert window_start(AT + 365 * day, AT + 365 * day, AT) == AT - 7 * day  # a wrong clock


def test_a_week_of_twenty_papers_costs_little_more_than_an_ideal_crawler() -> None:
    """benchmarks/schedule: the floor under its figures."""
    spec = importlib.util.spec_from_file_location("schedule_week", WEEK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["schedule_week"] = module
    spec.loader.exec_module(module)
    figures = module.week(seed=3)
    assert figures["learned"]["over_ideal"] < 1.5
    assert figures["learned"]["requests"] < figures["fixed"]["requests"] / 4
    assert figures["learned"]["median_delay"] < 1.1 * figures["fixed"]["median_delay"]
    assert figures["learned"]["lost"] == 0
    # known articles: nearly all that the whole plan catches, for far fewer looks
    assert figures["learned"]["caught"] > 0.9 * figures["fixed"]["caught"]
    assert figures["learned"]["looks"] < 0.8 * figures["fixed"]["looks"]
    assert figures["learned"]["all_over_ideal"] < 0.5 * figures["fixed"]["all_over_ideal"]
