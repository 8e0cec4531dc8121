"""How far each WARC file has been ingested, in the state database of the output.

Written in the transaction that accepts the records it speaks of, so a kill at any moment leaves
both or neither.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from newscrawl.archive import Place

_TABLE = """CREATE TABLE IF NOT EXISTS ingest_files(
    file TEXT PRIMARY KEY, name TEXT NOT NULL, place TEXT, done INTEGER NOT NULL,
    counts TEXT NOT NULL) WITHOUT ROWID"""
_HEAD = 1024  # bytes that tell files apart: they hold the id of the first record


@dataclass(slots=True)
class FileProgress:
    """One file: the last record settled, and how many records ended in which way.

    ``counts`` is by word: ``page`` for pages that went to extraction, else why a record was left.
    """

    file: str
    name: str
    place: Place | None = None
    done: bool = False
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def records(self) -> int:
        """Records and broken places settled so far."""
        return self.counts.total()

    @property
    def broken(self) -> dict[str, int]:
        """Broken places by reason."""
        mark = "broken:"
        return {k.removeprefix(mark): n for k, n in self.counts.items() if k.startswith(mark)}


def identity(path: Path) -> str:
    """What a file is known by, wherever it lies: its name and how it begins."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return f"{path.name}:{hashlib.sha256(head).hexdigest()[:32]}"


def create(connection: sqlite3.Connection) -> None:
    """Make the table if it is missing."""
    connection.execute(_TABLE)


def load(connection: sqlite3.Connection, path: Path) -> FileProgress:
    """How far a file has come; nothing for a new one."""
    key = identity(path)
    row = connection.execute(
        "SELECT place, done, counts FROM ingest_files WHERE file = ?", (key,)
    ).fetchone()
    if row is None:
        return FileProgress(key, path.name)
    place = Place(path.name, *json.loads(row[0])) if row[0] else None
    return FileProgress(key, path.name, place, bool(row[1]), Counter(json.loads(row[2])))


def save(connection: sqlite3.Connection, progress: FileProgress) -> None:
    """Set how far a file has come; inside the transaction of its records."""
    place = progress.place
    connection.execute(
        "INSERT OR REPLACE INTO ingest_files VALUES (?,?,?,?,?)",
        (
            progress.file,
            progress.name,
            json.dumps([place.offset, place.within]) if place else None,
            int(progress.done),
            json.dumps(progress.counts),
        ),
    )
