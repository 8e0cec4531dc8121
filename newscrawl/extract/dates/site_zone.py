"""The zone that a page's naive times are in: known, told by the page's own dates, or guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newscrawl.extract.dates.parse import DateContext, ParsedDate
from newscrawl.extract.dates.statement import DateEvidence
from newscrawl.extract.dates.zones import (
    country_of_language,
    has_several_zones,
    offset_at,
    offset_name,
    zone_of_country,
)
from newscrawl.items import Precision


@dataclass(frozen=True, slots=True)
class SiteZone:
    """An IANA name or an offset, and whether it is only a guess."""

    name: str
    guessed: bool


def site_zone(
    read: Sequence[tuple[DateEvidence, ParsedDate]], context: DateContext
) -> SiteZone | None:
    """The site's zone: as registered, else what the page's dates tell, else its country's."""
    if context.timezone:
        return SiteZone(context.timezone, guessed=False)
    told = _told_offset(read)
    country = context.country
    if country is None:
        tags = (country_of_language(tag) for tag in context.languages)
        country = next((c for c in tags if c and not has_several_zones(c)), None)
    guess = zone_of_country(country)
    if guess is not None and (told is None or offset_at(guess, told[1]) == told[0]):
        return SiteZone("+00:00" if _keeps_utc(guess, read) else guess, guessed=True)
    if told is not None:
        return SiteZone(offset_name(told[0]), guessed=True)
    if guess is None and any(tag.lower().startswith("en") for tag in context.languages or ("en",)):
        return _american(read)
    return None


def _told_offset(
    read: Sequence[tuple[DateEvidence, ParsedDate]],
) -> tuple[timedelta, datetime] | None:
    """(offset, local time) that a page tells: written out, or by the same moment as UTC and as
    naive local time."""
    timed = [(e, p) for e, p in read if p.precision is not Precision.DAY and not p.vague]
    for entry, parsed in timed:
        if parsed.offset and entry.weight >= 30:
            return parsed.offset, parsed.local
    for entry, utc in timed:
        if utc.offset != timedelta(0) or entry.source not in {"jsonld", "meta", "time"}:
            continue
        for other, naive in timed:
            if naive.offset is not None or other.kind != entry.kind:
                continue
            seconds = Precision.SECOND is utc.precision is naive.precision
            base = utc.local if seconds else utc.local.replace(second=0)
            apart = (naive.local if seconds else naive.local.replace(second=0)) - base
            if apart and abs(apart) <= timedelta(hours=14) and not apart % timedelta(minutes=30):
                return apart, naive.local
    return None


def _keeps_utc(guess: str, read: Sequence[tuple[DateEvidence, ParsedDate]]) -> bool:
    """Whether readers see the day of a UTC time where the guessed zone's day is another: the site
    never set its clock."""
    shown = {p.local.date() for e, p in read if e.source == "text" and e.weight >= 40}
    for entry, parsed in read:
        if parsed.offset == timedelta(0) and entry.source in {"jsonld", "meta"}:
            local = parsed.local + (offset_at(guess, parsed.local) or timedelta(0))
            if parsed.local.date() in shown and local.date() not in shown:
                return True
    return False


def _american(read: Sequence[tuple[DateEvidence, ParsedDate]]) -> SiteZone | None:
    """New York for pages in English whose UTC time falls on the day after the one they show."""
    name = "America/New_York"
    shown = {p.local.date() for e, p in read if e.source in {"url", "text"} and e.weight >= 40}
    for entry, parsed in read:
        if parsed.offset == timedelta(0) and entry.source in {"jsonld", "meta"}:
            local = parsed.local + (offset_at(name, parsed.local) or timedelta(0))
            if parsed.local.date() not in shown and local.date() in shown:
                return SiteZone(name, guessed=True)
    return None


def zone_offset(zone: SiteZone | None, local: datetime) -> timedelta | None:
    if zone is None:
        return None
    if zone.name[0] in "+-":
        hours, minutes = int(zone.name[1:3]), int(zone.name[4:6])
        size = timedelta(hours=hours, minutes=minutes)
        return -size if zone.name[0] == "-" else size
    return offset_at(zone.name, local)
