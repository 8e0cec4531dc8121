"""Times on the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
import pytest

from newscrawl.cli.times import Moment, Span, parse_span
from newscrawl.clock import now


def test_spans() -> None:
    assert parse_span("36h") == timedelta(hours=36)
    assert parse_span(" 2D ") == timedelta(days=2)
    assert parse_span("1.5h") == timedelta(minutes=90)
    assert parse_span("x") is None
    assert parse_span("-3h") is None
    assert Span().convert("90", None, None) == 90
    assert Span().convert("15m", None, None) == 900


def test_moments() -> None:
    assert Moment().convert("2024-01-31", None, None) == datetime(2024, 1, 31, tzinfo=UTC)
    with_offset = Moment().convert("2024-01-31T07:00+07:00", None, None)
    assert with_offset == datetime(2024, 1, 31, tzinfo=UTC)
    ago = Moment().convert("2d", None, None)
    assert abs(now() - ago - timedelta(days=2)) < timedelta(minutes=1)


@pytest.mark.parametrize("bad", ["yesterday", "2024-13-01", "", "10 parsecs"])
def test_bad_times_say_what_was_expected(bad: str) -> None:
    with pytest.raises(click.BadParameter, match=r"2024-01-31"):
        Moment().convert(bad, None, None)
