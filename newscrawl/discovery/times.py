"""The machine-readable times of sitemaps and feeds, for ordering and filtering only.

The dates of articles are resolved from the raw evidence with the site's zone and calendar
elsewhere; here a time that is not plainly readable is simply unknown.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_W3C = re.compile(
    r"([12][0-9]{3})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:[T\s]\s?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})"
    r"(?:[.,][0-9]{1,9})?)?\s?(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?)?)?",
    re.I | re.ASCII,
)
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def parse_time(raw: str | None) -> datetime | None:
    """The moment, aware UTC, of a W3C datetime (sitemaps, Atom) or an RFC 5322 date (RSS).

    A time without zone is taken as UTC, a month or year as its first day. None for anything else,
    for impossible dates and for years outside 1990-2099 (other calendars, placeholders).
    """
    if not raw or len(raw) > 64:
        return None
    raw = raw.strip()
    try:
        found = _W3C.fullmatch(raw)
        if found:
            year, month, day, hour, minute, second = (
                int(x) if x else 0 for x in found.groups()[:6]
            )
            moment = datetime(
                year, month or 1, day or 1, hour, minute, second, tzinfo=_zone(found[7])
            )
        else:
            moment = parsedate_to_datetime(raw)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return moment if _EARLIEST <= moment < _LATEST else None


def _zone(text: str | None) -> timezone:
    if not text or text.upper() in {"Z", "UTC"}:
        return UTC
    digits = text.replace(":", "")
    minutes = int(digits[1:3]) * 60 + int(digits[3:5])
    if minutes > 14 * 60 or int(digits[3:5]) > 59:
        raise ValueError(text)
    return timezone(timedelta(minutes=-minutes if digits[0] == "-" else minutes))
