"""What the tasks of a reclustering share: where the rows are, and into how many parts they go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.dataset as pads

from newscrawl.dataset import DatasetSnapshot
from newscrawl.dedup import Story, story_of
from newscrawl.items import Article
from newscrawl.schema import TABLES

SLICE_ROWS = 16_384  # rows that one task reads, about
# what `newscrawl.dedup.story_of` looks at
STORY = (
    "version_id", "article_id", "canonical_url", "site", "host", "publisher", "country", "title",
    "body", "language", "published_at", "source_name", "source_kind", "origin_url",
    "article_type", "content_hash",
)  # fmt: skip
BEFORE = ("cluster_id", "is_primary", "duplicate_kind", "duplicate_of")


@dataclass(frozen=True, slots=True)
class Slice:
    """Row groups of files of a table: what one task reads. ``files`` are (path, groups)."""

    number: int
    files: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """``folder`` is where stages leave what the next ones read; all workers see it.

    ``made`` are the files of earlier stages by stage.
    """

    uri: str
    filesystem: Any
    folder: str
    slices: tuple[Slice, ...]
    parts: int
    made: dict[str, tuple[str, ...]]

    def rows(self, number: int, columns: tuple[str, ...]) -> pa.Table:
        """Columns of the rows of a slice, always in the same order."""
        return read_slice(self.filesystem, "articles", self.slices[number], columns)

    def stories(self, number: int) -> Iterator[Story]:
        """The stories of a slice."""
        for batch in self.rows(number, STORY).to_batches(max_chunksize=1024):
            for row in batch.to_pylist():
                yield story_of(Article(**row))


def read_slice(filesystem: Any, table: str, part: Slice, columns: tuple[str, ...]) -> pa.Table:
    """Columns of a slice; a file of an earlier schema has nulls for what it lacks."""
    form, schema = pads.ParquetFileFormat(), TABLES[table].arrow
    found = []
    for path, groups in part.files:
        fragment = form.make_fragment(path, filesystem=filesystem, row_groups=list(groups))
        found.append(fragment.to_table(schema=schema, columns=list(columns)))
    return pa.concat_tables(found)


def slices_of(snapshot: DatasetSnapshot, rows: int = SLICE_ROWS) -> tuple[Slice, ...]:
    """The rows of a snapshot in slices of about so many rows."""
    out: list[Slice] = []
    files: dict[str, list[int]] = {}
    held = 0
    for fragment in snapshot.dataset.get_fragments():
        for group in fragment.row_groups:
            if files and held + group.num_rows > rows:
                out.append(_slice(len(out), files))
                files, held = {}, 0
            files.setdefault(fragment.path, []).append(group.id)
            held += group.num_rows
    if files:
        out.append(_slice(len(out), files))
    return tuple(out)


def _slice(number: int, files: dict[str, list[int]]) -> Slice:
    return Slice(number, tuple((path, tuple(groups)) for path, groups in files.items()))
