"""Articles made again from the archive with today's rules, without any request.

In place, the newest archived page of each URL gives a new version where text or title came out
differently. Into a new output, every page gives the row that it would have given. Boilerplate is
learned again in the order of the archive, as the crawl learned it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass

from newscrawl.account import Fetched, Judgement, Summary, Verdict
from newscrawl.archive import (
    NOTE_TYPE,
    SUFFIX,
    BadMessage,
    BrokenRecord,
    PageNote,
    Place,
    WarcReader,
    archive_folder,
    mend,
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
from newscrawl.extract import ExtractionPool
from newscrawl.items import Article, Page, Rejection, Stage
from newscrawl.outputs import open_output
from newscrawl.run_ids import new_run_id
from newscrawl.site import Site

PAGE_BYTES = 10 * 1024 * 1024
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


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page of the archive with what it was fetched for, or why it cannot be read."""

    place: Place
    note: PageNote
    page: Page | Rejection


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
        self._pool = ExtractionPool(
            options.workers, seconds=options.page_seconds, memory_mb=options.worker_memory_mb
        )

    def reextract(self, *, tick: Callable[[], None] = lambda: None) -> Summary:
        """Read the whole archive, in the order it was written, and sum up."""
        stopped: str | None = None
        line: deque[tuple[ArchivedPage, Site | None, Future[Article | Rejection] | None]] = deque()
        try:
            with self.run.output.site_lock("reextract", run_id=self.run.run_id):
                if self._newest is not None:
                    for archived in self._pages(lambda: None, bodies=False):
                        self._newest[_url(archived, self._site(archived))] = archived.place
                    self.problems.clear()
                for archived in self._pages(tick):
                    site = self._site(archived)
                    future = None
                    if isinstance(archived.page, Page) and site is not None:
                        future = self._pool.submit(archived.page, site)
                    line.append((archived, site, future))
                    while len(line) > 16 * max(1, self._options.workers):
                        self._settle(*line.popleft())
                while line:
                    self._settle(*line.popleft())
        except OutputUnwritable as error:
            self.run.fail(error)
        finally:
            self._pool.close()
        if self.stop_signal is not None:
            self.run.signal, stopped = self.stop_signal, "stopped"
        damaged = [Verdict(Judgement.DEGRADED, problem) for problem in self.problems]
        return self.run.finish(damaged, stopped)

    def _site(self, archived: ArchivedPage) -> Site | None:
        return self._options.site_of(archived.note)

    def _pages(self, tick: Callable[[], None], *, bodies: bool = True) -> Iterator[ArchivedPage]:
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
                            page = _page(record.block or b"", note[1]) if bodies else _UNREAD
                            yield ArchivedPage(record.place, note[1], page)
                        note = None
            done += path.stat().st_size

    def _settle(
        self,
        archived: ArchivedPage,
        site: Site | None,
        future: Future[Article | Rejection] | None,
    ) -> None:
        note, place = archived.note, archived.place
        result: Article | Rejection
        if future is not None:
            result = future.result()
        elif isinstance(archived.page, Rejection):
            result = archived.page
        else:
            detail = "not registered: name its record with --sites FILE.toml"
            result = Rejection(note.final_url, note.site, Stage.DISCOVERY, "unknown_site", detail)
        if isinstance(result, Article):
            result.first_seen_at, result.spider = note.first_seen_at, note.spider
            result.run_id = note.run_id
            result.warc_file, result.warc_offset = place.file, place.offset
            result = edit(result, site, self._furniture.setdefault(note.site, Furniture()))
        if self._newest is not None and self._newest[_url(archived, site)] != place:
            self.run.note()  # the URL has a newer page
            return
        self.pages += 1
        fetched = Fetched(
            final_url=note.final_url,
            status=200,
            bytes=len(archived.page.body) if isinstance(archived.page, Page) else None,
            fetched_at=note.fetched_at,
        )
        self.run.settle(Outcome(place, note.site, site, note.candidate, fetched, result))


_UNREAD = Rejection("", "", Stage.FETCH, "unread")


def _url(archived: ArchivedPage, site: Site | None) -> tuple[str, str]:
    return archived.note.site, canonical_url(archived.note.requested_url, site)


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
