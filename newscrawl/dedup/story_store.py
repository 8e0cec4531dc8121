"""Where the story index keeps its stories: rows for the open run, files for the closed ones."""

from __future__ import annotations

import secrets
import sqlite3
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import numpy as np

from newscrawl.dedup.fingerprints import MOST_CHARS, Hashes
from newscrawl.dedup.known import Known
from newscrawl.dedup.open_run import OpenRun
from newscrawl.dedup.segments import (
    RECORD,
    SUFFIX,
    Records,
    Segment,
    look_up,
    merge_segments,
    open_segment,
    write_segment,
)
from newscrawl.dedup.stories import Story
from newscrawl.text import one_line

SEAL_AT = 8_192  # stories of the open run
FAN = 4  # segments of about one size that are merged into one
LARGEST = 1 << 22  # stories of a merged segment at most, so that a merge stays affordable

_TABLES = (
    """CREATE TABLE IF NOT EXISTS dedup_open(
        n INTEGER PRIMARY KEY, token INTEGER NOT NULL, record BLOB NOT NULL,
        keys BLOB NOT NULL, prints BLOB NOT NULL)""",
    "CREATE TABLE IF NOT EXISTS dedup_text(n INTEGER PRIMARY KEY, body BLOB NOT NULL)",
    """CREATE TABLE IF NOT EXISTS dedup_segment(
        first INTEGER PRIMARY KEY, name TEXT NOT NULL, stories INTEGER NOT NULL,
        newest INTEGER NOT NULL, printed INTEGER NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS dedup_recurring(
        site INTEGER NOT NULL, passage INTEGER NOT NULL, context INTEGER NOT NULL,
        PRIMARY KEY(site, passage, context)) WITHOUT ROWID""",
)


