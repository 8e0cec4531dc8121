"""How the Parquet files are written.

zstd, row groups of 16k rows, pages of 256 KiB with index and checksums, Bloom filters on the
columns that look-ups use, dictionaries only where values repeat (a dictionary of bodies would be
built and thrown away for every row group).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from newscrawl.dataset.store import Store
from newscrawl.schema import Table

ROW_GROUP = 16_384
PAGE_BYTES = 256 * 1024
HOT_LEVEL = 3
COMPACT_LEVEL = 6

_BLOOM = {"articles": ("article_id", "canonical_url")}
# columns whose values are nearly all different: no dictionary
_UNIQUE = {
    "article_id", "version_id", "previous_version_id", "url", "requested_url", "canonical_url",
    "publisher_article_id", "origin_url", "title", "standfirst", "description", "body",
    "content_hash", "cluster_id", "duplicate_of", "etag", "raw_sha256", "final_url", "detail",
    "published_raw", "modified_raw",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileStats:
    """What a finished file holds: rows, and statistics as Delta's ``stats`` JSON."""

    rows: int
    stats: str


def write_parquet(
    path: Path,
    table: Table,
    batches: Iterable[pa.RecordBatch],
    *,
    expected: int,
    level: int = HOT_LEVEL,
) -> int:
    """Write batches of a table's schema to one file; memory is bounded by one row group.

    ``expected`` is about how many rows there are; it only sizes the Bloom filters.

    Returns:
        How many rows were written.

    Raises:
        OSError: the disk is full or failing.
    """
    schema = table.arrow
    rows = held = 0
    pending: list[pa.RecordBatch] = []
    with pq.ParquetWriter(path, schema, **_options(table, level, expected)) as writer:
        for batch in batches:
            rows += batch.num_rows
            held += batch.num_rows
            pending.append(batch)
            while held >= ROW_GROUP:
                group = pa.Table.from_batches(pending, schema)
                writer.write_table(group.slice(0, ROW_GROUP), row_group_size=ROW_GROUP)
                rest = group.slice(ROW_GROUP)
                pending, held = rest.to_batches(), rest.num_rows
        if held:
            writer.write_table(pa.Table.from_batches(pending, schema), row_group_size=ROW_GROUP)
    return rows


def stats_of_file(store: Store, path: str) -> FileStats:
    """The statistics of a file, from its footer.

    ``numRecords`` is what lets readers count without opening the file; the range of sites lets
    them leave files out.
    """
    metadata = pq.read_metadata(store.locate(path), filesystem=store.filesystem)
    stats: dict[str, Any] = {"numRecords": metadata.num_rows}
    ranges = [_site_range(metadata.row_group(i)) for i in range(metadata.num_row_groups)]
    known = [r for r in ranges if r is not None]
    if known and len(known) == len(ranges):
        stats["minValues"] = {"site": min(low for low, _ in known)}
        stats["maxValues"] = {"site": max(high for _, high in known)}
        stats["nullCount"] = {"site": 0}
    text = json.dumps(stats, separators=(",", ":"), ensure_ascii=False)
    return FileStats(metadata.num_rows, text)


def conform_batch(batch: pa.RecordBatch, table: Table) -> pa.RecordBatch:
    """A batch of an earlier schema version with the columns of today, new ones null or empty."""
    columns = []
    for field in table.arrow:
        index = batch.schema.get_field_index(field.name)
        if index >= 0:
            column = batch.column(index).cast(field.type)
        else:
            column = pa.nulls(batch.num_rows, field.type)
        if column.null_count and pa.types.is_list(field.type):
            filled = [value or [] for value in column.to_pylist()]
            column = pa.array(filled, field.type)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=table.arrow)


def _options(table: Table, level: int, expected: int) -> dict[str, Any]:
    schema = table.arrow
    repeating = [c.name for c in table.columns if c.name not in _UNIQUE]
    options: dict[str, Any] = {
        "compression": "zstd",
        "compression_level": level,
        "use_dictionary": [p for n in repeating for p in _leaves(n, schema.field(n).type)],
        "data_page_size": PAGE_BYTES,
        "write_page_index": True,
        "write_page_checksum": True,
    }
    bloom = _BLOOM.get(table.name)
    if bloom:
        sizes = {"ndv": max(1, min(ROW_GROUP, expected)), "fpp": 0.02}
        options["bloom_filter_options"] = dict.fromkeys(bloom, sizes)
    return options


def _leaves(prefix: str, type_: pa.DataType) -> list[str]:
    """Parquet's dotted leaf paths of a column."""
    if pa.types.is_list(type_):
        return _leaves(f"{prefix}.list.element", type_.value_type)
    if pa.types.is_struct(type_):
        return [p for f in type_.fields for p in _leaves(f"{prefix}.{f.name}", f.type)]
    return [prefix]


def _site_range(group: pq.RowGroupMetaData) -> tuple[str, str] | None:
    for index in range(group.num_columns):
        column = group.column(index)
        if column.path_in_schema == "site":
            found = column.statistics
            return (found.min, found.max) if found is not None and found.has_min_max else None
    return None
