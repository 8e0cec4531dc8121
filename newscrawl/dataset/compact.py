"""Compaction: many small files become few sorted ones; and vacuum: what they replaced goes.

Compaction changes no row, so readers of any snapshot see the same before, during and after. It
works month by month on groups of files; a group whose input was changed by somebody else meanwhile
(a take-down) is abandoned.
"""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq

from newscrawl.dataset.delta_log import DataFile, DeltaLog, LogState, millis
from newscrawl.dataset.errors import OutputUnwritable
from newscrawl.dataset.external_sort import sorted_batches
from newscrawl.dataset.flush import describe
from newscrawl.dataset.handover import take_over
from newscrawl.dataset.parquet_files import COMPACT_LEVEL, conform_batch, write_parquet
from newscrawl.dataset.snapshot import snapshot_of
from newscrawl.dataset.state import State
from newscrawl.dataset.store import Store, open_store
from newscrawl.dataset.unfinished import note, settle
from newscrawl.engines import Executor, TaskFailed, results
from newscrawl.schema import TABLES

TARGET_BYTES = 192 * 1024 * 1024  # a compacted file, about
SMALL_BYTES = TARGET_BYTES // 2  # files below this are worth joining
MAX_RAW_BYTES = 640 * 1024 * 1024  # a compacted file before compression
KEPT = timedelta(days=7)
_ORDER = {
    "articles": ("site", "published_at", "version_id"),
    "fetch_log": ("site", "found_at", "url"),
    "clusters": ("version_id", "assigned_at"),
    "runs": ("site", "started_at"),
    "tombstones": ("article_id",),
}
_COMPACTED = re.compile(r"c(\d+)-\d+-\d+\.parquet$")


@dataclass(frozen=True, slots=True)
class Compaction:
    """What a compaction did to one table."""

    table: str
    files_before: int
    files_after: int
    rows: int


def compact(
    state: State,
    store: Store,
    log: DeltaLog,
    now: datetime,
    executor: Executor,
    folder: Path,
) -> Compaction:
    """Join the small files of a table: an engine writes into ``folder``, commits are made here.

    Raises:
        OutputUnwritable: a group could not be rewritten; those before it are.
    """
    before = len(log.update().files)
    groups = _groups(store, log, log.update())
    tasks = [Rewrite(log.table.name, tuple(group), str(folder)) for group in groups]
    rows = 0
    try:
        found = results(executor.run(rewrite, store.root, tasks))
        for group, made in zip(groups, found, strict=True):
            rows += _commit(state, store, log, group, made, now)
    except TaskFailed as error:
        raise OutputUnwritable(str(folder), str(error)) from error
    return Compaction(log.table.name, before, len(log.update().files), rows)


def vacuum(store: Store, log: DeltaLog, now: datetime, kept: timedelta = KEPT) -> list[str]:
    """Delete files that left the table longer than ``kept`` ago; their paths.

    A snapshot older than that can no longer be read.
    """
    limit = millis(now - kept)
    state = log.update()
    deleted = []
    for path, remove in state.gone.items():
        full = f"{log.table.name}/{path}"
        if remove["deletionTimestamp"] <= limit and store.size(full) is not None:
            store.delete(full)
            deleted.append(full)
    return deleted


def _groups(store: Store, log: DeltaLog, state: LogState) -> list[list[DataFile]]:
    """Files to join: of one month, small, up to the target together."""
    months: dict[tuple[tuple[str, str], ...], list[DataFile]] = defaultdict(list)
    for file in sorted(state.files.values(), key=lambda f: f.path):
        if file.size < SMALL_BYTES:
            months[tuple(file.partition.items())].append(file)
    groups = []
    for files in months.values():
        group: list[DataFile] = []
        size = raw = 0
        for file in files:
            file_raw = _raw_bytes(store, f"{log.table.name}/{file.path}")
            if group and (size + file.size > TARGET_BYTES or raw + file_raw > MAX_RAW_BYTES):
                groups.append(group)
                group, size, raw = [], 0, 0
            group.append(file)
            size, raw = size + file.size, raw + file_raw
        groups.append(group)
    return [group for group in groups if len(group) > 1]


def _raw_bytes(store: Store, path: str) -> int:
    metadata = pq.read_metadata(store.locate(path), filesystem=store.filesystem)
    return sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A task: the rows of some files, sorted, into one file somewhere in a folder."""

    table: str
    group: tuple[DataFile, ...]
    folder: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A finished file of so many rows, not yet part of the table."""

    path: str
    rows: int


def rewrite(uri: str, task: Rewrite) -> Rewritten:
    """Do a task. Raises OSError: the disk is full or failing."""
    store, table = open_store(uri), TABLES[task.table]
    source = snapshot_of(store, table, LogState(files={file.path: file for file in task.group}))
    folder = Path(task.folder)
    path = folder / f"{uuid.uuid4().hex}.parquet"
    expected = sum(file.rows for file in task.group)
    batches = (conform_batch(b, table) for b in source.batches(table.arrow.names))
    ordered = sorted_batches(batches, _ORDER[table.name], folder, expected)
    rows = write_parquet(path, table, ordered, expected=expected, level=COMPACT_LEVEL)
    return Rewritten(str(path), rows)


def _commit(
    state: State,
    store: Store,
    log: DeltaLog,
    group: list[DataFile],
    made: Rewritten,
    now: datetime,
) -> int:
    """Put a finished file in place of its group; rows, 0 if the group was changed meanwhile."""
    at = log.update()
    inputs = {file.path: file for file in group}
    if not inputs.keys() <= at.files.keys():
        Path(made.path).unlink()
        return 0
    table, partition = log.table, group[0].partition
    generation = 1 + max((int(m[1]) for p in inputs if (m := _COMPACTED.search(p))), default=0)
    folder = "".join(f"{key}={value}/" for key, value in partition.items())
    relative, number = "", 0
    while not relative or store.size(f"{table.name}/{relative}") is not None:
        relative = f"data/{folder}c{generation}-{at.version + 1}-{number}.parquet"
        number += 1
    path = f"{table.name}/{relative}"
    note(state, made=[path])
    if not take_over(store, Path(made.path), path):
        return 0
    file = describe(store, table, relative, partition, now)
    actions = [old.removed(now) for old in group] + [file.added(data_change=False)]
    version = log.commit(
        actions, now, "OPTIMIZE", holds=lambda then: inputs.keys() <= then.files.keys()
    )
    if version is None:
        settle(state, store, {table.name: log})
        return 0
    return made.rows