@dataclass(frozen=True, slots=True)
class IndexSize:
    """How large an index is: stories, segments, and bytes (texts apart)."""

    stories: int
    open_stories: int
    segments: int
    index_bytes: int
    text_bytes: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One story to add: its record, the keys and prints it is found by, the text to compare."""

    known: Known
    keys: list[int]
    prints: Hashes
    story: Story | None  # None for an exact copy: its text is there already


class StoryStore:
    """The stories of an index, numbered from 1 in the order they came."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._db = connection
        self._folder = folder
        self._segments: list[Segment] = []
        self._listed: list[tuple[int, str]] = []
        self._open = OpenRun(1)
        for statement in _TABLES:
            connection.execute(statement)

    @property
    def next_number(self) -> int:
        """The number that the next story gets."""
        return self._open.first + self._open.count

    @property
    def open_count(self) -> int:
        """Stories of the open run."""
        return self._open.count

    def refresh(self) -> bool:
        """Take over what other processes committed, and forget what was rolled back.

        Returns whether anything had changed behind this object's back.
        """
        listed = self._db.execute("SELECT first, name FROM dedup_segment ORDER BY first").fetchall()
        if listed != self._listed:
            mapped = {part.name: part for part in self._segments}
            self._segments = [
                mapped.get(name) or open_segment(self._folder, name) for _, name in listed
            ]
            self._listed = listed
        last = self._segments[-1] if self._segments else None
        first = last.first + last.count if last else 1
        run = self._open
        if run.first != first:
            run = OpenRun(first)
        elif run.mark is not None:
            number, token = run.mark
            row = self._db.execute("SELECT token FROM dedup_open WHERE n = ?", (number,)).fetchone()
            if row is None or row[0] != token:
                run = OpenRun(first)
        changed = run is not self._open
        self._open = run
        rows = self._db.execute(
            "SELECT n, token, record, keys, prints FROM dedup_open WHERE n >= ? ORDER BY n",
            (self.next_number,),
        ).fetchall()
        if rows:
            run.add(
                np.frombuffer(b"".join(row[2] for row in rows), dtype=RECORD),
                [np.frombuffer(row[3], dtype="<u8") for row in rows],
                [np.frombuffer(row[4], dtype="<u8") for row in rows],
            )
            run.mark = rows[-1][:2]
        return changed or bool(rows)

    def insert(self, entries: Sequence[Entry]) -> None:
        """Add stories, whose numbers must follow on."""
        if not entries:
            return
        token = secrets.randbits(62)  # tells these rows from others that later get their numbers
        records = np.array([entry.known.record() for entry in entries], dtype=RECORD)
        raw, size = records.tobytes(), RECORD.itemsize
        keys = [np.array(entry.keys, dtype="<u8") for entry in entries]
        prints = [entry.prints for entry in entries]
        self._db.executemany(
            "INSERT INTO dedup_open VALUES(?,?,?,?,?)",
            (
                (
                    entry.known.number,
                    token,
                    raw[i * size : (i + 1) * size],
                    keys[i].tobytes(),
                    prints[i].tobytes(),
                )
                for i, entry in enumerate(entries)
            ),
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO dedup_text VALUES(?,?)",
            (
                (entry.known.number, entry.story.packed or packed_text(entry.story))
                for entry in entries
                if entry.story
            ),
        )
        self._open.add(records, keys, prints)
        self._open.mark = (entries[-1].known.number, token)

    def look_up(
        self, kind: Literal["keys", "prints"], values: Hashes, most: int
    ) -> Iterator[tuple[int, int]]:
        """(position in `values`, number of a story that holds the value).

        Of each segment and value the `most` newest stories.
        """
        order = np.argsort(values, kind="stable")
        ascending = values[order]
        tables: list[tuple[Hashes, int]] = [
            (part.keys if kind == "keys" else part.prints, part.first) for part in self._segments
        ]
        tables += [(table, self._open.first) for table in self._open.tables(kind)]
        for table, first in tables:
            where, local = look_up(table, ascending, most)
            if len(where):
                numbers = local.astype(np.int64) + first
                yield from zip(order[where].tolist(), numbers.tolist(), strict=True)

    def known(self, number: int) -> Known:
        """The record of a story."""
        if number >= self._open.first:
            return Known.from_record(number, self._open.records[number - self._open.first])
        part = self._segments[bisect_right(self._listed, (number, "\U0010ffff")) - 1]
        return Known.from_record(number, part.records[number - part.first])

    def texts(self, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Title and text of stories; one that is too old, or an exact copy, has none."""
        wanted = sorted(numbers)
        out: dict[int, tuple[str, str]] = {}
        for i in range(0, len(wanted), 500):
            part = wanted[i : i + 500]
            marks = ",".join("?" * len(part))
            query = f"SELECT n, body FROM dedup_text WHERE n IN ({marks})"  # noqa: S608 - only marks
            for n, body in self._db.execute(query, part):
                title, _, text = (
                    zlib.decompress(body).decode("utf-8", "surrogatepass").partition("\n")
                )
                out[n] = (title, text)
        return out

    def drop_texts(self, numbers: Sequence[int]) -> int:
        """Delete the texts of stories; returns how many had one."""
        return sum(
            self._db.execute("DELETE FROM dedup_text WHERE n = ?", (number,)).rowcount
            for number in numbers
        )

    def seal(self) -> None:
        """Write the open run as a segment, and merge segments of about one size."""
        run = self._open
        if not run.count:
            return
        name = _name(run.first, run.count)
        keys, prints = run.whole("keys"), run.whole("prints")
        write_segment(self._folder, name, run.first, run.records, keys, prints)
        self._register(run.first, name, run.count, _newest(run.records), len(prints))
        self._db.execute("DELETE FROM dedup_open")
        self.refresh()
        self.merge()

    def merge(self) -> None:
        """Merge neighbouring segments of about one size until there are few of each."""
        while True:
            tiers = [(part.count // SEAL_AT).bit_length() // 2 for part in self._segments]
            for i in range(len(tiers) - FAN + 1):
                parts = self._segments[i : i + FAN]
                if len(set(tiers[i : i + FAN])) == 1 and sum(p.count for p in parts) <= LARGEST:
                    self._replace(parts, [None] * FAN)
                    break
            else:
                return

    def forget_before(self, moment: datetime) -> None:
        """Drop the prints and texts of segments whose stories are all older; keys stay for ever."""
        cut = int(moment.timestamp())
        query = "SELECT first FROM dedup_segment WHERE printed AND newest BETWEEN 1 AND ?"
        for (first,) in self._db.execute(query, (cut - 1,)).fetchall():
            part = next(p for p in self._segments if p.first == first)
            self._replace([part], [cut])
            self._db.execute(
                "DELETE FROM dedup_text WHERE n >= ? AND n < ?", (first, first + part.count)
            )

    def _replace(self, parts: Sequence[Segment], print_from: Sequence[int | None]) -> None:
        first, count = parts[0].first, sum(part.count for part in parts)
        name = _name(first, count)
        merge_segments(self._folder, name, parts, print_from)
        made = open_segment(self._folder, name)
        for part in parts:
            self._db.execute("DELETE FROM dedup_segment WHERE first = ?", (part.first,))
        newest = _newest(made.records)
        self._register(first, name, count, newest, len(made.prints))
        self.refresh()

    def _register(self, first: int, name: str, count: int, newest: int, prints: int) -> None:
        self._db.execute(
            "INSERT INTO dedup_segment VALUES(?,?,?,?,?)",
            (first, name, count, newest, int(prints > 0)),
        )

    def sweep(self) -> int:
        """Remove files that no committed state names; returns how many.

        Takes the write lock, under which nobody else can be between writing a file and naming it;
        so it must be called outside of a transaction (else RuntimeError).
        """
        if self._db.in_transaction:
            raise RuntimeError("sweep() works outside of a transaction")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            named = {name for (name,) in self._db.execute("SELECT name FROM dedup_segment")}
            orphans = [p for p in self._folder.glob(f"*{SUFFIX}*") if p.name not in named]
            for path in orphans:
                with suppress(FileNotFoundError):
                    path.unlink()
        finally:
            self._db.execute("ROLLBACK")
        return len(orphans)

    def clear(self) -> None:
        """Forget all stories; the files go with the next `sweep`."""
        self._db.execute("DELETE FROM dedup_open")
        self._db.execute("DELETE FROM dedup_text")
        self._db.execute("DELETE FROM dedup_segment")
        self._db.execute("DELETE FROM dedup_recurring")
        self._open = OpenRun(1)
        self.refresh()

    def size(self) -> IndexSize:
        """How large the index is."""
        files = sum((self._folder / part.name).stat().st_size for part in self._segments)
        rows, texts = (
            self._db.execute(query).fetchone()[0] or 0
            for query in (
                "SELECT sum(length(record) + length(keys) + length(prints) + 16) FROM dedup_open",
                "SELECT sum(length(body) + 8) FROM dedup_text",
            )
        )
        return IndexSize(
            self.next_number - 1, self._open.count, len(self._segments), files + rows, texts
        )


def _newest(records: Records) -> int:
    """When all but a hundredth of the stories had been published: a wrong date holds nothing up."""
    dated = records["at"][records["at"] > 0]
    return int(np.quantile(dated, 0.99, method="higher")) if len(dated) else 0


def _name(first: int, count: int) -> str:
    return f"{first:012d}-{count}-{secrets.token_hex(4)}{SUFFIX}"


def packed_text(story: Story) -> bytes:
    """Title and text of a story as they are kept for comparison."""
    text = f"{one_line(story.title)}\n{story.text[: 2 * MOST_CHARS]}"
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
