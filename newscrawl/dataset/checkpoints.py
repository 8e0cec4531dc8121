"""Classic (V1) checkpoints: the state of a log in one Parquet file, so that readers start there.

Source: Delta Transaction Log Protocol, "Checkpoint Schema". Only the actions that newscrawl writes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from newscrawl.dataset.store import Store

if TYPE_CHECKING:
    from newscrawl.dataset.delta_log import LogState

LAST_CHECKPOINT = "_last_checkpoint"
KEPT_REMOVES_MS = 30 * 24 * 3600 * 1000  # older removes need no mention: the files are gone

_MAP = pa.map_(pa.string(), pa.string())
_SCHEMA = pa.schema(
    {
        "txn": pa.struct({"appId": pa.string(), "version": pa.int64(), "lastUpdated": pa.int64()}),
        "add": pa.struct(
            {
                "path": pa.string(),
                "partitionValues": _MAP,
                "size": pa.int64(),
                "modificationTime": pa.int64(),
                "dataChange": pa.bool_(),
                "stats": pa.string(),
                "tags": _MAP,
            }
        ),
        "remove": pa.struct(
            {
                "path": pa.string(),
                "deletionTimestamp": pa.int64(),
                "dataChange": pa.bool_(),
                "extendedFileMetadata": pa.bool_(),
                "partitionValues": _MAP,
                "size": pa.int64(),
            }
        ),
        "metaData": pa.struct(
            {
                "id": pa.string(),
                "name": pa.string(),
                "description": pa.string(),
                "format": pa.struct({"provider": pa.string(), "options": _MAP}),
                "schemaString": pa.string(),
                "partitionColumns": pa.list_(pa.string()),
                "createdTime": pa.int64(),
                "configuration": _MAP,
            }
        ),
        "protocol": pa.struct(
            {
                "minReaderVersion": pa.int32(),
                "minWriterVersion": pa.int32(),
                "readerFeatures": pa.list_(pa.string()),
                "writerFeatures": pa.list_(pa.string()),
            }
        ),
    }
)


def checkpoint_name(version: int) -> str:
    """The file name of a checkpoint."""
    return f"{version:020d}.checkpoint.parquet"


def write_checkpoint(store: Store, folder: str, state: LogState) -> None:
    """Write the checkpoint of a state, then point ``_last_checkpoint`` to it.

    Both are only short cuts: a reader that misses them reads the entries. So they may be written
    by several processes, and after a kill by nobody.
    """
    newest = max((r["deletionTimestamp"] for r in state.gone.values()), default=0)
    rows: list[dict[str, Any]] = [
        {"protocol": state.protocol},
        {"metaData": _mapped(state.metadata)},
    ]
    rows += [{"txn": txn} for txn in state.txns.values()]
    for file in state.files.values():
        add = file.added()["add"]
        maps = {"partitionValues": _pairs(file.partition), "tags": _pairs(add["tags"])}
        rows.append({"add": {**add, **maps, "dataChange": False}})
    for remove in state.gone.values():
        if newest - remove["deletionTimestamp"] <= KEPT_REMOVES_MS:
            pairs = _pairs(remove.get("partitionValues") or {})
            rows.append({"remove": dict(remove, dataChange=False, partitionValues=pairs)})
    sink = io.BytesIO()
    columns = {name: [row.get(name) for row in rows] for name in _SCHEMA.names}
    pq.write_table(pa.table(columns, schema=_SCHEMA), sink, compression="snappy")
    data = sink.getvalue()
    store.replace(f"{folder}/{checkpoint_name(state.version)}", data)
    pointer = {"version": state.version, "size": len(rows), "sizeInBytes": len(data)}
    store.replace(f"{folder}/{LAST_CHECKPOINT}", json.dumps(pointer).encode())


def read_checkpoint(store: Store, path: str) -> Iterator[dict[str, Any]]:
    """The actions of a checkpoint, maps as dicts."""
    table = pq.read_table(io.BytesIO(store.read(path) or b""))
    for row in table.to_pylist(maps_as_pydicts="lossy"):
        for kind, value in row.items():
            if value is not None:
                yield {kind: value}


def _pairs(values: Any) -> list[tuple[str, str]]:
    return list(dict(values).items())


def _mapped(metadata: dict[str, Any]) -> dict[str, Any]:
    form = metadata["format"]
    return dict(
        metadata,
        format={"provider": form["provider"], "options": _pairs(form.get("options") or {})},
        configuration=_pairs(metadata.get("configuration") or {}),
    )
