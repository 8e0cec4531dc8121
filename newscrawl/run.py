"""One run: what all sites of a process share."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newscrawl import __version__
from newscrawl.account import (
    MEMORY,
    Judgement,
    Recall,
    SiteLedger,
    Summary,
    Verdict,
    compare,
    exit_code,
    judge_site,
    read_runs,
    run_record,
    with_baseline,
)
from newscrawl.archive import Archive, ArchiveUnwritable, archive_folder
from newscrawl.clock import now
from newscrawl.dataset import Output, OutputUnwritable
from newscrawl.extract.pool import ExtractionPool
from newscrawl.items import RunRecord
from newscrawl.middlewares.hosts import Hosts
from newscrawl.middlewares.turn_files import TurnFiles
from newscrawl.middlewares.turns import HostTurns
from newscrawl.outputs import open_output
from newscrawl.robots_store import RobotsStore
from newscrawl.run_ids import new_run_id
from newscrawl.sink import Sink
from newscrawl.site import Site

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What the caller asked for. ``max_time`` in seconds and ``max_articles`` are for each site."""

    output: str = "output"
    state_dir: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    max_articles: int | None = None
    max_time: float | None = None
    workers: int = 1
    page_seconds: float = 20.0
    worker_memory_mb: int = 1024
    archive: bool = False  # keep every answer in WARC files


