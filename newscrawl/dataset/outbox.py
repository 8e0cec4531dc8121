"""The outbox: rows that are accepted and not yet in Parquet, as Arrow batches in the state.

A *batch* is what one flush turns into files: outbox entries sealed together, in the order they
were accepted, bounded in rows and bytes. Its name carries the state's tag and a number that is
never used again, so that file names and log transactions are the same whoever writes them.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc as ipc

from newscrawl.dataset.conform import from_micros, micros, month_of, to_batch
from newscrawl.schema import TABLES, Table

MAX_ROWS = 20_000
MAX_BYTES = 64 * 1024 * 1024
MAX_AGE_S = 600.0

_IPC = ipc.IpcWriteOptions(compression="lz4", use_threads=False)
# what a row's month is taken from
_MONTH_OF = {"articles": "fetched_at", "fetch_log": "found_at"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows in the outbox that are in no batch yet; ``oldest`` is when the first was accepted."""

    rows: int
    bytes: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a batch that go to one file."""

    table: Table
    month: str  # "" for a table without partition
    rows: int


def put(
    connection: sqlite3.Connection, rows: Mapping[str, Sequence[Any]], accepted_at: datetime
) -> None:
    """Add records, already judged, to the outbox: one entry a table and month."""
    for name, records in rows.items():
        table = TABLES[name]
        months: dict[str, list[Any]] = defaultdict(list)
        for record in records:
            at = getattr(record, _MONTH_OF[name]) if table.partition else None
            months["" if at is None else month_of(at)].append(record)
        for month, group in months.items():
            batch = to_batch(group, table)
            connection.execute(
                "INSERT INTO outbox (tbl, month, rows, bytes, accepted_at, payload)"
                " VALUES (?,?,?,?,?,?)",
                (name, month, len(group), batch.nbytes, micros(accepted_at), _packed(batch)),
            )


def waiting(connection: sqlite3.Connection) -> Waiting:
    """What the outbox holds outside any batch."""
    rows, size, oldest = connection.execute(
        "SELECT total(rows), total(bytes), min(accepted_at) FROM outbox WHERE batch IS NULL"
    ).fetchone()
    return Waiting(int(rows), int(size), None if oldest is None else from_micros(oldest))


def pending_rows(connection: sqlite3.Connection) -> int:
    """All rows of the outbox, sealed or not."""
    return int(connection.execute("SELECT total(rows) FROM outbox").fetchone()[0])


def seal(connection: sqlite3.Connection, tag: str, now: datetime) -> list[str]:
    """Put all waiting entries into batches; their names. Inside a transaction."""
    sealed: list[str] = []
    room_rows = room_bytes = -1
    entries = connection.execute(
        "SELECT id, rows, bytes FROM outbox WHERE batch IS NULL ORDER BY id"
    ).fetchall()
    for identity, rows, size in entries:
        if room_rows < rows or room_bytes < size:
            number = connection.execute(
                "INSERT INTO batches (sealed_at) VALUES (?)", (micros(now),)
            ).lastrowid
            sealed.append(f"{tag}-{number:08d}")
            room_rows, room_bytes = max(MAX_ROWS, rows), max(MAX_BYTES, size)
        room_rows -= rows
        room_bytes -= size
        connection.execute("UPDATE outbox SET batch = ? WHERE id = ?", (sealed[-1], identity))
    return sealed


def sealed_batches(connection: sqlite3.Connection) -> list[str]:
    """Batches that are not forgotten yet, the oldest first."""
    rows = connection.execute(
        "SELECT batch FROM outbox WHERE batch IS NOT NULL GROUP BY batch ORDER BY min(id)"
    )
    return [row[0] for row in rows]


def parts_of(connection: sqlite3.Connection, batch: str) -> list[Part]:
    """The files that a batch becomes."""
    rows = connection.execute(
        "SELECT tbl, month, sum(rows) FROM outbox WHERE batch = ? GROUP BY tbl, month", (batch,)
    )
    return [Part(TABLES[name], month, count) for name, month, count in rows]


def rows_of(connection: sqlite3.Connection, batch: str, part: Part) -> Iterator[pa.RecordBatch]:
    """The rows of one part in the order they were accepted."""
    payloads = connection.execute(
        "SELECT payload FROM outbox WHERE batch = ? AND tbl = ? AND month = ? ORDER BY id",
        (batch, part.table.name, part.month),
    )
    for (payload,) in payloads:
        yield from ipc.open_stream(payload)


def all_rows(connection: sqlite3.Connection, table: Table) -> Iterator[pa.RecordBatch]:
    """All rows of a table in the outbox, sealed or not."""
    payloads = connection.execute(
        "SELECT payload FROM outbox WHERE tbl = ? ORDER BY id", (table.name,)
    )
    for (payload,) in payloads:
        yield from ipc.open_stream(payload)


def drop_written(connection: sqlite3.Connection, table: Table, stored: Iterable[pa.Array]) -> int:
    """Drop rows of ``articles`` that wait in no batch and stand in the dataset; how many.

    Only a state that was put back from a backup has such rows.
    """
    entries = connection.execute(
        "SELECT id, payload FROM outbox WHERE tbl = ? AND batch IS NULL", (table.name,)
    ).fetchall()
    if not entries:
        return 0
    known = pa.chunked_array(list(stored), pa.string())
    dropped = 0
    for identity, payload in entries:
        rows = ipc.open_stream(payload).read_all()
        fresh = rows.filter(pc.invert(pc.is_in(rows["version_id"], value_set=known)))
        if fresh.num_rows == rows.num_rows:
            continue
        dropped += rows.num_rows - fresh.num_rows
        if fresh.num_rows == 0:
            connection.execute("DELETE FROM outbox WHERE id = ?", (identity,))
            continue
        (batch,) = fresh.combine_chunks().to_batches()
        connection.execute(
            "UPDATE outbox SET rows = ?, bytes = ?, payload = ? WHERE id = ?",
            (batch.num_rows, batch.nbytes, _packed(batch), identity),
        )
    return dropped


def forget(connection: sqlite3.Connection, batch: str) -> None:
    """Remove a batch whose rows are in the dataset for good."""
    connection.execute("DELETE FROM outbox WHERE batch = ?", (batch,))


def _packed(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, batch.schema, options=_IPC) as writer:
        writer.write_batch(batch)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]
