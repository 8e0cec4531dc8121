"""The state database: one SQLite file that every process on an output shares.

WAL with ``synchronous=FULL``: a transaction that has returned from COMMIT survives a power cut.
Opened in autocommit; transactions are explicit (`State.transaction`).
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from newscrawl.dataset.durable import fsync, make_folder
from newscrawl.dataset.errors import FromNewerVersion, OutputUnwritable, StateDamaged
from newscrawl.dataset.lock import FileLock, this_process

FILE_NAME = "newscrawl.sqlite"
LAYOUT = 1
_APPLICATION = 0x6E657773  # "news"
_BUSY_SECONDS = 120.0

_TABLES = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- one row an article: its latest version
CREATE TABLE articles (
  article_id BLOB PRIMARY KEY, site TEXT NOT NULL, canonical_url TEXT NOT NULL,
  version_id BLOB NOT NULL, version INTEGER NOT NULL, content_hash BLOB NOT NULL,
  title TEXT NOT NULL, published_at INTEGER, first_seen_at INTEGER NOT NULL,
  fetched_at INTEGER NOT NULL, taken_down_at INTEGER
) WITHOUT ROWID;


-- every version ever accepted: what makes a replay harmless
CREATE TABLE versions (version_id BLOB PRIMARY KEY, article_id BLOB NOT NULL) WITHOUT ROWID;

-- every URL looked at, by its canonical form (several may lead to one article)
CREATE TABLE urls (
  url TEXT PRIMARY KEY, site TEXT NOT NULL, article_id BLOB, outcome TEXT,
  first_seen_at INTEGER NOT NULL, fetched_at INTEGER, etag TEXT, last_modified TEXT,
  raw_sha256 TEXT, failures INTEGER NOT NULL DEFAULT 0, next_due INTEGER
) WITHOUT ROWID;
CREATE INDEX urls_due ON urls (site, next_due) WHERE next_due IS NOT NULL;

-- feeds, sitemaps, section pages
CREATE TABLE sources (
  url TEXT PRIMARY KEY, site TEXT NOT NULL, etag TEXT, last_modified TEXT, body_sha256 TEXT,
  polled_at INTEGER, good_at INTEGER, next_due INTEGER, interval_s REAL,
  failures INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- accepted rows that are not in the Parquet files yet, as Arrow IPC streams
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT NOT NULL, month TEXT NOT NULL,
  rows INTEGER NOT NULL, bytes INTEGER NOT NULL, accepted_at INTEGER NOT NULL,
  batch TEXT, payload BLOB NOT NULL
);
-- holds all that is asked of entries but their payload, which stands in pages of its own
CREATE INDEX outbox_batch ON outbox (batch, tbl, month, rows, bytes, accepted_at);
CREATE TABLE batches (number INTEGER PRIMARY KEY AUTOINCREMENT, sealed_at INTEGER NOT NULL);
CREATE TABLE run_rows (run_id TEXT PRIMARY KEY, next_seq INTEGER NOT NULL) WITHOUT ROWID;
"""

# What came after the first states were written: made whenever a state is opened.
_LATER = """
CREATE INDEX IF NOT EXISTS articles_text ON articles (content_hash);

-- the newest text of articles that may still change
CREATE TABLE IF NOT EXISTS last_texts (
  article_id BLOB PRIMARY KEY, fetched_at INTEGER NOT NULL, text BLOB NOT NULL
);

-- what was learned of each site, as counts of what held and what did not
CREATE TABLE IF NOT EXISTS learned (
  site TEXT NOT NULL, what TEXT NOT NULL, yes REAL NOT NULL, no REAL NOT NULL,
  PRIMARY KEY (site, what)
) WITHOUT ROWID;

-- the last good robots.txt of each origin
CREATE TABLE IF NOT EXISTS robots_copies (
  origin TEXT PRIMARY KEY, fetched_at INTEGER NOT NULL, fresh_until INTEGER NOT NULL,
  status INTEGER NOT NULL, text BLOB NOT NULL, digest BLOB NOT NULL
);
"""

# Columns that came later: table, column, type.
_LATER_COLUMNS = (
    ("urls", "fetch_url", "TEXT"),  # what to ask for while a look is planned, if not the URL itself
)


