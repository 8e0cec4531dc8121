"""Reading: a table of an output as it was at one commit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from newscrawl.dataset.delta_log import DataFile, DeltaLog, LogState
from newscrawl.dataset.errors import NoSuchSnapshot
from newscrawl.dataset.parquet_files import stats_of_file
from newscrawl.dataset.replaced import stand_ins
from newscrawl.dataset.store import Store, open_store
from newscrawl.schema import TABLES, Table

if TYPE_CHECKING:
    import duckdb
    import pyarrow.dataset as pads


@dataclass(frozen=True, slots=True)
class DatasetSnapshot:
    """One version of a table: exactly the files that were live at that commit.

    Files never change, so a snapshot reads the same for as long as vacuum keeps its files (7 days
    after compaction replaced them).
    """

    uri: str
    table: str
    version: int
    dataset: pads.Dataset
    live: tuple[DataFile, ...]

    @property
    def schema(self) -> pa.Schema:
        """The columns, the partition column last."""
        return self.dataset.schema

    @property
    def files(self) -> list[str]:
        """Where the live files are."""
        return [f"{self.uri}/{self.table}/{file.path}" for file in self.live]

    def count(self, filter: pc.Expression | None = None) -> int:
        """Rows; without a filter from the log alone."""
        if filter is None:
            return sum(file.rows for file in self.live)
        return int(self.dataset.count_rows(filter=filter))

    def to_table(
        self,
        columns: list[str] | None = None,
        filter: pc.Expression | None = None,
    ) -> pa.Table:
        """The rows, or some columns of those that pass a filter."""
        return self.dataset.to_table(columns=columns, filter=filter)

    def batches(
        self,
        columns: list[str] | None = None,
        filter: pc.Expression | None = None,
        *,
        rows: int = 4096,
    ) -> Iterator[pa.RecordBatch]:
        """The same piece by piece, file after file, so that memory stays bounded.

        A piece holds at most ``rows`` rows.
        """
        yield from self.dataset.to_batches(
            columns=columns,
            filter=filter,
            batch_size=rows,
            batch_readahead=1,
            fragment_readahead=1,
        )

    def to_duckdb(self, connection: duckdb.DuckDBPyConnection, name: str | None = None) -> None:
        """Register the snapshot as a view of a DuckDB connection (by default under its name)."""
        connection.register(name or self.table, self.dataset)


def open_dataset(
    uri: str | Path, version: int | None = None, table: str = "articles"
) -> DatasetSnapshot:
    """A table of an output, as it is now or as it was at an earlier version.

    Raises:
        NoSuchSnapshot: there is no such output, table or version.
    """
    if table not in TABLES:
        raise NoSuchSnapshot(f"no table {table!r}; there are {', '.join(TABLES)}")
    store = open_store(str(uri))
    log = DeltaLog(store, TABLES[table])
    if not log.exists():
        raise NoSuchSnapshot(f"{uri} holds no newscrawl dataset (no {table}/_delta_log)")
    if version is None:
        return snapshot_of(store, TABLES[table], log.update())
    state = log.at(version)
    if table == "articles":
        _after_takedowns(store, state)
    return snapshot_of(store, TABLES[table], state)


def snapshot_of(store: Store, table: Table, state: LogState) -> DatasetSnapshot:
    """The snapshot of a log's state."""
    # loads pandas where it is installed: a fifth of a second, which workers and crawls do not need
    import pyarrow.dataset as pads

    schema = table.arrow
    if table.partition:
        schema = schema.append(pa.field(table.partition, pa.string()))
    live = tuple(sorted(state.files.values(), key=lambda file: file.path))
    form = pads.ParquetFileFormat()
    fragments = [
        form.make_fragment(
            store.locate(f"{table.name}/{file.path}"),
            filesystem=store.filesystem,
            partition_expression=_expression(file.partition),
        )
        for file in live
    ]
    dataset = pads.FileSystemDataset(fragments, schema, form, store.filesystem)
    return DatasetSnapshot(store.root, table.name, state.version, dataset, live)


def _after_takedowns(store: Store, state: LogState) -> None:
    for old, new in stand_ins(store, list(state.files)).items():
        file = state.files.pop(old)
        if new is not None:
            path = f"articles/{new}"
            stats = stats_of_file(store, path)
            size = store.size(path) or 0
            state.files[new] = replace(
                file, path=new, size=size, rows=stats.rows, stats=stats.stats, sha256=""
            )


def _expression(partition: Any) -> pc.Expression:
    expression = pc.scalar(True)
    for name, value in partition.items():
        expression = expression & (pc.field(name) == pc.scalar(value))
    return expression
