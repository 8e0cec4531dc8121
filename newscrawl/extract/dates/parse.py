"""A printed or machine-written date to a `ParsedDate`.

ISO 8601 in all the ways sites write it, HTTP dates, epochs, and dates as printed in the region's
languages, scripts, calendars and eras. Nothing is guessed beyond what the context allows: a text
without day and month gives None.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from newscrawl.extract.dates.calendars import gregorian
from newscrawl.extract.dates.clocks import Clock, find_clock, find_dotted_clock
from newscrawl.extract.dates.digits import western
from newscrawl.extract.dates.printed import Day, day_context, find_day
from newscrawl.extract.dates.relative import day_word, relative_span
from newscrawl.extract.dates.zones import country_of_language, offset_at
from newscrawl.items import Precision

MAX_CHARS = 300


@dataclass(frozen=True, slots=True)
class DateContext:
    """What is known about a page that helps to read its dates.

    ``languages`` are BCP 47 tags, likeliest first; ``country`` an ISO 3166 code; ``timezone`` the
    site's IANA zone if known; ``day_first`` the order of numbers in 10/11/2026 (None: by country);
    ``reference`` the time the page was fetched, aware - without it no relative time can be read.
    """

    languages: tuple[str, ...] = ()
    country: str | None = None
    timezone: str | None = None
    calendar: Literal["gregorian", "buddhist", "bikram_sambat", "roc", "reiwa"] = "gregorian"
    day_first: bool | None = None
    reference: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date as it was written.

    ``local`` is the naive clock time at ``offset``; ``offset`` is None if none was given, ``zone``
    an IANA name if the text named one by its abbreviation. ``other`` is the day under the other
    order of day and month, where both are possible. ``vague`` is true for times told from now and
    days without a year.
    """

    local: datetime
    precision: Precision
    offset: timedelta | None = None
    zone: str | None = None
    other: date | None = None
    vague: bool = False

    @property
    def at(self) -> datetime | None:
        """The instant, if the offset is known."""
        if self.offset is None:
            return None
        return (self.local - self.offset).replace(tzinfo=UTC)


_ISO = re.compile(
    r"(?P<y>[12][0-9]{3})-(?P<mo>[0-9]{2})-(?P<d>[0-9]{2})"
    r"(?:(?:T|t|\s|%20|_)\s*(?P<h>[0-9]{2}|[0-9](?=:))[:-]?(?P<mi>[0-9]{2})(?:[:-]?(?P<s>[0-9]{2}|(?<=:)[0-9])"
    r"(?:[.,:][0-9]{1,9})?)?\s*(?P<z>[zZ]|(?:UTC|GMT)?\s?[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2}|UTC|GMT)?"
    r"(?:\[[A-Za-z_/]+\])?)?"
)
_COMPACT = re.compile(
    r"(?P<y>[12][0-9]{3})(?P<mo>[0-9]{2})(?P<d>[0-9]{2})"
    r"(?:T?(?P<h>[0-9]{2})(?P<mi>[0-9]{2})(?P<s>[0-9]{2})?(?:\.[0-9]+)?(?P<z>[zZ]|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_EPOCH = re.compile(
    r"(?:/Date\()?(?P<n>[0-9]{10}|[0-9]{13})(?:\.[0-9]{1,6})?(?:[+-][0-9]{4})?(?:\)/)?"
)
_DIGIT = re.compile("[0-9]")
_YEARS = range(1800, 2101)


def parse_date(raw: str | None, context: DateContext) -> ParsedDate | None:
    """Read one date. None if the text holds none that is certain, or an impossible one.

    Entities are resolved first. Dates before 1800 and the Unix epoch's zero are no dates.
    """
    if not raw or len(raw) > MAX_CHARS:
        return None
    text = raw.strip()
    if "&" in text:
        text = html.unescape(text)
    text = western(text)
    if not _DIGIT.search(text):
        return _told_in_words(text.casefold(), context)
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _machine(found, context)
    if found := _EPOCH.fullmatch(text):
        return _epoch(found["n"])
    return _printed(text, context)


def _told_in_words(text: str, context: DateContext) -> ParsedDate | None:
    if relative_span(text) or day_word(text):
        return _relative(text, None, context)
    return None


def _machine(found: re.Match[str], context: DateContext) -> ParsedDate | None:
    year, month, number = int(found["y"]), int(found["mo"]), int(found["d"])
    day = day_context(context).calendar_day(year, month, number)
    if day is None or day.year not in _YEARS:
        return None
    if found["h"] is None:
        return _unless_zero(ParsedDate(datetime.combine(day, time()), Precision.DAY))
    hour, minute, second = int(found["h"]), int(found["mi"]), int(found["s"] or 0)
    late = hour == 24 and minute == 0 and second == 0
    if late:
        hour = 0
    second = min(second, 59) if second == 60 else second
    if hour > 23 or minute > 59 or second > 59:
        return None
    local = datetime.combine(day, time(hour, minute, second)) + timedelta(days=late)
    precision = Precision.SECOND if found["s"] else Precision.MINUTE
    offset = _offset(found["z"])
    if found["z"] and offset is None:
        return None
    return _unless_zero(ParsedDate(local, precision, offset))


