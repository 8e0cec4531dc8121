"""Rows on their way from the tasks of one stage to those of the next.

A task writes one Arrow IPC file with a batch for each part; a task of the next stage reads its
batch of every file. Files are memory-mapped: what is not asked for is not read.
"""

from __future__ import annotations

import itertools
import os
import uuid
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Numbers = npt.NDArray[np.int64]


def write_parts(folder: str, stage: str, table: pa.Table, part: Numbers, parts: int) -> str:
    """Write the rows of a table by the part that each belongs to (0 to ``parts`` - 1); the file.

    The order within a part is that of the table. Names are of this try alone.
    """
    order = np.argsort(part, kind="stable")
    bounds = np.searchsorted(part[order], np.arange(parts + 1)).tolist()
    rows = table.take(pa.array(order)).combine_chunks()
    path = f"{folder}/{stage}-{uuid.uuid4().hex}.arrow"
    with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        for low, high in itertools.pairwise(bounds):
            batches = rows.slice(low, high - low).to_batches()
            writer.write_batch(batches[0] if batches else _none(table.schema))
    return path


def read_part(paths: Sequence[str], part: int) -> pa.Table:
    """The rows of one part, file by file."""
    batches = []
    for path in paths:
        with pa.memory_map(path) as source:
            batches.append(pa.ipc.open_file(source).get_batch(part))
    return pa.Table.from_batches(batches)


def write_table(folder: str, stage: str, table: pa.Table) -> str:
    """Write rows that are not parted; the file."""
    return write_parts(folder, stage, table, np.zeros(table.num_rows, dtype=np.int64), 1)


def save(folder: str, name: str, values: npt.NDArray) -> None:  # type: ignore[type-arg]
    """Keep an array that all tasks of later stages look into."""
    np.save(f"{folder}/{name}.npy", values)


def kept(folder: str, name: str) -> npt.NDArray:  # type: ignore[type-arg]
    """An array of `save`, mapped."""
    path = f"{folder}/{name}.npy"
    return _mapped(path, os.stat(path).st_ino)  # noqa: PTH116 - called for each task


@cache
def _mapped(path: str, _: int) -> npt.NDArray:  # type: ignore[type-arg]
    return np.load(Path(path), mmap_mode="r")  # type: ignore[no-any-return]


def numbers(table: pa.Table, name: str) -> Numbers:
    """A column of whole numbers as an array."""
    return table[name].to_numpy()  # type: ignore[no-any-return]


def in_parts(values: Sequence[bytes], parts: int) -> Numbers:
    """The part of each of some hashes."""
    return np.fromiter((int.from_bytes(v[:8], "big") % parts for v in values), np.int64,
                       len(values))  # fmt: skip


def _none(schema: pa.Schema) -> pa.RecordBatch:
    empty: Callable[[pa.DataType], pa.Array] = lambda type_: pa.array([], type_)  # noqa: E731
    return pa.RecordBatch.from_arrays([empty(f.type) for f in schema], schema=schema)
