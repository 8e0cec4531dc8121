"""The commit log of one table, in a subset of the Delta Lake protocol.

Entries ``_delta_log/<20 digits>.json`` of protocol, metaData, add, remove, txn and commitInfo
actions, one JSON object a line, each entry put under its number only if that number is free; and
classic (V1) checkpoints. Source: Delta Transaction Log Protocol, sections "Delta Log Entries",
"Actions" and "Checkpoints".
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from newscrawl.dataset.checkpoints import (
    LAST_CHECKPOINT,
    checkpoint_name,
    read_checkpoint,
    write_checkpoint,
)
from newscrawl.dataset.delta_schema import lacking_columns, schema_string
from newscrawl.dataset.errors import FromNewerVersion, LogDamaged, NoSuchSnapshot, OutputUnwritable
from newscrawl.dataset.store import Store
from newscrawl.schema import Table

CHECKPOINT_EVERY = 50
# Columns without a zone (timestamp_ntz) are a named feature of the protocol, and features are
# named from reader version 3 and writer version 7 on.
PROTOCOL = {
    "minReaderVersion": 3,
    "minWriterVersion": 7,
    "readerFeatures": ["timestampNtz"],
    "writerFeatures": ["timestampNtz", "appendOnly", "invariants"],
}
_KNOWN_READER = 3

Action = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DataFile:
    """A live file: path relative to the table, bytes, rows, partition, time in ms, statistics.

    ``sha256`` is of the whole file (in the log as a tag), so that any flipped bit can be found.
    """

    path: str
    size: int
    rows: int
    partition: Mapping[str, str]
    modified_ms: int
    stats: str
    sha256: str = ""

    def added(self, *, data_change: bool = True) -> Action:
        """The ``add`` action of this file."""
        return {
            "add": {
                "path": self.path,
                "partitionValues": dict(self.partition),
                "size": self.size,
                "modificationTime": self.modified_ms,
                "dataChange": data_change,
                "stats": self.stats,
                "tags": {"sha256": self.sha256},
            }
        }

    def removed(self, at: datetime, *, data_change: bool = False) -> Action:
        """The ``remove`` action of this file."""
        return {
            "remove": {
                "path": self.path,
                "deletionTimestamp": millis(at),
                "dataChange": data_change,
                "extendedFileMetadata": True,
                "partitionValues": dict(self.partition),
                "size": self.size,
            }
        }


@dataclass(slots=True)
class LogState:
    """Everything a log says up to ``version`` (-1: nothing yet)."""

    version: int = -1
    files: dict[str, DataFile] = field(default_factory=dict)
    gone: dict[str, Action] = field(default_factory=dict)  # path -> its remove action
    txns: dict[str, Action] = field(default_factory=dict)  # batch -> its txn action
    metadata: Action = field(default_factory=dict)
    protocol: Action = field(default_factory=dict)

    def apply(self, action: Action, path: str) -> None:
        """Take in one action; ``path`` names the entry in errors."""
        kind, value = next(iter(action.items()))
        if kind == "add":
            stats = value.get("stats")
            rows = json.loads(stats)["numRecords"] if stats else 0
            self.files[value["path"]] = DataFile(
                value["path"],
                value["size"],
                rows,
                {k: v for k, v in dict(value["partitionValues"]).items() if v is not None},
                value["modificationTime"],
                stats or "",
                (value.get("tags") or {}).get("sha256", ""),
            )
            self.gone.pop(value["path"], None)
        elif kind == "remove":
            self.files.pop(value["path"], None)
            self.gone[value["path"]] = value
        elif kind == "txn":
            self.txns[value["appId"]] = value
        elif kind == "metaData":
            self.metadata = value
        elif kind == "protocol":
            self.protocol = value
            if value["minReaderVersion"] > _KNOWN_READER:
                raise FromNewerVersion(path, value["minReaderVersion"], _KNOWN_READER)

    def copy(self) -> LogState:
        """An independent copy."""
        return replace(self, files=dict(self.files), gone=dict(self.gone), txns=dict(self.txns))


class DeltaLog:
    """The log of one table in a store. Keeps what it has read and reads on from there."""

    def __init__(self, store: Store, table: Table) -> None:
        self.store = store
        self.table = table
        self.folder = f"{table.name}/_delta_log"
        self._state = LogState()
        self._checkpoint = -1

    def is_current(self) -> bool:
        """Whether the table exists and has all columns of this version of newscrawl."""
        return self.exists() and not lacking_columns(
            self._state.metadata["schemaString"], self.table
        )

    def exists(self) -> bool:
        """Whether the table has been created."""
        return self._state.version >= 0 or self.update().version >= 0

    def create(self, now: datetime) -> None:
        """Create the table if need be, and add columns that this version of newscrawl has."""
        state = self.update()
        if state.version < 0:
            actions = [{"protocol": PROTOCOL}, {"metaData": self._metadata(now)}]
            self.store.put_new(self.entry(0), self._encode(actions, now, "CREATE TABLE"))
            state = self.update()
        while lacking_columns(state.metadata["schemaString"], self.table):
            merged = dict(state.metadata, schemaString=self._merged_schema(state))
            data = self._encode([{"metaData": merged}], now, "ADD COLUMNS")
            self.store.put_new(self.entry(state.version + 1), data)
            state = self.update()

    def entry(self, version: int) -> str:
        """The path of an entry."""
        return f"{self.folder}/{version:020d}.json"

    def update(self) -> LogState:
        """Read what was committed since the last call; the current state (do not change it)."""
        if self._state.version < 0:
            self._state = self._start(None)
        while (actions := self.actions(self._state.version + 1)) is not None:
            for action in actions:
                self._state.apply(action, self.entry(self._state.version + 1))
            self._state.version += 1
        return self._state

    def at(self, version: int) -> LogState:
        """The state as of an earlier version.

        Raises:
            NoSuchSnapshot: the version does not exist or its entries are no longer kept.
        """
        if version > self.update().version or version < 0:
            raise NoSuchSnapshot(f"{self.store.root}/{self.table.name} has no version {version}")
        state = self._start(version)
        while state.version < version:
            actions = self.actions(state.version + 1)
            if actions is None:
                raise NoSuchSnapshot(
                    f"version {version} of {self.store.root}/{self.table.name} is no longer kept"
                )
            for action in actions:
                state.apply(action, self.entry(state.version + 1))
            state.version += 1
        return state

    def actions(self, version: int) -> list[Action] | None:
        """The actions of one entry, or None if there is no such entry."""
        path = self.entry(version)
        data = self.store.read(path)
        if data is None:
            return None
        try:
            actions = [json.loads(line) for line in data.splitlines() if line.strip()]
        except ValueError as error:
            raise LogDamaged(f"{self.store.root}/{path}", str(error)) from error
        if not actions:  # no writer leaves one, but a disk that loses what it acknowledged
            raise LogDamaged(f"{self.store.root}/{path}", "it is empty")
        return actions

    def commit(
        self,
        actions: Sequence[Action],
        now: datetime,
        operation: str,
        *,
        batch: str | None = None,
        info: Mapping[str, Any] | None = None,
        holds: Callable[[LogState], bool] | None = None,
    ) -> int | None:
        """Append one entry, after whatever others commit meanwhile.

        With ``batch``, the entry carries it as its transaction and is written once, however
        often and by however many processes it is tried. ``holds`` is asked before every try.

        Returns:
            The version written; None if the batch was there already or ``holds`` said no.
        """
        if batch is not None:
            txn = {"appId": batch, "version": 1, "lastUpdated": millis(now)}
            actions = [*actions, {"txn": txn}]
        data = self._encode(actions, now, operation, info)
        while True:
            state = self.update()
            if (batch is not None and batch in state.txns) or (holds and not holds(state)):
                return None
            version = state.version + 1
            # A put that was repeated below us after its answer got lost meets its own entry.
            entry = self.entry(version)
            if self.store.put_new(entry, data) or self.store.read(entry) == data:
                self._checkpoint_if_due(self.update())
                return version

    def _checkpoint_if_due(self, state: LogState) -> None:
        if state.version - max(self._checkpoint, 0) < CHECKPOINT_EVERY:
            return
        try:
            write_checkpoint(self.store, self.folder, state)
            self._checkpoint = state.version
        except OutputUnwritable:
            # The entry itself is durable; a checkpoint only makes reading quicker. The next
            # commit tries again.
            return

    def _start(self, version: int | None) -> LogState:
        """The state of the newest checkpoint at or before a version, or an empty state."""
        state = LogState()
        last = self._newest_checkpoint(version)
        if last is not None:
            path = f"{self.folder}/{checkpoint_name(last)}"
            for action in read_checkpoint(self.store, path):
                state.apply(action, path)
            state.version = last
            self._checkpoint = max(self._checkpoint, last)
        return state

    def _newest_checkpoint(self, version: int | None) -> int | None:
        if version is None:
            pointer = self.store.read(f"{self.folder}/{LAST_CHECKPOINT}")
            if pointer is None:
                return None
            last = int(json.loads(pointer)["version"])
            return last if self.store.size(f"{self.folder}/{checkpoint_name(last)}") else None
        numbers = [
            int(name.rsplit("/", 1)[1].split(".")[0])
            for name in self.store.names(self.folder)
            if name.endswith(".checkpoint.parquet")
        ]
        return max((n for n in numbers if n <= version), default=None)

    def _metadata(self, now: datetime) -> Action:
        return {
            "id": _table_id(self.table, now),
            "name": self.table.name,
            "description": self.table.doc,
            "format": {"provider": "parquet", "options": {}},
            "schemaString": schema_string(self.table),
            "partitionColumns": [self.table.partition] if self.table.partition else [],
            "createdTime": millis(now),
            "configuration": {},
        }

    def _merged_schema(self, state: LogState) -> str:
        """The logged schema with our new columns appended before the partition column."""
        logged = json.loads(state.metadata["schemaString"])
        lacking = set(lacking_columns(state.metadata["schemaString"], self.table))
        ours = json.loads(schema_string(self.table))["fields"]
        # the files of before do not have them, so no reader may count on a value
        added = [dict(f, nullable=True) for f in ours if f["name"] in lacking]
        split = len(logged["fields"]) - (1 if self.table.partition else 0)
        logged["fields"][split:split] = added
        return json.dumps(logged, separators=(",", ":"))

    @staticmethod
    def _encode(
        actions: Sequence[Action],
        now: datetime,
        operation: str,
        info: Mapping[str, Any] | None = None,
    ) -> bytes:
        note = {
            "commitInfo": {
                "timestamp": millis(now),
                "operation": operation,
                "engineInfo": "newscrawl",
                "commit": uuid.uuid4().hex,
                **(info or {}),
            }
        }
        lines = [json.dumps(a, separators=(",", ":"), ensure_ascii=False) for a in [note, *actions]]
        return ("\n".join(lines) + "\n").encode()


def millis(at: datetime) -> int:
    """Milliseconds since 1970, as Delta counts time."""
    return int(at.timestamp() * 1000)


def _table_id(table: Table, now: datetime) -> str:
    """A UUID; of the name and moment, as it only has to differ between tables."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"newscrawl {table.name} {now.isoformat()}"))
