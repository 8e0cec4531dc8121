"""Closed runs of the story index: immutable files of sorted numbers, mapped into memory.

An entry is one unsigned 64-bit number: 40 bits of a print or key, then 24 bits of the story's
number within the segment, so that sorting entries sorts by print. Stories are numbered without
gaps over the whole index, so a segment is a range of numbers, and merging neighbours keeps it one.

Layout, little-endian: header (64 bytes), records (48 bytes a story), keys, prints. A file is
written under another name, synced, then renamed; it counts only once SQLite names it.
"""

from __future__ import annotations

import itertools
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from newscrawl.dedup.fingerprints import Hashes

LOCAL_BITS = 24
LOCAL = (1 << LOCAL_BITS) - 1
MOST_STORIES = 1 << LOCAL_BITS
SUFFIX = ".seg"

RECORD = np.dtype(
    [
        ("version", "S16"),  # the 16 bytes of version_id (reading drops final zero bytes)
        ("cluster", "S16"),
        ("article", "<u4"),  # bits that tell one key from another beyond the 40 of its entry
        ("content", "<u4"),
        ("site", "<u4"),
        ("at", "<u4"),  # seconds since 1970; 0 if unknown
    ]
)
Records = npt.NDArray[np.void]

_HEADER = struct.Struct("<8sQQQQ24x")
_MAGIC = b"ncstory1"
_SLICES = 64  # a merge is done in so many slices of the space of prints, to bound its memory


class IndexDamagedError(Exception):
    """A segment file is missing, short or no segment; the index can be rebuilt from the dataset."""


def entries(values: Hashes, local: Hashes) -> Hashes:
    """Entries of 40-bit values and story numbers, ascending."""
    out = (values << np.uint64(LOCAL_BITS)) | local
    out.sort()
    return out


def look_up(table: Hashes, values: Hashes, most: int) -> tuple[npt.NDArray[np.int64], Hashes]:
    """The stories that hold each value: (position in `values`, story number), newest `most` each.

    `table` are entries, ascending; `values` 40-bit numbers, best ascending as well.
    """
    if not len(table) or not len(values):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64)
    low = np.searchsorted(table, values << np.uint64(LOCAL_BITS))
    hit = np.flatnonzero(low < len(table))
    hit = hit[(table[low[hit]] >> np.uint64(LOCAL_BITS)) == values[hit]]
    if not len(hit):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64)
    begin = low[hit]
    end = np.searchsorted(table, (values[hit] << np.uint64(LOCAL_BITS)) | np.uint64(LOCAL), "right")
    begin = np.maximum(begin, end - most)
    counts = end - begin
    total = int(counts.sum())
    offsets = np.repeat(begin - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
    where = offsets + np.arange(total)
    return np.repeat(hit, counts), table[where] & np.uint64(LOCAL)


@dataclass(frozen=True, slots=True)
class Segment:
    """One mapped segment: stories `first` to `first + len(records) - 1`."""

    name: str
    first: int
    records: Records
    keys: Hashes
    prints: Hashes

    @property
    def count(self) -> int:
        """Stories in the segment."""
        return len(self.records)


def open_segment(folder: Path, name: str) -> Segment:
    """Map a segment file; raises IndexDamagedError."""
    path = folder / name
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER.size)
            size = os.fstat(file.fileno()).st_size
        magic, first, stories, keys, prints = _HEADER.unpack(head)
    except (OSError, struct.error) as error:
        raise IndexDamagedError(f"{path}: {error}") from error
    at_keys = _HEADER.size + stories * RECORD.itemsize
    at_prints = at_keys + 8 * keys
    if magic != _MAGIC or size != at_prints + 8 * prints:
        raise IndexDamagedError(f"{path}: not a segment of this version, or cut short")
    return Segment(
        name,
        first,
        _mapped(path, RECORD, _HEADER.size, stories),
        _mapped(path, np.dtype("<u8"), at_keys, keys),
        _mapped(path, np.dtype("<u8"), at_prints, prints),
    )


def _mapped(path: Path, dtype: np.dtype, offset: int, count: int) -> npt.NDArray:  # type: ignore[type-arg]
    if not count:
        return np.empty(0, dtype=dtype)
    mapped = np.memmap(path, dtype=dtype, mode="r", offset=offset, shape=(count,))
    return mapped.view(np.ndarray)


def write_segment(
    folder: Path, name: str, first: int, records: Records, keys: Hashes, prints: Hashes
) -> None:
    """Write a segment durably; keys and prints are entries, ascending."""
    _write(folder, name, first, [records], [keys], [prints])


def merge_segments(
    folder: Path, name: str, parts: Sequence[Segment], print_from: Sequence[int | None]
) -> None:
    """Write neighbouring segments as one.

    `print_from`: for each part the time (seconds) from which stories keep their prints; None keeps
    all. Keys are kept for ever.
    """
    first = parts[0].first
    assert all(a.first + a.count == b.first for a, b in itertools.pairwise(parts))
    shift = [np.uint64(part.first - first) for part in parts]
    kept = [_kept(part, cut) for part, cut in zip(parts, print_from, strict=True)]
    _write(
        folder,
        name,
        first,
        [part.records for part in parts],
        _merged([part.keys for part in parts], shift, [None] * len(parts)),
        _merged([part.prints for part in parts], shift, kept),
    )


def _kept(part: Segment, cut: int | None) -> npt.NDArray[np.bool_] | None:
    if cut is None:
        return None
    at: npt.NDArray[np.uint32] = part.records["at"]
    kept: npt.NDArray[np.bool_] = (at == 0) | (at >= cut)
    return kept


def _merged(
    tables: Sequence[Hashes],
    shift: Sequence[np.uint64],
    kept: Sequence[npt.NDArray[np.bool_] | None],
) -> list[Hashes]:
    """The entries of many tables as one ascending sequence, slice by slice."""
    out = []
    bounds = [(i << 40) // _SLICES << LOCAL_BITS for i in range(_SLICES)]
    cuts = [
        np.append(np.searchsorted(table, np.array(bounds, dtype=np.uint64)), len(table))
        for table in tables
    ]
    for i in range(_SLICES):
        pieces = []
        for table, cut, by, keep in zip(tables, cuts, shift, kept, strict=True):
            piece = np.array(table[cut[i] : cut[i + 1]])
            if keep is not None and len(piece):
                piece = piece[keep[(piece & np.uint64(LOCAL)).astype(np.int64)]]
            pieces.append(piece + by)
        merged = np.concatenate(pieces)
        merged.sort(kind="stable")
        out.append(merged)
    return out


def _write(
    folder: Path,
    name: str,
    first: int,
    records: Sequence[Records],
    keys: Sequence[Hashes],
    prints: Sequence[Hashes],
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{name}.tmp"
    with temporary.open("wb") as file:
        counts = [sum(len(part) for part in parts) for parts in (records, keys, prints)]
        file.write(_HEADER.pack(_MAGIC, first, *counts))
        for parts in (records, keys, prints):
            for part in parts:
                _dump(file, part)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(folder / name)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _dump(file: BinaryIO, part: npt.NDArray) -> None:  # type: ignore[type-arg]
    step = 1 << 20
    for i in range(0, len(part), step):
        file.write(np.ascontiguousarray(part[i : i + step]).tobytes())
