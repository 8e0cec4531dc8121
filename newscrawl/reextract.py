"""Articles made again from the archive with today's rules, without any request.

In place, the newest archived page of each URL gives a new version where text or title came out
differently. Into a new output, every page gives the row that it would have given. Boilerplate is
learned again in the order of the archive, as the crawl learned it.
"""

from __future__ import annotations

import itertools
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from newscrawl.account import Fetched, Judgement, Summary, Verdict
from newscrawl.archive import (
    NOTE_TYPE,
    SUFFIX,
    BadMessage,
    BrokenRecord,
    PageNote,
    Place,
    WarcReader,
    WarcRecord,
    archive_folder,
    mend,
    read_at,
    read_body,
    read_head,
    read_note,
)
from newscrawl.batch_run import BatchRun, Outcome
from newscrawl.clean import Furniture
from newscrawl.clock import now
from newscrawl.dataset import Output, OutputUnwritable
from newscrawl.dedup import canonical_url
from newscrawl.editing import edit
from newscrawl.engines import Lost, Staging, open_executor, write_once
from newscrawl.extract import ExtractionPool, read_article, run_within
from newscrawl.items import Article, Page, Rejection, Stage
from newscrawl.outputs import open_output
from newscrawl.page_limits import guarded
from newscrawl.run_ids import new_run_id
from newscrawl.site import Site

