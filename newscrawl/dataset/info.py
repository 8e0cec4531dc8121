"""What an output holds, at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newscrawl.dataset import outbox
from newscrawl.dataset.delta_log import DeltaLog
from newscrawl.dataset.state import State
from newscrawl.dataset.store import Store


@dataclass(frozen=True, slots=True)
class TableInfo:
    """One table: version of its log, live files, their rows and bytes."""

    name: str
    version: int
    files: int
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """One output: its tables, and what the state holds."""

    uri: str
    state: str
    tables: tuple[TableInfo, ...]
    waiting_rows: int  # accepted, not in Parquet yet
    articles: int  # articles known, of which the versions are
    versions: int
    urls: int
    sources: int


def dataset_info(store: Store, logs: Mapping[str, DeltaLog], state: State) -> DatasetInfo:
    """Read the logs and count the state."""
    tables = []
    for name, log in logs.items():
        at = log.update()
        files = at.files.values()
        tables.append(
            TableInfo(
                name,
                at.version,
                len(files),
                sum(file.rows for file in files),
                sum(file.size for file in files),
            )
        )
    with state.lock:
        count = {
            name: state.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in ("articles", "versions", "urls", "sources")
        }
        held = outbox.pending_rows(state.connection)
    return DatasetInfo(store.root, str(state.path), tuple(tables), held, **count)
