"""Option types for times: a date, an instant, or a span back from now."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from newscrawl.clock import now

_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|min|h|d|w)")
_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "w": 604800}


def parse_span(text: str) -> timedelta | None:
    """``36h``, ``2d``, ``90m``, ``45s`` or ``1w`` as a time span; None for anything else."""
    match = _SPAN.fullmatch(text.strip().lower())
    if match is None:
        return None
    try:
        return timedelta(seconds=float(match[1]) * _UNITS[match[2]])
    except OverflowError:
        return None


class Moment(click.ParamType[datetime]):
    """``2024-01-31``, ``2024-01-31T08:00+07:00``, ``36h`` or ``2d`` ago; UTC if no offset."""

    name = "date or span"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        if isinstance(value, datetime):
            return value
        if (span := parse_span(str(value))) is not None:
            return now() - span
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no date such as 2024-01-31, and no span such as 36h or 2d")
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Span(click.ParamType[float]):
    """``90``, ``90s``, ``15m`` or ``2h`` as seconds."""

    name = "time span"

    def convert(self, value: Any, param: Any, ctx: Any) -> float:
        text = str(value)
        span = parse_span(text if not text.replace(".", "", 1).isdigit() else f"{text}s")
        if span is None:
            self.fail(f"{value!r} is no time span such as 90s, 15m or 2h")
        return span.total_seconds()
