"""The tables of the state filled from the rows of a dataset.

Their keys are hashes and addresses. Put in as they come, nearly every row would change a page of
its own in every table, and once the tables outgrow the cache, each of these pages would be read and
written again and again. So the rows are gathered first, and each table is filled in the order of
its key: every page is written about once. SQLite sorts in files where memory does not do.
"""

from __future__ import annotations

import sqlite3

import pyarrow as pa

from newscrawl.dataset.snapshot import DatasetSnapshot

_COLUMNS = [
    "article_id", "version_id", "version", "canonical_url", "site", "content_hash", "title",
    "published_at", "first_seen_at", "fetched_at", "etag", "last_modified", "raw_sha256",
]  # fmt: skip
_HEX = {"article_id", "version_id", "content_hash"}  # bytes in the state

_FILL = (
    "INSERT OR IGNORE INTO versions SELECT version_id, article_id FROM found ORDER BY version_id",
    # made anew at the end, in its own order
    "DROP INDEX articles_text",
    "INSERT INTO articles SELECT article_id, site, canonical_url, version_id, version,"
    " content_hash, title, published_at, first_seen_at, fetched_at, NULL"
    " FROM found WHERE true ORDER BY article_id, version"
    " ON CONFLICT (article_id) DO UPDATE SET canonical_url = excluded.canonical_url,"
    " version_id = excluded.version_id, version = excluded.version,"
    " content_hash = excluded.content_hash, title = excluded.title,"
    " published_at = excluded.published_at, fetched_at = excluded.fetched_at"
    " WHERE excluded.version > version",
    "CREATE INDEX articles_text ON articles (content_hash)",
    "INSERT INTO urls (url, site, article_id, outcome, first_seen_at, fetched_at, etag,"
    " last_modified, raw_sha256) SELECT canonical_url, site, article_id, 'stored', first_seen_at,"
    " fetched_at, etag, last_modified, raw_sha256"
    " FROM found WHERE true ORDER BY canonical_url, fetched_at"
    " ON CONFLICT (url) DO UPDATE SET fetched_at = excluded.fetched_at, etag = excluded.etag,"
    " last_modified = excluded.last_modified, raw_sha256 = excluded.raw_sha256,"
    " article_id = excluded.article_id WHERE excluded.fetched_at > fetched_at",
)


def fill(connection: sqlite3.Connection, snapshot: DatasetSnapshot) -> int:
    """Add what the rows of ``articles`` tell to the state, in its transaction; how many rows."""
    count = 0
    connection.execute(f"CREATE TEMP TABLE found ({', '.join(_COLUMNS)})")
    marks = ",".join("?" * len(_COLUMNS))
    for batch in snapshot.batches(_COLUMNS):
        count += batch.num_rows
        columns = [_plain(name, batch.column(name)) for name in _COLUMNS]
        rows = zip(*columns, strict=True)
        connection.executemany(f"INSERT INTO found VALUES ({marks})", rows)  # noqa: S608 - marks
    for statement in _FILL:
        connection.execute(statement)
    connection.execute("DROP TABLE found")
    for batch in snapshot.batches(["run_id", "run_seq"], rows=65_536):
        spans = pa.table(batch).group_by("run_id").aggregate([("run_seq", "max")])
        connection.executemany(
            "INSERT INTO run_rows VALUES (?, ?) ON CONFLICT (run_id)"
            " DO UPDATE SET next_seq = max(next_seq, excluded.next_seq)",
            [(r["run_id"], r["run_seq_max"] + 1) for r in spans.to_pylist()],
        )
    return count


def _plain(name: str, column: pa.Array) -> list[object]:
    """Values as the state stores them: moments as microseconds, ids as bytes."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    values: list[object] = column.to_pylist()
    return [bytes.fromhex(str(value)) for value in values] if name in _HEX else values
