"""The story index made again from the dataset, after the state was lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from newscrawl.dataset.output import Output
from newscrawl.dataset.snapshot import DatasetSnapshot, open_dataset
from newscrawl.dedup import Story, StoryIndex, story_of
from newscrawl.items import Article

WINDOW_ROWS = 50_000  # rows that are sorted by time in memory at once
# what `newscrawl.dedup.story_of` looks at
_COLUMNS = [
    "version_id", "article_id", "canonical_url", "site", "host", "publisher", "country", "title",
    "body", "language", "published_at", "source_name", "source_kind", "origin_url",
    "article_type", "content_hash", "cluster_id",
]  # fmt: skip


def rebuild_stories(output: Output, index: StoryIndex) -> int:
    """Fill the index with what the dataset says, in one transaction; how many stories.

    Call it when `Output.rebuilt` is true, before anything is accepted.
    """
    with output.transaction():
        count = index.rebuild(stored_stories(output.uri))
        output.rebuild_done()
    index.sweep()
    return count


def stored_stories(uri: str) -> Iterator[tuple[Story, str]]:
    """Every version of the dataset with the cluster it belongs to, in order of time.

    The cluster is that of the table ``clusters`` where it has a word on the version, else that of
    the row.
    """
    snapshot = open_dataset(uri)
    latest = _last_word(uri)
    for window in _windows(snapshot):
        table = snapshot.to_table([*_COLUMNS, "fetched_at"], window)
        ordered = table.sort_by([("fetched_at", "ascending"), ("version_id", "ascending")])
        for batch in ordered.to_batches(max_chunksize=1024):
            for row in batch.to_pylist():
                version = row["version_id"]
                yield _story(row), latest.get(version, row["cluster_id"])


def _windows(snapshot: DatasetSnapshot) -> Iterator[pc.Expression]:
    """Filters that part the rows by month and time into pieces that fit in memory."""
    at = pc.field("fetched_at")
    for month in sorted({file.partition["crawl_month"] for file in snapshot.live}):
        here = pc.field("crawl_month") == month
        times = snapshot.to_table(["fetched_at"], here)["fetched_at"].combine_chunks()
        times = pc.take(times, pc.sort_indices(times))
        starts = [times[i].as_py() for i in range(0, len(times), WINDOW_ROWS)]
        for low, high in zip(starts, [*starts[1:], None], strict=True):
            window = here & (at >= pa.scalar(low, times.type))
            yield window if high is None else window & (at < pa.scalar(high, times.type))


def _story(row: dict[str, Any]) -> Story:
    return story_of(Article(**{name: row[name] for name in _COLUMNS}))


def _last_word(uri: str) -> dict[str, str]:
    """The latest cluster of each version in ``clusters``."""
    table = open_dataset(uri, table="clusters").to_table(
        ["version_id", "cluster_id", "assigned_at"]
    )
    ordered = table.sort_by([("assigned_at", "ascending")])
    versions, clusters = ordered["version_id"].to_pylist(), ordered["cluster_id"].to_pylist()
    return dict(zip(versions, clusters, strict=True))
