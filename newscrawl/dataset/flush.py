"""From the outbox to Parquet, in steps that each may be repeated by anybody.

seal -> for every table: write and link the files of the batch -> one log entry with the batch as
its transaction -> forget the batch. A process may die between any two of these, or inside one; the
next flush, of any process, goes through the same batches with the same names and does what is
missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import groupby
from types import TracebackType

import pyarrow as pa

from newscrawl.dataset import outbox
from newscrawl.dataset.delta_log import DataFile, DeltaLog, LogState, millis
from newscrawl.dataset.errors import OutputUnwritable
from newscrawl.dataset.parquet_files import conform_batch, stats_of_file, write_parquet
from newscrawl.dataset.state import State
from newscrawl.dataset.store import Store
from newscrawl.schema import Table


def describe(
    store: Store, table: Table, relative: str, partition: Mapping[str, str], now: datetime
) -> DataFile:
    """A finished file as its ``add`` action will say."""
    path = f"{table.name}/{relative}"
    stats = stats_of_file(store, path)
    size, digest = store.fingerprint(path)
    return DataFile(relative, size, stats.rows, partition, millis(now), stats.stats, digest)


class Flusher:
    """Writes sealed batches of one state to one store. One at a time: the caller holds the lock."""

    def __init__(
        self,
        state: State,
        store: Store,
        logs: Mapping[str, DeltaLog],
        clock: Callable[[], datetime],
    ) -> None:
        self.state = state
        self.store = store
        self.logs = logs
        self.clock = clock
        # A connection of its own: a flush may run in a thread while articles are accepted, and
        # must neither see nor disturb their open transaction.
        self._reading = state.connect()

    def __enter__(self) -> Flusher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._reading.close()

    def seal(self) -> list[str]:
        """Step 1: put what waits into batches."""
        with self.state.transaction() as connection:
            return outbox.seal(connection, self.state.tag, self.clock())

    def finish_all(self) -> int:
        """Steps 2 to 4 for every sealed batch; how many rows are in the dataset for good."""
        rows = 0
        for batch in outbox.sealed_batches(self._reading):
            rows += self.write(batch)
            self.forget(batch)
        return rows

    def write(self, batch: str) -> int:
        """Steps 2 and 3: files, then one log entry a table. Rows of the batch."""
        parts = outbox.parts_of(self._reading, batch)
        for name, group in groupby(parts, key=lambda part: part.table.name):
            self.write_table(batch, name, list(group))
        return sum(part.rows for part in parts)

    def write_table(self, batch: str, name: str, parts: list[outbox.Part]) -> None:
        """The files and the log entry of one table."""
        log = self.logs[name]
        if batch in log.update().txns:
            return
        written = [self.write_part(batch, part) for part in parts]
        files = [file for file, _, _ in written]
        info = {"runSeq": self._run_ranges(batch, parts)} if name == "articles" else {}
        version = log.commit(
            [file.added() for file in files],
            self.clock(),
            "WRITE",
            batch=batch,
            info={"batch": batch, **info},
        )
        if version is None:
            self._withdraw(name, log.update(), [path for _, path, new in written if new])

    def write_part(self, batch: str, part: outbox.Part) -> tuple[DataFile, str, bool]:
        """One file under its final name; also whether it was this call that put it there."""
        table = part.table
        partition = {table.partition: part.month} if table.partition else {}
        folder = "".join(f"{key}={value}/" for key, value in partition.items())
        relative = f"data/{folder}part-{batch}.parquet"
        path = f"{table.name}/{relative}"
        live = self.logs[table.name].update().files
        if relative not in live and self.store.size(path) is not None:
            # Of a flush that died before its log entry. It should hold the same rows; but if the
            # state was put back from a backup it may not, and nobody reads it yet.
            self.store.delete(path)
        staged = self.store.staging(path)
        rows = outbox.rows_of(self._reading, batch, part)
        try:
            conformed = (conform_batch(b, table) for b in rows)
            write_parquet(staged, table, conformed, expected=part.rows)
        except OSError as error:
            staged.unlink(missing_ok=True)
            raise OutputUnwritable(self.store.locate(path), error.strerror or str(error)) from error
        new = self.store.publish(staged, path)
        # whoever wrote it, what is logged is what stands there
        return describe(self.store, table, relative, partition, self.clock()), path, new

    def forget(self, batch: str) -> None:
        """Step 4: the rows are in the dataset, so they leave the outbox."""
        with self.state.transaction() as connection:
            outbox.forget(connection, batch)

    def _withdraw(self, name: str, state: LogState, paths: list[str]) -> None:
        """Remove files that this process made for a batch that another had committed already."""
        for path in paths:
            relative = path.removeprefix(f"{name}/")
            if relative not in state.files:
                self.store.delete(path)

    def _run_ranges(self, batch: str, parts: list[outbox.Part]) -> dict[str, list[int]]:
        """First and last ``run_seq`` of each run in the batch: what `changes` goes by later."""
        ranges: dict[str, list[int]] = {}
        for part in parts:
            for rows in outbox.rows_of(self._reading, batch, part):
                table = pa.table({"run": rows["run_id"], "seq": rows["run_seq"]})
                spans = table.group_by("run").aggregate([("seq", "min"), ("seq", "max")])
                for row in spans.to_pylist():
                    low, high = ranges.get(row["run"], [row["seq_min"], row["seq_max"]])
                    ranges[row["run"]] = [min(low, row["seq_min"]), max(high, row["seq_max"])]
        return ranges
