"""The versions that a verification meets, compared with those of the state.

They are kept in a temporary table beside a pinned view of the state, so that memory stays bounded
and a crawl may go on: what it accepts after the view was pinned is looked up afresh before
anything is called unknown.
"""

from __future__ import annotations

import sqlite3
from types import TracebackType

import pyarrow as pa

from newscrawl.dataset import outbox
from newscrawl.dataset.state import State
from newscrawl.schema import ARTICLES

_SHOWN = 3


class SeenVersions:
    """Collects version_id and article_id of rows; then says what is wrong with them."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._view = state.connect()
        self.in_files = 0
        self.waiting = 0

    def __enter__(self) -> SeenVersions:
        self._view.execute("BEGIN")
        # from here on the view stands; what was taken down is in no file and no index
        self.versions = self._one(
            "SELECT count(*) FROM versions LEFT JOIN articles AS a USING (article_id)"
            " WHERE a.taken_down_at IS NULL"
        )
        self._view.execute(
            "CREATE TEMP TABLE seen (version BLOB PRIMARY KEY, article BLOB) WITHOUT ROWID"
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._view.close()

    def add_file(self, batch: pa.RecordBatch) -> list[str]:
        """Take in rows of a file; the versions among them that were met before."""
        rows = _pairs(batch)
        self.in_files += len(rows)
        before = self._view.total_changes
        self._view.execute("SAVEPOINT batch")
        self._insert(rows)
        if self._view.total_changes - before == len(rows):
            self._view.execute("RELEASE batch")
            return []
        # rare: take this batch back, and see which of it are there without it
        self._view.execute("ROLLBACK TO batch")
        self._view.execute("RELEASE batch")
        twice = []
        for row in rows:
            before = self._view.total_changes
            self._insert([row])
            if self._view.total_changes == before:
                twice.append(row[0].hex())
        return twice

    def problems(self) -> list[str]:
        """What is wrong, after all files were taken in."""
        for batch in outbox.all_rows(self._view, ARTICLES):
            rows = _pairs(batch)
            self.waiting += len(rows)
            self._insert(rows)
        found = self._named(
            "versions are in the state and in no file",
            "SELECT v.version_id FROM versions AS v LEFT JOIN seen ON seen.version = v.version_id"
            " LEFT JOIN articles AS a USING (article_id)"
            " WHERE seen.version IS NULL AND a.taken_down_at IS NULL",
        )
        found += self._named(
            "versions have another article in the state than in the files",
            "SELECT v.version_id FROM versions AS v JOIN seen ON seen.version = v.version_id"
            " WHERE seen.article <> v.article_id",
        )
        found += self._named(
            "versions of the state have no article",
            "SELECT v.version_id FROM versions AS v LEFT JOIN articles AS a USING (article_id)"
            " WHERE a.article_id IS NULL",
        )
        found += self._named(
            "URLs of the state lead to an unknown article",
            "SELECT u.article_id FROM urls AS u LEFT JOIN articles AS a USING (article_id)"
            " WHERE u.article_id IS NOT NULL AND a.article_id IS NULL",
        )
        return found

    def unknown(self) -> list[str]:
        """Versions of the files that the state has not heard of; after `problems`."""
        unknown = self._view.execute(
            "SELECT version FROM seen LEFT JOIN versions AS v ON v.version_id = seen.version"
            " WHERE v.version_id IS NULL"
        )
        with self._state.lock:
            now: sqlite3.Connection = self._state.connection
            strange = [
                version
                for (version,) in unknown
                if now.execute("SELECT 1 FROM versions WHERE version_id = ?", (version,)).fetchone()
                is None
            ]
        return _sentence("versions are in the files and not in the state", strange)

    def _named(self, what: str, query: str) -> list[str]:
        return _sentence(what, [row[0] for row in self._view.execute(query)])

    def _insert(self, rows: list[tuple[bytes, bytes]]) -> None:
        self._view.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)

    def _one(self, query: str) -> int:
        return int(self._view.execute(query).fetchone()[0])


def _pairs(batch: pa.RecordBatch) -> list[tuple[bytes, bytes]]:
    versions, articles = batch.column("version_id"), batch.column("article_id")
    return [
        (bytes.fromhex(version), bytes.fromhex(article))
        for version, article in zip(versions.to_pylist(), articles.to_pylist(), strict=True)
    ]


def _sentence(what: str, which: list[bytes]) -> list[str]:
    if not which:
        return []
    shown = ", ".join(value.hex() for value in which[:_SHOWN])
    return [f"{len(which)} {what} ({shown}{', ...' if len(which) > _SHOWN else ''})"]
