"""What came since a snapshot, whatever compaction and vacuum did to the files since.

Each flush notes in its log entry which rows (first and last ``run_seq`` of each run) it wrote. So
the rows of the entries after a snapshot can be picked from the files of today, and neither the
files of the flush nor those of the snapshot need to be there any more.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from newscrawl.dataset.delta_log import DeltaLog, LogState
from newscrawl.dataset.errors import NoSuchSnapshot
from newscrawl.dataset.snapshot import DatasetSnapshot, snapshot_of
from newscrawl.dataset.store import open_store
from newscrawl.schema import ARTICLES


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows of ``articles`` committed after version ``since`` up to and including ``until``."""

    since: int
    until: int
    snapshot: DatasetSnapshot
    filter: pc.Expression

    def to_table(self, columns: list[str] | None = None) -> pa.Table:
        """The new rows; rows that were taken down since are not among them."""
        return self.snapshot.to_table(columns, self.filter)

    def count(self) -> int:
        """How many there are."""
        return self.snapshot.count(self.filter)


def changes(uri: str | Path, since: int, until: int | None = None) -> Changes:
    """The rows that were added to ``articles`` after version ``since``.

    Raises:
        NoSuchSnapshot: no such output or version, or its log entries are no longer kept.
    """
    store = open_store(str(uri))
    log = DeltaLog(store, ARTICLES)
    if not log.exists():
        raise NoSuchSnapshot(f"{uri} holds no newscrawl dataset")
    state = log.update()
    last = state.version if until is None else until
    if not 0 <= since <= last <= state.version:
        raise NoSuchSnapshot(f"{uri} has versions 0 to {state.version}, not {since} to {last}")
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    hot: set[str] = set()
    for version in range(since + 1, last + 1):
        actions = log.actions(version)
        if actions is None:
            raise NoSuchSnapshot(f"entry {version} of {uri} is no longer kept")
        for action in actions:
            for run, (first, end) in action.get("commitInfo", {}).get("runSeq", {}).items():
                spans[run].append((first, end))
            hot.update([action["add"]["path"]] if "add" in action else [])
    if hot <= state.files.keys():
        # nothing was compacted: the new files alone hold all of it
        state = LogState(state.version, {path: state.files[path] for path in hot})
    return Changes(since, last, snapshot_of(store, ARTICLES, state), _either(_conditions(spans)))


def _conditions(spans: dict[str, list[tuple[int, int]]]) -> list[pc.Expression]:
    """One condition a run and unbroken span; the flushes of a run nearly always follow on."""
    conditions = []
    for run, found in spans.items():
        joined: list[list[int]] = []
        for first, last in sorted(found):
            if joined and first == joined[-1][1] + 1:
                joined[-1][1] = last
            else:
                joined.append([first, last])
        conditions += [
            (pc.field("run_id") == run)
            & (pc.field("run_seq") >= first)
            & (pc.field("run_seq") <= last)
            for first, last in joined
        ]
    return conditions


def _either(conditions: list[pc.Expression]) -> pc.Expression:
    """Any of the conditions, as a balanced tree: thousands must not nest thousands deep."""
    if not conditions:
        return pc.scalar(False)
    if len(conditions) == 1:
        return conditions[0]
    half = len(conditions) // 2
    return _either(conditions[:half]) | _either(conditions[half:])
