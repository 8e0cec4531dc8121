"""Ingesting WARC files: every record is settled once, in order, whatever happens on the way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from newscrawl.account import Judgement, Summary, Verdict
from newscrawl.archive import WarcReader, read_at
from newscrawl.batch_run import BatchRun, Outcome
from newscrawl.clock import now
from newscrawl.dataset import OutputUnwritable, SiteHeld, Transaction
from newscrawl.editing import edit_page
from newscrawl.extract import ExtractionPool
from newscrawl.ingest.files import FileProgress, create, load, save
from newscrawl.ingest.hosts import HostSites
from newscrawl.ingest.sifting import Sifted, Sifter
from newscrawl.items import Article, Rejection, Stage
from newscrawl.outputs import open_output
from newscrawl.run import new_run_id
from newscrawl.site import Site

_AHEAD_BYTES = 64 * 1024 * 1024  # of pages that wait for a worker or for their turn
SPIDER = "ingest"


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """What the caller asked for. Empty ``countries`` (ISO 3166) and ``languages`` mean all."""

    output: str = "output"
    state_dir: str | None = None
    sites: Mapping[str, Site]
    countries: Collection[str] = ()
    languages: Collection[str] = ()
    workers: int = 1
    again: bool = False  # read files from the start that were ingested before
    page_seconds: float = 20.0
    worker_memory_mb: int = 1024


class Ingestion:
    """One run over some files. Raises what `newscrawl.outputs.open_output` raises."""

    def __init__(self, options: IngestOptions) -> None:
        self._options = options
        output, stories = open_output(options.output, options.state_dir)
        self.run = BatchRun(new_run_id(now()), output, stories, in_commit=self._in_commit)
        with output.transaction() as tx:
            create(tx.connection)
        self._hosts = HostSites(options.sites)
        self._pool = ExtractionPool(
            options.workers,
            seconds=options.page_seconds,
            memory_mb=options.worker_memory_mb,
            task=edit_page,
        )
        self._languages = frozenset(tag.lower() for tag in options.languages)
        self._ahead: deque[tuple[Sifted, Future[Article | Rejection] | None]] = deque()
        self._ahead_bytes = 0
        self.files: list[FileProgress] = []
        self.problems: list[str] = []  # for people: what was wrong with which file
        self.stop_signal: int | None = None
        self.position = 0  # bytes of all files read so far

    def ingest(self, paths: Sequence[Path], *, tick: Callable[[], None] = lambda: None) -> Summary:
        """Ingest the files, go on where an earlier run stopped, and sum up."""
        stopped: str | None = None
        held: list[Verdict] = []
        try:
            for path in paths:
                if self.stop_signal is not None:
                    break
                try:
                    with self.run.output.site_lock(f"warc {path.name}", run_id=self.run.run_id):
                        self._file(path, tick)
                except SiteHeld as error:
                    self.problems.append(str(error))
                    held.append(Verdict(Judgement.HELD, str(error)))
        except OutputUnwritable as error:
            self.run.fail(error)
        finally:
            self._pool.close()
        if self.stop_signal is not None:
            self.run.signal, stopped = self.stop_signal, "stopped"
        damaged = [
            Verdict(Judgement.DEGRADED, f"{f.name} is damaged") for f in self.files if f.broken
        ]
        return self.run.finish([*held, *damaged], stopped)

    def _file(self, path: Path, tick: Callable[[], None]) -> None:
        progress = load(self.run.output.state.connection, path)
        if self._options.again:
            progress = FileProgress(progress.file, progress.name)
        self.files.append(progress)
        before = self.position
        if not progress.done:
            sifter = Sifter(self._hosts, self._options.countries)
            if progress.place is not None:
                # the last record settled may be the note of the page that comes next
                last = read_at(path, progress.place.offset)
                if last is not None:
                    sifter.sift(last, self.run.started_at)
            with WarcReader(path, after=progress.place) as reader:
                for record in reader:
                    sifted = sifter.sift(record, self.run.started_at)
                    if sifted.word.startswith("broken:"):
                        detail = getattr(record, "detail", "")
                        place = f"{path.name} at byte {record.place.offset}"
                        self.problems.append(f"{place}: {sifted.word[7:]} ({detail})")
                    self._take(sifted)
                    self.position = before + reader.position
                    tick()
                    if self.stop_signal is not None:
                        break
            while self._ahead:
                self._settle_first()
            progress.done = self.stop_signal is None
            self.run.commit()
        self.position = before + path.stat().st_size

    def _take(self, sifted: Sifted) -> None:
        """Send a page to the workers; settle what is first in line when enough is on its way."""
        future: Future[Article | Rejection] | None = None
        if sifted.page is not None and sifted.host is not None:
            future = self._pool.submit(sifted.page, sifted.host.site)
            self._ahead_bytes += len(sifted.page.body)
        self._ahead.append((sifted, future))
        most = 16 * max(1, self._options.workers)
        while self._ahead and (
            len(self._ahead) > most
            or self._ahead_bytes > _AHEAD_BYTES
            or self._ahead[0][1] is None
            or self._ahead[0][1].done()
        ):
            self._settle_first()

    def _settle_first(self) -> None:
        sifted, future = self._ahead.popleft()
        result: Article | Rejection | None = sifted.rejection
        if future is not None:
            assert sifted.page is not None
            result = self._complete(future.result(), sifted)
            self._ahead_bytes -= len(sifted.page.body)
        progress = self.files[-1]
        progress.place = sifted.place
        progress.counts[sifted.word] += 1
        if result is None or sifted.candidate is None or sifted.host is None:
            self.run.note()
            return
        assert sifted.fetched is not None
        host = sifted.host
        self.run.settle(
            Outcome(sifted.place, host.name, host.site, sifted.candidate, sifted.fetched, result)
        )

    def _complete(self, result: Article | Rejection, sifted: Sifted) -> Article | Rejection:
        if isinstance(result, Rejection):
            return result
        tag = (result.language or "").lower()
        if self._languages and not {tag, tag.partition("-")[0]} & self._languages:
            return Rejection(
                result.url, result.site, Stage.VALIDATE, "other_language", tag or "unknown"
            )
        note = sifted.note
        result.first_seen_at = note.first_seen_at if note else result.fetched_at
        result.spider = note.spider if note else SPIDER
        result.warc_file, result.warc_offset = sifted.place.file, sifted.place.offset
        return result

    def _in_commit(self, tx: Transaction) -> None:
        if self.files:
            save(tx.connection, self.files[-1])
