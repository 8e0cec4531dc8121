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
from newscrawl.dataset.filling import fill
from newscrawl.dataset.snapshot import snapshot_of
from newscrawl.dataset.state import State
from newscrawl.dataset.store import Store

READY = "ready"
DATASET = "dataset"
REBUILT = "rebuilt"
_FILLED_FROM = "filled_from"  # the batches that a rebuilt state knows, of whichever state
_BATCH = re.compile(r"([0-9a-f]{8})-(\d+)")


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
    log = logs["articles"]
    # before the files are looked at: what is committed in between is met, and counts as unknown
    written = _highest_batches([log])
    with state.transaction() as connection:
        outbox.drop_written(connection, log.table, _stored_versions(store, log))
        snapshot = snapshot_of(store, log.table, log.update())
        count = fill(connection, snapshot)
        _remember_takedowns(connection, store, logs["tombstones"])
        state.set(_FILLED_FROM, json.dumps(written))
        state.set(READY, "1")
        state.set(REBUILT, "1" if count else "0")
    return count


def _stored_versions(store: Store, log: DeltaLog) -> Iterator[pa.Array]:
    snapshot = snapshot_of(store, log.table, log.update())
    for batch in snapshot.batches(["version_id"], rows=65_536):
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
