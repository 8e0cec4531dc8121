"""A WARC file in ranges that workers read on their own, and that join without a gap or a seam.

A range begins and ends at a *cut*: a record that nothing before it belongs to. A worker looks for
the first cut from its nominal start on, and goes on until the first one from its nominal end on, by
the same rule; the driver checks that each range begins where the one before has ended, and has it
read again from there if not (bytes within a record that look like the begin of one).
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from newscrawl.archive import BrokenRecord, Place, WarcReader, WarcRecord, read_at
from newscrawl.batch_run import Outcome, prepared
from newscrawl.editing import edit_page
from newscrawl.engines import write_once
from newscrawl.extract import run_within
from newscrawl.ingest.hosts import HostSites
from newscrawl.ingest.sifting import Sifted, Sifter
from newscrawl.items import Article, Page, Rejection, Stage
from newscrawl.page_limits import guarded
from newscrawl.site import Site

SMALLEST, LARGEST = 256 * 1024, 4 * 1024 * 1024  # bytes of a range
LEFT = 4  # ranges a worker that would follow of this size: they get smaller towards the end
SPIDER = "ingest"

Edit = Callable[[Page, Site | None], Article | Rejection]


@dataclass(frozen=True, slots=True)
class Range:
    """Bytes of a file: nominal, or with ``exact`` from the record at ``start`` on.

    ``after`` is the last record settled before; the range begins with the one that follows.
    """

    path: str
    start: int
    end: int
    exact: bool = False
    after: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What all workers of a run need. ``folder`` None: results are handed over as values.

    ``at`` stands for dates of records that are missing. ``memory_mb`` 0 sets no limit.
    """

    hosts: HostSites
    countries: Collection[str]
    languages: Collection[str]
    at: datetime
    page_seconds: float
    memory_mb: int
    folder: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a range. ``detail`` is for people, of a broken one."""

    place: Place
    word: str
    detail: str
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class RangeRead:
    """What became of a range: where it began (None: nowhere) and ended, and its records.

    ``records`` is a file of them where the reading names a folder.
    """

    begun: int | None
    ended: int
    records: list[Record] | str

    def take(self) -> list[Record]:
        """The records, once: a file is removed."""
        if isinstance(self.records, list):
            return self.records
        path = Path(self.records)
        data = path.read_bytes()
        path.unlink()
        found: list[Record] = pickle.loads(data)  # noqa: S301 - from our own worker
        return found


def ranges(
    path: Path, after: Place | None, workers: int, step: int | None = None
) -> Iterator[Range]:
    """The ranges of a file, from the record after a place on; ``step`` bytes each.

    Without a step they get smaller towards the end of the file, so that all workers end at about
    the same time (guided self-scheduling, Polychronopoulos and Kuck 1987).
    """
    size = path.stat().st_size
    begin = after.offset if after is not None else 0
    first = True
    while first or begin < size:
        share = (size - begin) // (LEFT * max(1, workers))
        end = begin + (step or min(LARGEST, max(SMALLEST, share)))
        yield Range(str(path), begin, end, first, after if first else None)
        begin, first = end, False


def is_packed_whole(path: Path) -> bool:
    """Whether all records stand in one gzip member, which nobody can enter but at its start."""
    with WarcReader(path, keep=0) as reader:
        records = iter(reader)
        next(records, None)
        second = next(records, None)
        return second is not None and second.place.within > 0


def read_range(reading: Reading, part: Range) -> RangeRead:
    """A task of ingestion: read a range, make articles of its pages."""
    seconds = reading.page_seconds
    if reading.folder is None:
        return read_with(
            reading, part, lambda page, site: run_within(edit_page, page, site, seconds)
        )
    memory_mb = reading.memory_mb
    found = read_with(
        reading,
        part,
        lambda page, site: guarded(edit_page, page, site, seconds=seconds, memory_mb=memory_mb),
    )
    data = pickle.dumps(found.records, pickle.HIGHEST_PROTOCOL)
    name = f"{Path(part.path).name}-{part.start}"
    return RangeRead(found.begun, found.ended, write_once(Path(reading.folder), name, data))


def read_with(reading: Reading, part: Range, edit: Edit) -> RangeRead:
    """Read a range with a way of its own to make articles."""
    path = Path(part.path)
    sifter = _sifter(reading, path, part.after)
    begun = part.start if part.exact else None
    ended = path.stat().st_size
    before: WarcRecord | BrokenRecord | None = None  # within the first, or beyond the last cut
    out: list[Record] = []
    with WarcReader(path, after=part.after, start=part.start) as reader:
        for record in reader:
            offset = record.place.offset
            if begun is None:
                if not _is_cut(before, record):
                    before = record
                    continue
                begun, before = offset, None
            if offset >= part.end:
                if _is_cut(before, record):
                    ended = offset
                    break
                before = record
            out.append(_record(reading, sifter.sift(record, reading.at), record, edit))
    out = _prepared(out)
    if begun is not None and begun >= part.end:
        return RangeRead(begun, begun, [])
    return RangeRead(begun, ended, out)


def stream(reading: Reading, path: Path, after: Place | None, edit: Edit) -> Iterator[Record]:
    """The records of a file one by one, for one that has no ranges."""
    sifter = _sifter(reading, path, after)
    with WarcReader(path, after=after) as reader:
        for record in reader:
            yield from _prepared([_record(reading, sifter.sift(record, reading.at), record, edit)])


def _sifter(reading: Reading, path: Path, after: Place | None) -> Sifter:
    sifter = Sifter(reading.hosts, reading.countries)
    if after is not None:
        # the last record settled may be the note of the page that comes next
        last = read_at(path, after.offset)
        if last is not None:
            sifter.sift(last, reading.at)
    return sifter


def _is_cut(before: WarcRecord | BrokenRecord | None, record: WarcRecord | BrokenRecord) -> bool:
    """Whether nothing belongs to a record that stands before it.

    A note stands before the page it is of, and both after the request, if there is one.
    """
    if isinstance(record, BrokenRecord) or record.place.within:
        return False
    if record.type in {"request", "warcinfo"}:
        return True
    return isinstance(before, WarcRecord) and before.type != "metadata"


def _record(
    reading: Reading, sifted: Sifted, record: WarcRecord | BrokenRecord, edit: Edit
) -> Record:
    detail = record.detail if isinstance(record, BrokenRecord) else ""
    outcome = _outcome(reading, sifted, edit)
    return Record(sifted.place, sifted.word, detail, outcome)


def _outcome(reading: Reading, sifted: Sifted, edit: Edit) -> Outcome | None:
    host, candidate, fetched = sifted.host, sifted.candidate, sifted.fetched
    if host is None or candidate is None or fetched is None:
        return None
    result: Article | Rejection | None = sifted.rejection
    if sifted.page is not None:
        result = _completed(reading, edit(sifted.page, host.site), sifted)
    if result is None:
        return None
    return Outcome(sifted.place, host.name, host.site, candidate, fetched, result)


def _prepared(records: Sequence[Record]) -> list[Record]:
    outcomes = iter(prepared([r.outcome for r in records if r.outcome is not None]))
    return [r if r.outcome is None else replace(r, outcome=next(outcomes)) for r in records]


def _completed(
    reading: Reading, result: Article | Rejection, sifted: Sifted
) -> Article | Rejection:
    if isinstance(result, Rejection):
        return result
    tag = (result.language or "").lower()
    if reading.languages and not {tag, tag.partition("-")[0]} & set(reading.languages):
        return Rejection(
            result.url, result.site, Stage.VALIDATE, "other_language", tag or "unknown"
        )
    note = sifted.note
    result.first_seen_at = note.first_seen_at if note else result.fetched_at
    result.spider = note.spider if note else SPIDER
    result.warc_file, result.warc_offset = sifted.place.file, sifted.place.offset
    return result