PAGE_BYTES = 10 * 1024 * 1024
PAGES = 16  # a task
SiteOf = Callable[[PageNote], Site | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReextractOptions:
    """``new_output`` None means in place. ``site_of`` finds the record of a page's site."""

    output: str = "output"
    state_dir: str | None = None
    new_output: str | None = None
    site_of: SiteOf
    workers: int = 1
    page_seconds: float = 20.0
    worker_memory_mb: int = 1024
    engine: str = "local"
    engine_address: str | None = None
    staging: str | None = None  # a folder that all workers see, by default one in the state


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page of the archive with what it was fetched for; ``site`` None if nobody knows it."""

    place: Place
    note: PageNote
    site: Site | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What workers need. ``folder`` None: results are handed over as values."""

    archive: str
    page_seconds: float
    memory_mb: int
    folder: str | None


@dataclass(frozen=True, slots=True)
class Read:
    """What a page gives, not yet cleaned; ``bytes`` of its content if that could be read."""

    result: Article | Rejection
    bytes: int | None


def read_pages(reading: Reading, pages: Sequence[ArchivedPage]) -> list[Read] | str:
    """A task of re-extraction: pages out of the archive; a file of the answers."""
    seconds, memory_mb = reading.page_seconds, reading.memory_mb
    if reading.folder is None:
        return [_read(reading, one, partial(run_within, read_article, seconds=seconds))
                for one in pages]  # fmt: skip
    task = partial(guarded, read_article, seconds=seconds, memory_mb=memory_mb)
    found = pickle.dumps([_read(reading, one, task) for one in pages], pickle.HIGHEST_PROTOCOL)
    name = f"{pages[0].place.file}-{pages[0].place.offset}"
    return write_once(Path(reading.folder), name, found)


def _read(
    reading: Reading, archived: ArchivedPage, task: Callable[[Page, Site], Article | Rejection]
) -> Read:
    note = archived.note
    if archived.site is None:
        detail = "not registered: name its record with --sites FILE.toml"
        return Read(
            Rejection(note.final_url, note.site, Stage.DISCOVERY, "unknown_site", detail), None
        )
    record = read_at(Path(reading.archive) / archived.place.file, archived.place.offset)
    block = record.block if isinstance(record, WarcRecord) else None
    page = _page(block or b"", note)
    if isinstance(page, Rejection):
        return Read(page, None)
    return Read(task(page, archived.site), len(page.body))


class Reextraction:
    """One run over the archive of an output."""

    def __init__(self, options: ReextractOptions) -> None:
        self._options = options
        source = Output(options.output, state_dir=options.state_dir)
        self.folder = archive_folder(options.output, source.state_dir)
        self.files = sorted(self.folder.glob(f"*{SUFFIX}"))
        self.size = sum(path.stat().st_size for path in self.files)
        self.position = 0
        self.stop_signal: int | None = None
        self.problems: list[str] = []
        self.pages = 0
        anew = options.new_output is not None
        self._executor = open_executor(options.engine, options.workers, options.engine_address)
        try:
            mend(self.folder)
        except OSError as error:
            raise OutputUnwritable(str(self.folder), error.strerror or str(error)) from error
        output, stories = open_output(
            options.new_output or options.output, None if anew else options.state_dir
        )
        self.run = BatchRun(new_run_id(now()), output, stories, keep_run=anew, mark=anew)
        self._newest: dict[tuple[str, str], Place] | None = None if anew else {}
        self._furniture: dict[str, Furniture] = {}
        self._careful: ExtractionPool | None = None

    def reextract(self, *, tick: Callable[[], None] = lambda: None) -> Summary:
        """Read the whole archive, in the order it was written, and sum up."""
        stopped: str | None = None
        try:
            with self.run.output.site_lock("reextract", run_id=self.run.run_id):
                if self._newest is not None:
                    for archived in self._pages(lambda: None):
                        self._newest[_url(archived)] = archived.place
                    self.problems.clear()
                self._read_all(tick)
        except OutputUnwritable as error:
            self.run.fail(error)
        finally:
            self._executor.close()
            if self._careful is not None:
                self._careful.close()
        if self.stop_signal is not None:
            self.run.signal, stopped = self.stop_signal, "stopped"
        damaged = [Verdict(Judgement.DEGRADED, problem) for problem in self.problems]
        return self.run.finish(damaged, stopped)

    def _read_all(self, tick: Callable[[], None]) -> None:
        options, line = self._options, deque[list[ArchivedPage]]()
        memory_mb = options.worker_memory_mb if options.engine == "local" else 0
        archive = str(self.folder.absolute())
        reading = Reading(archive, options.page_seconds, memory_mb, None)

        def tasks() -> Iterator[list[ArchivedPage]]:
            pages = self._pages(tick)
            while group := list(itertools.islice(pages, PAGES)):
                line.append(group)
                yield group

        with ExitStack() as stack:
            if self._executor.name != "local" or self._executor.workers:
                parent = Path(options.staging or self.run.output.state_dir / "staging")
                staging = stack.enter_context(Staging(parent, self.run.run_id))
                reading = replace(reading, folder=str(staging.folder.absolute()))
            for found in self._executor.run(read_pages, reading, tasks()):
                group = line.popleft()
                for archived, read in zip(group, self._taken(reading, group, found), strict=True):
                    self._settle(archived, read)

    def _taken(
        self, reading: Reading, group: list[ArchivedPage], found: list[Read] | str | Lost
    ) -> list[Read]:
        if isinstance(found, list):
            return found
        if isinstance(found, str):
            path = Path(found)
            data = path.read_bytes()
            path.unlink()
            taken: list[Read] = pickle.loads(data)  # noqa: S301 - from our own worker
            return taken
        # one of these pages may be the death of its worker: each on its own, then
        if self._careful is None:
            self._careful = ExtractionPool(
                1,
                seconds=self._options.page_seconds,
                memory_mb=self._options.worker_memory_mb,
            )
        pool = self._careful
        return [_read(reading, one, lambda page, site: pool.submit(page, site).result())
                for one in group]  # fmt: skip

    def _pages(self, tick: Callable[[], None]) -> Iterator[ArchivedPage]:
        done = 0
        for path in self.files:
            note: tuple[str | None, PageNote] | None = None
            with WarcReader(path) as reader:
                for record in reader:
                    self.position = done + reader.position
                    tick()
                    if self.stop_signal is not None:
                        return
                    if isinstance(record, BrokenRecord):
                        where = f"{path.name} at byte {record.place.offset}"
                        self.problems.append(f"{where}: {record.reason} ({record.detail})")
                    elif record.type == "metadata" and record.header("Content-Type") == NOTE_TYPE:
                        found = read_note(record.block or b"")
                        note = (record.header("WARC-Concurrent-To"), found) if found else None
                    elif record.type == "response" and note is not None:
                        if note[0] == record.header("WARC-Record-ID"):
                            site = self._options.site_of(note[1])
                            yield ArchivedPage(record.place, note[1], site)
                        note = None
            done += path.stat().st_size

    def _settle(self, archived: ArchivedPage, read: Read) -> None:
        note, place, site, result = archived.note, archived.place, archived.site, read.result
        if isinstance(result, Article):
            result.first_seen_at, result.spider = note.first_seen_at, note.spider
            result.run_id = note.run_id
            result.warc_file, result.warc_offset = place.file, place.offset
            result = edit(result, site, self._furniture.setdefault(note.site, Furniture()))
        if self._newest is not None and self._newest[_url(archived)] != place:
            self.run.note()  # the URL has a newer page
            return
        self.pages += 1
        fetched = Fetched(
            final_url=note.final_url, status=200, bytes=read.bytes, fetched_at=note.fetched_at
        )
        self.run.settle(Outcome(place, note.site, site, note.candidate, fetched, result))


def _url(archived: ArchivedPage) -> tuple[str, str]:
    return archived.note.site, canonical_url(archived.note.requested_url, archived.site)


def _page(block: bytes, note: PageNote) -> Page | Rejection:
    try:
        head = read_head(block)
        body = read_body(block, head, PAGE_BYTES)
    except BadMessage as bad:
        return Rejection(note.final_url, note.site, Stage.FETCH, bad.reason, bad.detail)
    return Page(
        url=note.final_url,
        requested_url=note.requested_url,
        status=head.status,
        headers=head.headers,
        body=body,
        fetched_at=note.fetched_at,
        candidate=note.candidate,
    )