class State:
    """An open state database. Use from one thread at a time (a lock sees to it)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self.lock = RLock()
        try:
            make_folder(folder)
        except OSError as error:
            raise OutputUnwritable(str(folder), error.strerror or str(error)) from error
        # one at a time: the switch to WAL does not wait for others
        setup = FileLock(folder / "locks" / "state")
        if not setup.acquire(this_process(), wait_s=_BUSY_SECONDS):
            raise OutputUnwritable(str(self.path), f"another process holds it: {setup.holder()}")
        try:
            self._open()
        finally:
            setup.release()

    def _open(self) -> None:
        with self.translated():
            self.connection = self.connect()
            try:
                self._prepare()
                row = self.connection.execute(
                    "SELECT value FROM settings WHERE name = 'state_id'"
                ).fetchone()
            except BaseException:
                self.connection.close()
                raise
        self.state_id: str = row[0]

    @property
    def tag(self) -> str:
        """Eight hex digits that name this state in batch and temporary file names."""
        return self.state_id[:8]

    def connect(self) -> sqlite3.Connection:
        """A connection of one's own, in autocommit."""
        return sqlite3.connect(
            self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """BEGIN IMMEDIATE ... COMMIT, or ROLLBACK if the block raises.

        Raises:
            OutputUnwritable: the disk is full or failing; nothing of the transaction remains.
            StateDamaged: the file is no sound database any more.
        """
        with self.lock, self.translated():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def setting(self, name: str) -> str | None:
        """A setting of this state, or None."""
        row = self.connection.execute(
            "SELECT value FROM settings WHERE name = ?", (name,)
        ).fetchone()
        return None if row is None else row[0]

    def set(self, name: str, value: str) -> None:
        """Set a setting; inside or outside a transaction."""
        with self.translated():
            self.connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def close(self) -> None:
        """Close the file; the WAL is folded in if nobody else has it open."""
        with self.lock:
            self.connection.close()

    def check(self) -> list[str]:
        """SQLite's own check of the whole file: the problems it names."""
        with self.lock, self.translated():
            rows = self.connection.execute("PRAGMA integrity_check").fetchall()
        return [row[0] for row in rows if row[0] != "ok"]

    def _prepare(self) -> None:
        connection = self.connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA secure_delete = FAST")
        connection.execute("PRAGMA cache_size = -32768")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
        layout = connection.execute("PRAGMA user_version").fetchone()[0]
        if layout == 0:
            connection.execute("BEGIN IMMEDIATE")
            # another process may have been first
            layout = connection.execute("PRAGMA user_version").fetchone()[0]
            if layout == 0:
                for statement in _TABLES.split(";\n"):
                    if statement.strip():
                        connection.execute(statement)
                connection.execute(
                    "INSERT INTO settings VALUES ('state_id', ?)", (uuid.uuid4().hex,)
                )
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {LAYOUT}")
                layout = LAYOUT
            connection.execute("COMMIT")
            fsync(self.folder)
        if layout > LAYOUT:
            raise FromNewerVersion(str(self.path), layout, LAYOUT)
        for statement in _LATER.split(";"):
            if statement.strip():
                connection.execute(statement)
        for table, column, kind in _LATER_COLUMNS:
            present = connection.execute(
                "SELECT 1 FROM pragma_table_info(?) WHERE name = ?", (table, column)
            )
            if present.fetchone() is None:
                connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Tell errors of SQLite and of the file system by our names.

        Raises:
            OutputUnwritable: the disk is full or failing.
            StateDamaged: the file is no sound database any more.
        """
        try:
            yield
        except sqlite3.DatabaseError as error:
            name = getattr(error, "sqlite_errorname", "") or ""
            if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
                raise StateDamaged(str(self.path), str(error)) from error
            if name.startswith(
                ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_BUSY")
            ):
                raise OutputUnwritable(str(self.path), str(error)) from error
            raise
        except OSError as error:  # of a file beside it: a log entry, a segment of the story index
            path = error.filename if isinstance(error.filename, str | Path) else self.folder
            raise OutputUnwritable(str(path), error.strerror or str(error)) from error
