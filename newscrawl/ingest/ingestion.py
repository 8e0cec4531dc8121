"""Ingesting WARC files: every record is settled once, in order, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from newscrawl.account import Judgement, Summary, Verdict
from newscrawl.batch_run import BatchRun
from newscrawl.clock import now
from newscrawl.dataset import OutputUnwritable, SiteHeld, Transaction
from newscrawl.editing import edit_page
from newscrawl.engines import Executor, Lost, Staging, open_executor
from newscrawl.extract import ExtractionPool, settled_heap
from newscrawl.ingest.files import FileProgress, create, load, save
from newscrawl.ingest.hosts import HostSites
from newscrawl.ingest.ranges import (
    Range,
    RangeRead,
    Reading,
    is_packed_whole,
    ranges,
    read_range,
    read_with,
    stream,
)
from newscrawl.items import Article, Page, Rejection
from newscrawl.outputs import open_output
from newscrawl.run_ids import new_run_id
from newscrawl.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """What the caller asked for. Empty ``countries`` (ISO 3166) and ``languages`` mean all.

    ``staging`` is a folder that all workers of the engine see, by default one in the state.
    """

    output: str = "output"
    state_dir: str | None = None
    sites: Mapping[str, Site]
    countries: Collection[str] = ()
    languages: Collection[str] = ()
    workers: int = 1
    again: bool = False  # read files from the start that were ingested before
    page_seconds: float = 20.0
    worker_memory_mb: int = 1024
    engine: str = "local"
    engine_address: str | None = None
    staging: str | None = None
    range_bytes: int | None = None  # of a file that a worker reads at a time; None: by its size


@dataclass(slots=True)
class Ingestion:
    """One run over some files. Raises what `newscrawl.outputs.open_output` raises, and
    `newscrawl.engines.EngineMissing`.
    """

    options: IngestOptions
    run: BatchRun = field(init=False)
    files: list[FileProgress] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)  # for people: what was wrong with which file
    stop_signal: int | None = None
    position: int = 0  # bytes of all files read so far
    _executor: Executor = field(init=False)
    _reading: Reading = field(init=False)
    _careful: ExtractionPool | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        options = self.options
        self._executor = open_executor(options.engine, options.workers, options.engine_address)
        output, stories = open_output(options.output, options.state_dir)
        self.run = BatchRun(new_run_id(now()), output, stories, in_commit=self._in_commit)
        with output.transaction() as tx:
            create(tx.connection)
        self._reading = Reading(
            hosts=HostSites(options.sites),
            countries=frozenset(options.countries),
            languages=frozenset(tag.lower() for tag in options.languages),
            at=self.run.started_at,
            page_seconds=options.page_seconds,
            memory_mb=options.worker_memory_mb if options.engine == "local" else 0,
            folder=None,
        )

    def ingest(self, paths: Sequence[Path], *, tick: Callable[[], None] = lambda: None) -> Summary:
        """Ingest the files, go on where an earlier run stopped, and sum up."""
        stopped: str | None = None
        held: list[Verdict] = []
        try:
            with ExitStack() as stack:
                stack.enter_context(settled_heap())
                stack.enter_context(self._executor)
                if self._executor.name != "local" or self._executor.workers:
                    parent = Path(self.options.staging or self.run.output.state_dir / "staging")
                    staging = stack.enter_context(Staging(parent, self.run.run_id))
                    self._reading = replace(self._reading, folder=str(staging.folder.absolute()))
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
            if self._careful is not None:
                self._careful.close()
        if self.stop_signal is not None:
            self.run.signal, stopped = self.stop_signal, "stopped"
        damaged = [
            Verdict(Judgement.DEGRADED, f"{f.name} is damaged") for f in self.files if f.broken
        ]
        return self.run.finish([*held, *damaged], stopped)

    def _file(self, path: Path, tick: Callable[[], None]) -> None:
        progress = load(self.run.output.state.connection, path)
        if self.options.again:
            progress = FileProgress(progress.file, progress.name)
        self.files.append(progress)
        before = self.position
        if not progress.done:
            for read in self._reads(path, progress):
                self._settle(read, progress)
                self.position = before + read.ended
                tick()
                if self.stop_signal is not None:
                    break
            progress.done = self.stop_signal is None
            self.run.commit()
        self.position = before + path.stat().st_size

    def _reads(self, path: Path, progress: FileProgress) -> Iterator[RangeRead]:
        """What became of the ranges of a file, in order, each beginning where the last one ended"""
        size = path.stat().st_size
        if is_packed_whole(path):
            # nobody can enter it but at its start, and its records may be too many to hold
            for record in stream(self._reading, path, progress.place, self._edit):
                yield RangeRead(0, 0, [record])
            return
        parts = list(
            ranges(
                path.absolute(),
                progress.place,
                self._executor.workers,
                self.options.range_bytes,
            )
        )
        expected = parts[0].start
        found = self._executor.run(read_range, self._reading, parts)
        for part, read in zip(parts, found, strict=True):
            fits = not isinstance(read, Lost) and (
                read.begun == expected or (read.begun is None and expected == size)
            )
            if expected >= part.end or not fits:
                if not isinstance(read, Lost):
                    read.take()
                if expected >= part.end:
                    continue
                read = self._carefully(replace(part, start=expected, exact=True))
            assert not isinstance(read, Lost)
            expected = read.ended
            yield read

    def _carefully(self, part: Range) -> RangeRead:
        """Read a range here, a page at a time in a worker of its own: one of them may be its death.

        Also for a range that does not join the one before.
        """
        return read_with(self._reading, part, self._edit)

    def _edit(self, page: Page, site: Site | None) -> Article | Rejection:
        if self._careful is None:
            self._careful = ExtractionPool(
                1,
                seconds=self.options.page_seconds,
                memory_mb=self.options.worker_memory_mb,
                task=edit_page,
            )
        return self._careful.submit(page, site).result()

    def _settle(self, read: RangeRead, progress: FileProgress) -> None:
        for record in read.take():
            if record.word.startswith("broken:"):
                place = f"{progress.name} at byte {record.place.offset}"
                self.problems.append(f"{place}: {record.word[7:]} ({record.detail})")
            progress.place = record.place
            progress.counts[record.word] += 1
            if record.outcome is None:
                self.run.note()
            else:
                self.run.settle(record.outcome)
            if self.stop_signal is not None:
                break

    def _in_commit(self, tx: Transaction) -> None:
        if self.files:
            save(tx.connection, self.files[-1])
