"""One output: a dataset and its state, as the pipeline and the commands use it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

from newscrawl import clock as system_clock
from newscrawl.dataset import outbox
from newscrawl.dataset.delta_log import DeltaLog
from newscrawl.dataset.errors import OutputUnwritable
from newscrawl.dataset.flush import Flusher
from newscrawl.dataset.info import DatasetInfo, dataset_info
from newscrawl.dataset.learned import Learned, learned_of
from newscrawl.dataset.lock import FileLock, SiteLock, this_process
from newscrawl.dataset.recover import (
    READY,
    REBUILT,
    check_belongs,
    raise_batch_numbers,
    rebuild_state,
)
from newscrawl.dataset.robots_copies import DamagedCopy, RobotsCopy, robots_copy
from newscrawl.dataset.state import State
from newscrawl.dataset.store import Store, open_store
from newscrawl.dataset.transaction import Transaction
from newscrawl.dataset.unfinished import settle
from newscrawl.dataset.url_state import (
    SourceState,
    UrlState,
    due_urls,
    known_source,
    known_urls,
    sources_of,
)
from newscrawl.dataset.verify import VerifyReport, verify_output
from newscrawl.schema import TABLES

FLUSH_WAIT_S = 600.0


class Output:
    """An output that is written to. Call `open` before anything else and `close` at the end.

    ``uri`` is a folder or ``file://`` URL; ``state_dir`` a folder on a local disk, by default
    ``<output>/_state``. One instance a process; processes may share an output.
    """

    def __init__(
        self,
        uri: str | Path,
        *,
        state_dir: str | Path | None = None,
        clock: Callable[[], datetime] = system_clock.now,
    ) -> None:
        self.uri = str(uri)
        self.clock = clock
        self.state_dir = Path(state_dir) if state_dir is not None else _default_state(self.uri)
        self._state: State | None = None
        self._store: Store | None = None
        self._logs: dict[str, DeltaLog] = {}

    @property
    def state(self) -> State:
        """The open state database."""
        if self._state is None:
            raise RuntimeError("the output is not open")
        return self._state

    @property
    def store(self) -> Store:
        """Where the files are."""
        if self._store is None:
            raise RuntimeError("the output is not open")
        return self._store

    @property
    def logs(self) -> Mapping[str, DeltaLog]:
        """The commit log of each table."""
        return self._logs

    @property
    def rebuilt(self) -> bool:
        """Whether the state was lost and made again from the Parquet files, and what stands beside
        it (the dedup index) has not been made again yet: `rebuild_done` says that it has."""
        return self.state.setting(REBUILT) == "1"

    def rebuild_done(self) -> None:
        """Say that everything that depends on the state has been rebuilt, too."""
        self.state.set(REBUILT, "0")

    def open(self) -> Output:
        """Create what is missing, then finish what an earlier process left unfinished.

        See `rebuilt` for a state that had been lost.

        Raises:
            OutputUnwritable: the disk is full or failing, or the folder may not be written.
            StateDamaged, StateMismatch, FromNewerVersion, SchemaConflict, LogDamaged: what their
                names say.
        """
        self._state = State(self.state_dir)
        try:
            with self._state.translated():
                self._open(self._state)
        except BaseException:
            self.close()
            raise
        return self

    def _open(self, state: State) -> None:
        self._store = open_store(self.uri, state.tag)
        self._store.probe()
        self._logs = {name: DeltaLog(self._store, table) for name, table in TABLES.items()}
        current = all(log.is_current() for log in self._logs.values())
        if current:
            check_belongs(state, self.uri, self._logs)
        if current and state.setting(READY) is not None:
            self.recover()
        else:
            self._set_up()

    def close(self) -> None:
        """Close the state. Does not flush: what waits is safe in the outbox."""
        if self._state is not None:
            self._state.close()
            self._state = None

    def __enter__(self) -> Output:
        return self.open()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # reading the state

    def known(self, urls: Iterable[str]) -> dict[str, UrlState]:
        """The state of those of the URLs (canonical form) that are known."""
        with self.state.lock:
            return known_urls(self.state.connection, urls)

    def due(
        self,
        site: str,
        now: datetime,
        limit: int = 1000,
        *,
        not_before: datetime | None = None,
        believed_until: datetime | None = None,
    ) -> list[UrlState]:
        """Articles of a site that are due for another look, the latest due first.

        Left out is what was due before ``not_before``; a time after ``believed_until`` was written
        by a clock that was wrong, and counts as due.
        """
        with self.state.lock:
            return due_urls(
                self.state.connection,
                site,
                now,
                limit,
                not_before=not_before,
                believed_until=believed_until,
            )

    def robots_copy(self, origin: str) -> RobotsCopy | DamagedCopy | None:
        """The last good robots.txt of an origin."""
        with self.state.lock:
            return robots_copy(self.state.connection, origin)

    def learned(self, site: str) -> list[Learned]:
        """What was learned of a site."""
        with self.state.lock:
            return learned_of(self.state.connection, site)

    def source(self, url: str) -> SourceState | None:
        """What is known of a feed, sitemap or section page."""
        with self.state.lock:
            return known_source(self.state.connection, url)

    def sources(self, site: str | None = None) -> list[SourceState]:
        """What is known of all sources, or those of one site."""
        with self.state.lock:
            return sources_of(self.state.connection, site)

    # writing

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Accept a group: all of it is safe when the block has ended, or nothing of it happened.

        Raises:
            OutputUnwritable: the disk is full or failing; the group is as if it had never come.
        """
        with self.state.transaction() as connection:
            transaction = Transaction(connection, self.clock())
            yield transaction
            transaction.finish()

    def flush_due(self) -> bool:
        """Whether the outbox holds 20,000 rows or 64 MiB, or a row waits for ten minutes."""
        with self.state.lock:
            held = outbox.waiting(self.state.connection)
        old = held.oldest is not None and (
            (self.clock() - held.oldest).total_seconds() >= outbox.MAX_AGE_S
        )
        return held.rows >= outbox.MAX_ROWS or held.bytes >= outbox.MAX_BYTES or old

    def flush(self, *, force: bool = False) -> int:
        """Write the outbox to Parquet if it is time (or ``force``); rows written.

        When another process is flushing, an unforced flush leaves it to that one and returns 0;
        a forced one waits for its end. Nothing is ever lost by a flush that fails. May be called in
        a thread while others accept.

        Raises:
            OutputUnwritable: the disk is full or failing, or the other process never ends (exit
                code 3).
        """
        if not force and not self.flush_due():
            return 0
        lock = self._writer_lock()
        if not lock.acquire(this_process(), wait_s=FLUSH_WAIT_S if force else 0.0):
            if force:
                raise OutputUnwritable(self.uri, f"another process holds it: {lock.holder()}")
            return 0
        try:
            with self.state.translated(), self._flusher() as flusher:
                flusher.seal()
                return flusher.finish_all()
        finally:
            lock.release()

    def recover(self) -> int:
        """Finish interrupted flushes and remove what dead writers left; rows written.

        Called by `open`. When another process is flushing there is nothing to recover from.
        """
        lock = self._writer_lock()
        if not lock.acquire(this_process()):
            return 0
        try:
            return self._recover()
        finally:
            lock.release()

    # looking after it

    def verify(self, *, indexed: int | None = None) -> VerifyReport:
        """Read every file and compare log, files, outbox and state; changes nothing.

        ``indexed`` is how many stories the dedup index holds; one for each version is right.
        """
        return verify_output(self.store, self._logs, self.state, indexed)

    def info(self) -> DatasetInfo:
        """Tables, rows, files, bytes, and what waits in the outbox."""
        return dataset_info(self.store, self._logs, self.state)

    def site_lock(self, site: str, *, run_id: str = "") -> SiteLock:
        """The lock on a site in this output."""
        return SiteLock(self.state_dir, site, run_id=run_id)

    def _set_up(self) -> None:
        """Create tables and columns that are missing, one process at a time."""
        lock = self._writer_lock()
        if not lock.acquire(this_process(), wait_s=FLUSH_WAIT_S):
            holder = lock.holder()
            raise OutputUnwritable(self.uri, f"another process holds it: {holder}")
        try:
            for log in self._logs.values():
                log.create(self.clock())
            check_belongs(self.state, self.uri, self._logs)
            self._recover()
        finally:
            lock.release()

    def _recover(self) -> int:
        # whoever holds the lock is the only writer of this state: other temporary files are dead
        self.store.sweep()
        raise_batch_numbers(self.state, self._logs)
        if self.state.setting(READY) is None:
            rebuild_state(self.state, self.store, self._logs)
        care = self.care_lock()
        if care.acquire(this_process()):
            try:
                settle(self.state, self.store, self._logs)
            finally:
                care.release()
        with self._flusher() as flusher:
            return flusher.finish_all()

    def _writer_lock(self) -> FileLock:
        return FileLock(self.state_dir / "locks" / "writer")

    def care_lock(self) -> FileLock:
        """The lock on looking after this output."""
        return FileLock(self.state_dir / "locks" / "care")

    def _flusher(self) -> Flusher:
        return Flusher(self.state, self.store, self._logs, self.clock)


def _default_state(uri: str) -> Path:
    if "://" in uri and not uri.startswith("file://"):
        raise ValueError(f"{uri}: the state needs a folder on a local disk (state_dir)")
    return Path(uri.removeprefix("file://")) / "_state"
