"""From all evidence to one publication date and one date of change.

The order of trust: a declared value with an explicit offset, a declared value without one in the
site's zone, what the page shows beside its headline, the feed, the URL. Known lies are recognised:
local time labelled Z, midnight that stands for "unknown", a change before the publication, days
ahead of the fetch. The time of the crawl is never a stand-in: no evidence means no date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from newscrawl.extract.dates.fields import Kind
from newscrawl.extract.dates.parse import DateContext, ParsedDate, parse_date
from newscrawl.extract.dates.site_zone import SiteZone, site_zone, zone_offset
from newscrawl.extract.dates.statement import DateEvidence, Source
from newscrawl.extract.dates.zones import offset_name
from newscrawl.items import Dated, Precision

# A day that lies ahead by more than the zones of the earth can explain is not a publication date.
_AHEAD = timedelta(hours=26)
_MIDNIGHT = time()


class ResolvedDates(NamedTuple):
    """The two dates of a page and what is odd about them.

    ``flags`` may hold future_date, zone_guessed, zone_unknown, false_utc, midnight_placeholder,
    modified_before_published, published_from_update.
    """

    published: Dated | None
    modified: Dated | None
    flags: tuple[str, ...] = ()


def resolve_dates(evidence: Sequence[DateEvidence], context: DateContext) -> ResolvedDates:
    """Weigh the evidence of a page."""
    flags: set[str] = set()
    read = _read(evidence, context, flags)
    zone = site_zone(read, context)
    published = _choose(read, "published", zone, context, flags)
    modified = _choose(read, "modified", zone, context, flags)
    if published is not None and modified is not None and modified.at < published.at:
        same_day = modified.local.date() == published.local.date()
        if not (same_day and Precision.DAY in {published.precision, modified.precision}):
            flags.add("modified_before_published")
            modified = replace(modified, conflict=True)
    if published is not None and published.zone == "":
        flags.add("zone_unknown")
    elif (
        published is not None and zone is not None and zone.guessed and published.zone == zone.name
    ):
        flags.add("zone_guessed")
    return ResolvedDates(published, modified, tuple(sorted(flags)))


def resolve_date(raw: str, context: DateContext, *, source: Source = "text") -> Dated | None:
    """One written date with its instant and zone, where nothing else is known."""
    return resolve_dates([DateEvidence("published", source, raw, 30)], context).published


def _read(
    evidence: Sequence[DateEvidence], context: DateContext, flags: set[str]
) -> list[tuple[DateEvidence, ParsedDate]]:
    """Each piece of evidence with its date, likeliest first; days ahead are left out."""
    read = []
    limit = None
    if context.reference is not None:
        limit = (context.reference.astimezone(UTC) + _AHEAD).replace(tzinfo=None)
    for entry in evidence:
        parsed = entry.parsed or parse_date(entry.raw, context)
        if parsed is None:
            continue
        moment = parsed.local - (parsed.offset or timedelta(0))
        if limit is not None and moment > limit:
            if entry.kind == "published":
                flags.add("future_date")
            continue
        read.append((entry, parsed))
    read.sort(key=lambda pair: -pair[0].weight)
    return _settle_order(read)


def _settle_order(
    read: list[tuple[DateEvidence, ParsedDate]],
) -> list[tuple[DateEvidence, ParsedDate]]:
    """Days that could be read either way (10/11) follow the other evidence."""
    certain = {p.local.date() for _, p in read if p.other is None}
    settled = []
    for entry, parsed in read:
        other = parsed.other
        unsure = other is not None and parsed.local.date() not in certain
        if unsure and other and any(abs(day - other) <= timedelta(days=1) for day in certain):
            moved = datetime.combine(other, parsed.local.time())
            settled.append((entry, replace(parsed, local=moved, other=None)))
        else:
            settled.append((entry, parsed))
    return settled


def _choose(
    read: Sequence[tuple[DateEvidence, ParsedDate]],
    kind: Kind,
    zone: SiteZone | None,
    context: DateContext,
    flags: set[str],
) -> Dated | None:
    mine = [(e, p) for e, p in read if e.kind == kind]
    if kind == "published" and (not mine or mine[0][0].weight < 20):
        # The one date that readers see, though it is called an update.
        seen = [(e, p) for e, p in read if e.source in {"text", "time"} and e.weight >= 20]
        if seen:
            mine = seen
            flags.add("published_from_update")
    if not mine:
        return None
    best, parsed = _confirmed(mine) if kind == "published" else mine[0]
    if kind == "published" and (best, parsed) == mine[0]:
        best, parsed = _rebuilt(mine, read)
    parsed, source = _false_utc(_naive_utc(parsed, read), read, zone, flags, kind), best
    local_day = _local_day(parsed, zone)
    if parsed.precision is Precision.DAY or parsed.local.time() == _MIDNIGHT:
        timed = _timed_on(local_day, mine[1:], zone)
        if timed is not None:
            source, parsed = timed
            parsed = _false_utc(parsed, read, zone, flags, kind)
        elif parsed.precision is not Precision.DAY:
            flags.add("midnight_placeholder")
            parsed = replace(parsed, precision=Precision.DAY)
    conflict = _conflict(parsed, mine, zone)
    return _dated(parsed, source, zone, conflict)


def _confirmed(
    mine: Sequence[tuple[DateEvidence, ParsedDate]],
) -> tuple[DateEvidence, ParsedDate]:
    """The best evidence of publication; where declared times of one day disagree, the one whose
    clock readers see."""
    best, parsed = mine[0]
    if best.source not in {"jsonld", "meta"} or parsed.precision is Precision.DAY:
        return mine[0]
    shown = {
        p.local.replace(second=0)
        for e, p in mine
        if e.source == "text" and p.precision is not Precision.DAY and not p.vague
    }
    if shown and parsed.local.replace(second=0) not in shown:
        for entry, other in mine[1:]:
            if (
                entry.source in {"jsonld", "meta"}
                and other.offset == parsed.offset
                and other.local.replace(second=0) in shown
                and other.local < parsed.local
                and other.local.date() == parsed.local.date()
            ):
                return entry, other
    return mine[0]


def _rebuilt(
    mine: Sequence[tuple[DateEvidence, ParsedDate]],
    read: Sequence[tuple[DateEvidence, ParsedDate]],
) -> tuple[DateEvidence, ParsedDate]:
    """The best evidence of publication, unless it is the day the page was built anew.

    A declared publication is the system's own if it is to the second the declared change while
    readers see an earlier day beside the headline, or if the day shown or the day in the address
    is more than a month older.
    """
    best, parsed = mine[0]
    if best.source not in {"jsonld", "meta"}:
        return mine[0]
    changed = any(
        e.kind == "modified" and e.source in {"jsonld", "meta"} and p.local == parsed.local
        for e, p in read
    )
    shown = next(((e, p) for e, p in mine if e.source in {"time", "text", "url"}), None)
    if shown is None:
        return mine[0]
    entry, other = shown
    if best.weight < 75 and entry.weight >= 60 and not other.vague:
        return shown  # what readers see beside the headline is more than a weak declaration
    if entry.weight < 45 or len(entry.raw) > 40 or other.vague:
        return mine[0]
    short = changed and entry.source != "url"
    if other.local < parsed.local - timedelta(days=2 if short else 30):
        return shown
    # stories that moved to another system: what readers see moved as well, the address did not
    kept = next(((e, p) for e, p in mine if e.source == "url"), None)
    if kept is not None and kept[1].local < parsed.local - timedelta(days=30):
        return kept
    return mine[0]


def _local_day(parsed: ParsedDate, zone: SiteZone | None) -> date:
    """The day at the site."""
    if parsed.offset is None or parsed.precision is Precision.DAY:
        return parsed.local.date()
    shift = zone_offset(zone, parsed.local)
    if shift is None:
        return parsed.local.date()
    return (parsed.local - parsed.offset + shift).date()


def _timed_on(
    day: date, others: Sequence[tuple[DateEvidence, ParsedDate]], zone: SiteZone | None
) -> tuple[DateEvidence, ParsedDate] | None:
    """Other evidence of the same kind that names a time on the same day."""
    for entry, parsed in others:
        if parsed.precision is Precision.DAY or parsed.local.time() == _MIDNIGHT or parsed.vague:
            continue
        if day in {_local_day(parsed, zone), parsed.local.date()}:
            return entry, parsed
    return None


def _naive_utc(parsed: ParsedDate, read: Sequence[tuple[DateEvidence, ParsedDate]]) -> ParsedDate:
    """A time without an offset that is in UTC: another statement, with the site's offset, names
    that very moment."""
    if parsed.offset is None and parsed.precision is not Precision.DAY and not parsed.vague:
        moment = parsed.local.replace(second=0, tzinfo=UTC)
        for _, other in read:
            at = other.at if other.offset and other.precision is not Precision.DAY else None
            if at is not None and at.replace(second=0) == moment:
                return replace(parsed, offset=timedelta(0))
    return parsed


def _false_utc(
    parsed: ParsedDate,
    read: Sequence[tuple[DateEvidence, ParsedDate]],
    zone: SiteZone | None,
    flags: set[str],
    kind: Kind,
) -> ParsedDate:
    """A time labelled UTC that is the site's local clock: its label is taken away.

    It is one if another value with an offset of its own, or the time that readers see, shows the
    same clock; or if another value labelled UTC is earlier by just the zone's offset.
    """
    if parsed.offset != timedelta(0) or parsed.precision is Precision.DAY:
        return parsed
    clock = parsed.local.replace(second=0)
    if clock.time() == _MIDNIGHT:
        return parsed
    for entry, other in read:
        if other is parsed or other.precision is Precision.DAY or other.vague:
            continue
        if other.offset == timedelta(0) and entry.source in {"jsonld", "meta"}:
            offset = zone_offset(zone, other.local)
            if offset and entry.kind == kind and other.local + offset == parsed.local:
                flags.add("false_utc")
                return replace(parsed, offset=None)
        if other.local.replace(second=0) != clock:
            continue
        if other.offset:
            flags.add("false_utc")
            return replace(parsed, offset=other.offset)
        if other.offset is None and entry.source == "text":
            offset = zone_offset(zone, parsed.local)
            if offset:
                flags.add("false_utc")
                return replace(parsed, offset=None)
    return parsed


def _conflict(
    parsed: ParsedDate, mine: Sequence[tuple[DateEvidence, ParsedDate]], zone: SiteZone | None
) -> bool:
    """Whether declared values or a date beside the headline tell another day (or instant)."""
    day = _local_day(parsed, zone)
    for entry, other in mine:
        if other.vague or entry.weight < 50:
            continue
        other_day = _local_day(other, zone)
        if abs(other_day - day) > timedelta(days=1):
            return True
        if (
            parsed.at is not None
            and other.at is not None
            and Precision.DAY not in {parsed.precision, other.precision}
            and other.local.time() != _MIDNIGHT
            and abs(parsed.at - other.at) >= timedelta(minutes=30)
        ):
            return True
    return False


def _dated(parsed: ParsedDate, entry: DateEvidence, zone: SiteZone | None, conflict: bool) -> Dated:
    local, offset = parsed.local, parsed.offset
    shift = zone_offset(zone, local)
    if parsed.precision is Precision.DAY:
        local = datetime.combine(local.date(), _MIDNIGHT)
        at = (local - (shift or timedelta(0))).replace(tzinfo=UTC)
        name = zone.name if zone else ""
        return Dated(at, local, name, parsed.precision, entry.source, entry.raw, conflict)
    if offset is None:
        at = (local - (shift or timedelta(0))).replace(tzinfo=UTC)
        name = zone.name if zone and shift is not None else ""
        return Dated(at, local, name, parsed.precision, entry.source, entry.raw, conflict)
    at = (local - offset).replace(tzinfo=UTC)
    here = zone_offset(zone, at.replace(tzinfo=None))
    if zone is not None and here is not None and (not zone.guessed or not offset):
        there = (at + here).replace(tzinfo=None)
        return Dated(at, there, zone.name, parsed.precision, entry.source, entry.raw, conflict)
    name = offset_name(offset)
    if zone is not None and zone_offset(zone, local) == offset:
        name = zone.name
    return Dated(at, local, name, parsed.precision, entry.source, entry.raw, conflict)
