"""Sorting more rows than memory holds: sorted runs in a file, merged window by window.

Source: Knuth, The Art of Computer Programming, volume 3, section 5.4 (external sorting). Every row
is read, sorted, written and read again once, whatever the number of rows.
"""

from __future__ import annotations

import uuid
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

RUN_BYTES = 48 * 1024 * 1024  # rows sorted in memory at once
MOST_ROWS = 4096  # of a batch that is handed out

# A row's place in the order: for each column whether it is null, and its value.
_Key = tuple[tuple[bool, Any], ...]


def sorted_batches(
    batches: Iterable[pa.RecordBatch], order: Sequence[str], folder: Path, rows: int
) -> Iterator[pa.RecordBatch]:
    """The rows of batches of one schema, ascending by the columns of ``order``, nulls last.

    Equal rows keep their order. Memory is bounded by a few times `RUN_BYTES`; what does not fit
    stands in a file in ``folder`` meanwhile. ``rows`` is about how many there are.

    Raises:
        OSError: the disk is full or failing.
    """
    path = folder / f"{uuid.uuid4().hex}.runs"
    try:
        runs = _Runs(path, order, rows)
        for batch in batches:
            runs.add(batch)
        yield from runs.merged()
    finally:
        path.unlink(missing_ok=True)


class _Runs:
    """The runs that have been written, and the rows of the one that is being gathered."""

    def __init__(self, path: Path, order: Sequence[str], rows: int) -> None:
        self._path, self._order, self._expected = path, order, rows
        self._pending: list[pa.RecordBatch] = []
        self._held = 0
        self._writer: pa.ipc.RecordBatchFileWriter | None = None
        self._block_rows = 0
        self._runs: list[tuple[int, list[_Key]]] = []  # number of the first block, first keys
        self._blocks = 0

    def add(self, batch: pa.RecordBatch) -> None:
        if not batch.num_rows:
            return
        self._pending.append(batch)
        self._held += batch.nbytes
        if self._held >= RUN_BYTES:
            self._write()

    def merged(self) -> Iterator[pa.RecordBatch]:
        if self._writer is None:
            if self._pending:
                yield from _in_order(self._take_pending(), self._order, MOST_ROWS)
            return
        if self._pending:
            self._write()
        self._writer.close()
        with pa.OSFile(str(self._path), "rb") as file:
            reader = pa.ipc.open_file(file)
            runs = [_Run(reader, first, keys, self._order) for first, keys in self._runs]
            # every window begins where a block does, so that it holds as many blocks as there
            # are runs and of each run a part of one more
            starts = sorted(key for _, keys in self._runs for key in keys)
            for bound in [*starts[len(runs) :: len(runs)], None]:
                self._pending = [piece for run in runs for piece in run.below(bound)]
                if self._pending:
                    yield from _in_order(self._take_pending(), self._order, MOST_ROWS)

    def _write(self) -> None:
        table = self._take_pending()
        if self._writer is None:
            # A window of the merge is to need no more memory than a run.
            runs = max(1, -(-self._expected // table.num_rows))
            self._block_rows = max(1, min(MOST_ROWS, table.num_rows // (2 * runs)))
            options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
            self._writer = pa.ipc.new_file(str(self._path), table.schema, options=options)
        keys = []
        for block in _in_order(table, self._order, self._block_rows):
            keys.append(_key(block, self._order, 0))
            self._writer.write_batch(block)
        self._runs.append((self._blocks, keys))
        self._blocks += len(keys)

    def _take_pending(self) -> pa.Table:
        table = pa.Table.from_batches(self._pending)
        self._pending, self._held = [], 0
        return table


class _Run:
    """One sorted run, handed out from its beginning to its end."""

    def __init__(
        self,
        reader: pa.ipc.RecordBatchFileReader,
        first: int,
        keys: Sequence[_Key],
        order: Sequence[str],
    ) -> None:
        self._reader, self._first, self._keys, self._order = reader, first, keys, order
        self._next = 0  # block to be read next
        self._rest: pa.RecordBatch | None = None  # what is left of the one before

    def below(self, bound: _Key | None) -> Iterator[pa.RecordBatch]:
        """What is left of the rows below a bound; None: of all rows."""
        end = len(self._keys) if bound is None else bisect_left(self._keys, bound)
        while self._rest is not None or self._next < end:
            if self._rest is None:
                block = self._reader.get_batch(self._first + self._next)
                self._next += 1
            else:
                block, self._rest = self._rest, None
            # only the last block that begins below the bound may go beyond it
            if bound is not None and self._next >= end:
                split = self._split(block, bound)
                if split < block.num_rows:
                    self._rest = block.slice(split)
                    if split:
                        yield block.slice(0, split)
                    return
            yield block

    def _split(self, block: pa.RecordBatch, bound: _Key) -> int:
        """How many rows of a block are below a bound."""
        places = range(block.num_rows)
        return bisect_left(places, bound, key=lambda row: _key(block, self._order, row))


def _in_order(table: pa.Table, order: Sequence[str], rows: int) -> Iterator[pa.RecordBatch]:
    indices = pc.sort_indices(table, sort_keys=[(name, "ascending") for name in order])
    # one chunk a column, or each take would join all of them again
    (whole,) = table.combine_chunks().to_batches()
    del table
    for start in range(0, len(indices), rows):
        yield whole.take(indices.slice(start, rows))


def _key(batch: pa.RecordBatch, order: Sequence[str], row: int) -> _Key:
    values = [batch.column(name)[row].as_py() for name in order]
    return tuple((value is None, value) for value in values)
