"""The open run of the story index, held in memory as the closed ones are held on disk.

The rows are SQLite's; here they stand as a few sorted tables (sizes growing geometrically, as in a
log-structured merge tree), so that a batch is looked up in them like in a segment.
"""

from __future__ import annotations

import numpy as np

from newscrawl.dedup.fingerprints import Hashes
from newscrawl.dedup.segments import RECORD, Records, entries


class OpenRun:
    """The stories not yet in a segment, numbered from `first`."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.count = 0
        self.mark: tuple[int, int] | None = None  # (number, token) of the last row read
        self._records = np.zeros(256, dtype=RECORD)
        self._tables: dict[str, list[Hashes]] = {"keys": [], "prints": []}

    @property
    def records(self) -> Records:
        """The records of the stories, by number less `first`."""
        return self._records[: self.count]

    def tables(self, kind: str) -> list[Hashes]:
        """The sorted tables of ``keys`` or ``prints``."""
        return self._tables[kind]

    def whole(self, kind: str) -> Hashes:
        """All entries of one kind, ascending."""
        tables = self._tables[kind]
        merged = np.concatenate(tables) if tables else np.empty(0, dtype=np.uint64)
        merged.sort(kind="stable")
        return merged

    def add(self, records: Records, keys: list[Hashes], prints: list[Hashes]) -> None:
        """Add stories with the numbers that follow; `keys` and `prints` are 40-bit values each."""
        n = len(records)
        while self.count + n > len(self._records):
            self._records = np.concatenate((self._records, np.zeros_like(self._records)))
        self._records[self.count : self.count + n] = records
        local = np.arange(self.count, self.count + n, dtype=np.uint64)
        self.count += n
        for kind, values in (("keys", keys), ("prints", prints)):
            lengths = [len(v) for v in values]
            if sum(lengths):
                self._push(kind, entries(np.concatenate(values), np.repeat(local, lengths)))

    def _push(self, kind: str, table: Hashes) -> None:
        tables = self._tables[kind]
        tables.append(table)
        while len(tables) > 1 and len(tables[-2]) < 2 * len(tables[-1]):
            last, before = tables.pop(), tables.pop()
            merged = np.concatenate((before, last))
            merged.sort(kind="stable")
            tables.append(merged)
