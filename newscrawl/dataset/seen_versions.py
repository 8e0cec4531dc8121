"""The versions that a verification meets, compared with those of the state.

They are gathered in a temporary table beside a pinned view of the state, so that memory stays
bounded and a crawl may go on: what it accepts after the view was pinned is looked up afresh before
anything is called unknown. Tables are compared in the order of their keys, side by side: looked up
as they come, each row would read a page of its own.
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
        self._view.execute("PRAGMA cache_size = -32768")  # SQLite sorts in as much, too
        self._view.execute("BEGIN")
        # from here on the view stands; what was taken down is in no file and no index
        self.versions = self._one(
            "SELECT (SELECT count(*) FROM versions) - (SELECT count(*) FROM versions"
            " WHERE article_id IN"
            " (SELECT article_id FROM articles WHERE taken_down_at IS NOT NULL))"
        )
        self._view.execute("CREATE TEMP TABLE read (version BLOB, article BLOB, path TEXT)")
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

    def add_file(self, batch: pa.RecordBatch, path: str) -> None:
        """Take in rows of a file."""
        self.in_files += batch.num_rows
        rows = [(*pair, path) for pair in _pairs(batch)]
        self._view.executemany("INSERT INTO read VALUES (?, ?, ?)", rows)

    def problems(self) -> list[str]:
        """What is wrong, after all files were taken in."""
        found = self._twice()
        for batch in outbox.all_rows(self._view, ARTICLES):
            self.waiting += batch.num_rows
            self._view.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", _pairs(batch))
        found += self._named(
            "versions are in the state and in no file",
            "SELECT v.version_id FROM versions AS v LEFT JOIN seen ON seen.version = v.version_id"
            " WHERE seen.version IS NULL AND NOT EXISTS (SELECT 1 FROM articles AS a"
            " WHERE a.article_id = v.article_id AND a.taken_down_at IS NOT NULL)",
        )
        found += self._named(
            "versions have another article in the state than in the files",
            "SELECT v.version_id FROM versions AS v JOIN seen ON seen.version = v.version_id"
            " WHERE seen.article <> v.article_id",
        )
        found += self._without_article(
            "versions of the state have no article", "SELECT {} FROM versions", "version_id"
        )
        found += self._without_article(
            "URLs of the state lead to an unknown article",
            "SELECT {} FROM urls WHERE article_id IS NOT NULL",
            "article_id",
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

    def _twice(self) -> list[str]:
        """Put what the files hold in order; the versions that are there more than once."""
        self._view.execute(
            "INSERT OR IGNORE INTO seen SELECT version, article FROM read ORDER BY version, rowid"
        )
        if self._one("SELECT count(*) FROM seen") == self.in_files:
            return []
        twice = self._view.execute(
            "SELECT path, version FROM (SELECT path, version, row_number()"
            " OVER (PARTITION BY version ORDER BY rowid) AS turn FROM read) WHERE turn > 1"
        )
        return [f"{path}: version {version.hex()} is there twice" for path, version in twice]

    def _without_article(self, what: str, rows: str, shown: str) -> list[str]:
        """Rows of the state (a query of a column to be named) whose article it does not know."""
        # both sides come in order here, and are merged
        asked = rows.format("article_id")
        strange = f"{asked} EXCEPT SELECT article_id FROM articles ORDER BY 1"  # noqa: S608 - constants
        if self._view.execute(strange).fetchone() is None:
            return []
        return self._named(
            what,
            f"SELECT {shown} FROM ({rows.format('*')}) WHERE article_id IN ({strange})",  # noqa: S608
        )

    def _named(self, what: str, query: str) -> list[str]:
        return _sentence(what, [row[0] for row in self._view.execute(query)])

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
