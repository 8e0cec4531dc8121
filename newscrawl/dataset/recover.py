"""Making a state agree with its dataset again: after a lost, emptied or restored state file."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa

from newscrawl.dataset import outbox
from newscrawl.dataset.conform import micros
from newscrawl.dataset.delta_log import DeltaLog
from newscrawl.dataset.errors import StateMismatch
from newscrawl.dataset.snapshot import snapshot_of
from newscrawl.dataset.state import State
from newscrawl.dataset.store import Store

READY = "ready"
DATASET = "dataset"
REBUILT = "rebuilt"
_FILLED_FROM = "filled_from"  # the batches that a rebuilt state knows, of whichever state
_BATCH = re.compile(r"([0-9a-f]{8})-(\d+)")
_COLUMNS = [
    "article_id", "version_id", "version", "url", "requested_url", "canonical_url", "site",
    "content_hash", "title", "published_at", "first_seen_at", "fetched_at", "etag",
    "last_modified", "raw_sha256",
]  # fmt: skip


def check_belongs(state: State, uri: str, logs: Mapping[str, DeltaLog]) -> None:
    """A state knows its dataset by the id of ``articles``, from the first start on.

    Raises:
        StateMismatch: it is the state of another one.
    """
    dataset = logs["articles"].update().metadata["id"]
    if state.setting(DATASET) is None:
        state.set(DATASET, dataset)
    if state.setting(DATASET) != dataset:
        raise StateMismatch(str(state.path), uri)


def raise_batch_numbers(state: State, logs: Mapping[str, DeltaLog]) -> None:
    """Never use a batch number again that a log knows.

    A log that knows later batches than the state means that the state was put back from a backup.
    The log would take new rows for written ones; and the state has forgotten what was accepted
    after the backup, so it is no longer ready and `rebuild_state` has to catch up.
    """
    highest = _highest_batches(logs.values()).get(state.tag, 0)
    with state.transaction() as connection:
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name='batches'").fetchone()
        if row is None:
            connection.execute("INSERT INTO sqlite_sequence VALUES ('batches', ?)", (highest,))
        elif row[0] < highest:
            connection.execute("UPDATE sqlite_sequence SET seq=? WHERE name='batches'", (highest,))
        if highest > (0 if row is None else row[0]):
            connection.execute("DELETE FROM settings WHERE name = ?", (READY,))


def other_states(state: State, log: DeltaLog) -> set[str]:
    """Tags of the states that have written what this one does not know: those of other machines
    on the same output, each with its own sites."""
    known: dict[str, int] = json.loads(state.setting(_FILLED_FROM) or "{}")
    written = _highest_batches([log])
    return {tag for tag, n in written.items() if tag != state.tag and n > known.get(tag, 0)}


def is_of_another(batch: str, state: State) -> bool:
    """Whether a batch was sealed in another state than this."""
    match = _BATCH.fullmatch(batch)
    return match is not None and match[1] != state.tag


def _highest_batches(logs: Iterable[DeltaLog]) -> dict[str, int]:
    """By the tag of a state, the number of the latest of its batches that a log knows."""
    highest: dict[str, int] = {}
    for log in logs:
        for name in log.update().txns:
            if match := _BATCH.fullmatch(name):
                highest[match[1]] = max(highest.get(match[1], 0), int(match[2]))
    return highest


def rebuild_state(state: State, store: Store, logs: Mapping[str, DeltaLog]) -> int:
    """Fill a new state from the Parquet files and call it ready; how many versions it met.

    Only what the files hold comes back: addresses, versions, validators; refusals and sources are
    learned anew. All in one transaction: a state is new or ready, never half of it.
    """
    count = 0
    log = logs["articles"]
    # before the files are looked at: what is committed in between is met, and counts as unknown
    written = _highest_batches([log])
    with state.transaction() as connection:
        outbox.drop_written(connection, log.table, _stored_versions(store, log))
        snapshot = snapshot_of(store, log.table, log.update())
        for batch in snapshot.dataset.to_batches(columns=_COLUMNS, batch_size=8192):
            if not batch.num_rows:
                continue
            count += batch.num_rows
            columns = [_plain(batch.column(name)) for name in _COLUMNS]
            rows = list(zip(*columns, strict=True))
            connection.executemany(
                "INSERT OR IGNORE INTO versions VALUES (?, ?)",
                [(bytes.fromhex(r[1]), bytes.fromhex(r[0])) for r in rows],
            )
            connection.executemany(
                "INSERT INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,NULL)"
                " ON CONFLICT (article_id) DO UPDATE SET canonical_url = excluded.canonical_url,"
                " version_id = excluded.version_id, version = excluded.version,"
                " content_hash = excluded.content_hash, title = excluded.title,"
                " published_at = excluded.published_at, fetched_at = excluded.fetched_at"
                " WHERE excluded.version > version",
                [
                    (bytes.fromhex(r[0]), r[6], r[5], bytes.fromhex(r[1]), r[2],
                     bytes.fromhex(r[7]), r[8], r[9], r[10], r[11])
                    for r in rows
                ],
            )  # fmt: skip
            connection.executemany(
                "INSERT INTO urls (url, site, article_id, outcome, first_seen_at, fetched_at,"
                " etag, last_modified, raw_sha256) VALUES (?,?,?,'stored',?,?,?,?,?)"
                " ON CONFLICT (url) DO UPDATE SET fetched_at = excluded.fetched_at,"
                " etag = excluded.etag, last_modified = excluded.last_modified,"
                " raw_sha256 = excluded.raw_sha256, article_id = excluded.article_id"
                " WHERE excluded.fetched_at > fetched_at",
                [
                    (r[5], r[6], bytes.fromhex(r[0]), r[10], r[11], r[12], r[13], r[14])
                    for r in rows
                ],
            )
        for batch in snapshot.dataset.to_batches(columns=["run_id", "run_seq"]):
            spans = pa.table(batch).group_by("run_id").aggregate([("run_seq", "max")])
            connection.executemany(
                "INSERT INTO run_rows VALUES (?, ?) ON CONFLICT (run_id)"
                " DO UPDATE SET next_seq = max(next_seq, excluded.next_seq)",
                [(r["run_id"], r["run_seq_max"] + 1) for r in spans.to_pylist()],
            )
        _remember_takedowns(connection, store, logs["tombstones"])
        state.set(_FILLED_FROM, json.dumps(written))
        state.set(READY, "1")
        state.set(REBUILT, "1" if count else "0")
    return count


def _stored_versions(store: Store, log: DeltaLog) -> Iterator[pa.Array]:
    snapshot = snapshot_of(store, log.table, log.update())
    for batch in snapshot.dataset.to_batches(columns=["version_id"]):
        yield batch.column("version_id")


def _remember_takedowns(connection: sqlite3.Connection, store: Store, log: DeltaLog) -> None:
    """What was taken down stays refused."""
    nothing = bytes(16)
    for row in snapshot_of(store, log.table, log.update()).to_table().to_pylist():
        key, at = bytes.fromhex(row["article_id"]), micros(row["taken_down_at"])
        connection.execute(
            "INSERT OR REPLACE INTO articles VALUES (?,'',?,?,0,?,'',NULL,?,?,?)",
            (key, row["canonical_url"], nothing, nothing, at, at, at),
        )
        connection.execute(
            "INSERT OR REPLACE INTO urls (url, site, article_id, outcome, first_seen_at)"
            " VALUES (?,'',?,'taken_down',?)",
            (row["canonical_url"], key, at),
        )


def _plain(column: pa.Array) -> list[object]:
    """Python values; moments as microseconds, which the state stores."""
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.int64()).to_pylist()  # type: ignore[no-any-return]
    return column.to_pylist()  # type: ignore[no-any-return]