@dataclass(slots=True, repr=False)  # Scrapy logs its settings, with the run among them
class Run:
    """Opened once, shared by all crawlers of the process, finished once."""

    options: RunOptions
    run_id: str
    started_at: datetime
    output: Output
    pool: ExtractionPool
    sink: Sink
    archive: Archive | None = None
    hosts: Hosts = field(default_factory=Hosts)
    ledgers: dict[str, SiteLedger] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    records: list[RunRecord] = field(default_factory=list)
    recall: dict[str, Recall] = field(default_factory=dict)
    signal: int | None = None
    stop_reason: str | None = None
    owner: bool = False  # made by a crawler for itself (`scrapy crawl`)
    _finished: bool = False
    _history: dict[str, list[RunRecord]] | None = None

    @classmethod
    def open(cls, options: RunOptions) -> Run:
        """Open the output (finishing what a killed run left) and start the workers.

        Raises `newscrawl.dataset.OutputUnwritable`.
        """
        started = now()
        output, stories = open_output(options.output, options.state_dir)
        pool = ExtractionPool(
            options.workers, seconds=options.page_seconds, memory_mb=options.worker_memory_mb
        )
        run_id = new_run_id(started)
        archive = None
        if options.archive:
            folder = archive_folder(options.output, output.state_dir)
            try:
                archive = Archive(folder, run_id, software=f"newscrawl/{__version__}")
            except ArchiveUnwritable as error:
                raise OutputUnwritable(error.path, error.reason) from error
        sink = Sink(output, stories, run_id, archive)
        turns = HostTurns(TurnFiles(output.state_dir / "locks" / "hosts"))
        robots = RobotsStore(output, lambda copy: sink.log(None, copy))
        hosts = Hosts(turns, kept_robots=robots)
        return cls(options, run_id, started, output, pool, sink, archive, hosts)

    @classmethod
    def of(cls, crawler: Crawler) -> Run:
        """The run a crawler belongs to; a crawler started by ``scrapy crawl`` gets its own."""
        run = crawler.settings["NEWSCRAWL_RUN"]
        if run is None:
            settings = crawler.settings
            run = cls.open(
                RunOptions(
                    output=settings["NEWSCRAWL_OUTPUT"],
                    workers=settings.getint("NEWSCRAWL_WORKERS"),
                    archive=settings.getbool("NEWSCRAWL_ARCHIVE"),
                )
            )
            run.owner = True
            settings.set("NEWSCRAWL_RUN", run, priority="cmdline")
            settings.set("NEWSCRAWL_HOSTS", run.hosts, priority="cmdline")
        assert isinstance(run, cls)
        return run

    def __deepcopy__(self, memo: object) -> Run:
        # Scrapy copies its settings deeply for each crawler; there is one run.
        return self

    def open_site(self, site: Site) -> SiteLedger:
        """Start the account of a site."""
        ledger = SiteLedger(self.run_id, site.name, now())
        self.ledgers[site.name] = ledger
        return ledger

    async def close_site(self, site: Site, *, stopped: str | None) -> None:
        """End the account of a site: verdict and its row in ``runs``."""
        ledger = self.ledgers[site.name]
        ledger.finished_at = now()
        verdict = judge_site(ledger, stopped=stopped)
        self.verdicts[site.name] = verdict
        record = self._record(site, ledger, ledger.finished_at)
        until = self.options.until
        if until is None or until >= self.started_at:  # else the past was asked for: no news is due
            findings = compare(self.history(site), record, zone_of(site))
            self.verdicts[site.name] = with_baseline(verdict, findings)
            record = self._record(site, ledger, ledger.finished_at)
        self.records.append(record)
        await self.sink.log_run(record)

    def history(self, site: Site) -> list[RunRecord]:
        """The site's runs of the last weeks, the oldest first; read once for all sites."""
        if self._history is None:
            began = self.started_at
            self._history = read_runs(self.options.output, since=began - MEMORY, until=began)
        return self._history.get(site.name, [])

    def hold_site(self, site: Site, holder: str) -> None:
        """Note a site that another job holds."""
        self.verdicts[site.name] = Verdict(Judgement.HELD, holder)
        at = now()
        self.records.append(self._record(site, SiteLedger(self.run_id, site.name, at), at))

    def broke_site(self, site: Site, reason: str = "the crawl broke, see the log") -> None:
        """Note a site whose crawl raised: for want of a lock file, or by a defect of ours."""
        if site.name not in self.verdicts:
            at = now()
            ledger = self.ledgers.get(site.name) or SiteLedger(self.run_id, site.name, at)
            self.verdicts[site.name] = Verdict(Judgement.FAILED, reason)
            self.records.append(self._record(site, ledger, at))

    def _record(self, site: Site, ledger: SiteLedger, at: datetime) -> RunRecord:
        return run_record(
            ledger,
            self.verdicts[site.name],
            finished_at=at,
            config_hash=_digest(site),
            code_version=__version__,
        )

    def stop(self, reason: str, *, signal: int | None = None) -> None:
        """Let nothing new begin; what was accepted is kept."""
        self.stop_reason = self.stop_reason or reason
        self.signal = self.signal or signal
        self.hosts.turns.stop()

    def unwritable(self, error: ArchiveUnwritable | OutputUnwritable) -> None:
        """Stop, since output or archive cannot be written: what is not archived is not accepted."""
        self.sink.fail(error)
        self.stop("output_unwritable")

    def finish(self) -> Summary:
        """Flush what was accepted to the dataset, stop the workers, and sum up."""
        if not self._finished:
            self._finished = True
            try:
                self.pool.close()
            finally:
                self.sink.close()
                self._close_archive()
        return Summary(
            run_id=self.run_id,
            started_at=self.started_at,
            finished_at=now(),
            records=tuple(sorted(self.records, key=lambda r: r.site)),
            refusals={name: dict(ledger.refusals) for name, ledger in self.ledgers.items()},
            exit_code=exit_code(
                list(self.verdicts.values()), signal=self.signal, unwritable=self.sink.broken
            ),
            output=os.fspath(self.options.output),
            recall=self.recall,
            problems={x.site: dict(x.source_problems) for x in self.ledgers.values()},
        )

    def _close_archive(self) -> None:
        if self.archive is not None:
            try:
                self.archive.close()
            except ArchiveUnwritable as error:
                self.sink.fail(error)


def zone_of(site: Site) -> tzinfo:
    """The site's time zone; UTC where its record names none that is known."""
    try:
        return ZoneInfo(site.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _digest(site: Site) -> str:
    return hashlib.sha256(repr(site).encode()).hexdigest()[:16]