def _unless_zero(parsed: ParsedDate) -> ParsedDate | None:
    """None for the days on which systems begin to count: a field that was never set."""
    return None if parsed.local.date() in _ZERO_DAYS else parsed


_ZERO_DAYS = frozenset({date(1970, 1, 1), date(1969, 12, 31), date(1900, 1, 1)})


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    digits = zone.upper().replace("UTC", "").replace("GMT", "").replace(":", "").strip()
    if digits in {"", "Z"}:
        return timedelta(0)
    minutes = int(digits[1:3]) * 60 + int(digits[3:5] or 0)
    if minutes > 14 * 60:
        return None
    return timedelta(minutes=-minutes if digits[0] == "-" else minutes)


def _epoch(number: str) -> ParsedDate | None:
    seconds = int(number) / (1000 if len(number) > 11 else 1)
    if not 300_000_000 <= seconds < 4_000_000_000:
        return None
    local = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None, microsecond=0)
    return ParsedDate(local, Precision.SECOND, timedelta(0))


_YEAR = re.compile("[12][0-9]{3}")
# The label of a second date in one text: "Published Dec 4, 2023 Updated Dec 5, 2023 09:11"
_CHANGED = re.compile(
    r"(?:last\s+)?(?:updated|modified)\b|diperbarui|dikemas|cập nhật|อัปเดต|수정|更新|अपडेट|আপডেট"
)


def _printed(text: str, context: DateContext) -> ParsedDate | None:
    lower = text.casefold()
    if lower[0] == "-" and lower[1:2].isdigit():
        return None  # a negative year
    if len(lower) <= 40 and not _YEAR.search(lower) and relative_span(lower):
        return _relative(lower, None, context)
    country = context.country or _country(context.languages)
    change = _CHANGED.search(lower, 6)
    if change is not None:
        parts = lower[: change.start()], lower[change.end() :]
        if all(find_day(part, day_context(context)) is not None for part in parts):
            lower = parts[0]  # the time behind the label is the change's
    clock = find_clock(lower, country)
    rest = lower if clock is None else f"{lower[: clock.start]} ¦ {lower[clock.end :]}"
    day = find_day(rest, day_context(context))
    if day is None:
        return _relative(rest, clock, context)
    if clock is None:
        remainder = f"{rest[: day.start]} ¦ {rest[day.end :]}"
        close = remainder.strip(" ¦|,-.()").replace("¦", "")
        clock = find_dotted_clock(remainder, country, alone=len(close) <= 16)
    return _unless_zero(_joined(day, clock, context))


def _country(languages: tuple[str, ...]) -> str | None:
    """The country that a page's languages name, to read abbreviations of zones with."""
    return next((c for c in map(country_of_language, languages) if c), None)


def _joined(day: Day, clock: Clock | None, context: DateContext) -> ParsedDate:
    if clock is None:
        return ParsedDate(
            datetime.combine(day.date, time()), Precision.DAY, other=day.other, vague=day.no_year
        )
    local = datetime.combine(day.date, clock.at) + timedelta(days=clock.next_day)
    offset = clock.offset
    if offset is None and clock.zone:
        offset = offset_at(clock.zone, local)
    return ParsedDate(
        local,
        Precision.SECOND if clock.seconds else Precision.MINUTE,
        offset,
        clock.zone,
        day.other,
        day.no_year,
    )


def _relative(text: str, clock: Clock | None, context: DateContext) -> ParsedDate | None:
    """A time told from now, in the site's zone if it is known."""
    if context.reference is None:
        return None
    offset = timedelta(0)
    now = context.reference.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    if context.timezone:
        offset = offset_at(context.timezone, now) or offset
    now += offset
    if span := relative_span(text):
        ago, timed = span
        moment = now - ago
        if timed:
            return ParsedDate(moment, Precision.MINUTE, offset, vague=True)
        return ParsedDate(datetime.combine(moment.date(), time()), Precision.DAY, vague=True)
    if word := day_word(text):
        day = (now - timedelta(days=word[0])).date()
        if clock is None:
            return ParsedDate(datetime.combine(day, time()), Precision.DAY, vague=True)
        return _joined(Day(day, 0, 0, None, no_year=True), clock, context)
    return None


def same_day(year: int, month: int, day: int) -> date | None:
    """A Gregorian day within the years that are dates of news, or None."""
    found = gregorian(year, month, day)
    return found if found is not None and found.year in _YEARS else None
