"""The story index made again from the dataset, after the state was lost."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from newscrawl.dataset.external_sort import sorted_batches
from newscrawl.dataset.output import Output
from newscrawl.dataset.snapshot import open_dataset
from newscrawl.dedup import Story, StoryIndex, story_of
from newscrawl.engines import Staging
from newscrawl.items import Article

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
    name = f"stories-{uuid.uuid4().hex}"
    with Staging(output.state_dir / "staging", name) as held, output.transaction():
        count = index.rebuild(stored_stories(output.uri, held.folder))
        output.rebuild_done()
    index.sweep()
    return count


def stored_stories(uri: str, folder: Path) -> Iterator[tuple[Story, str]]:
    """Every version of the dataset with the cluster it belongs to, in order of time.

    The cluster is that of the table ``clusters`` where it has a word on the version, else that of
    the row. ``folder`` holds what is sorted and does not fit in memory.
    """
    snapshot = open_dataset(uri)
    latest = _last_word(uri)
    for month in sorted({file.partition["crawl_month"] for file in snapshot.live}):
        here = pc.field("crawl_month") == month
        rows = sum(f.rows for f in snapshot.live if f.partition["crawl_month"] == month)
        batches = snapshot.batches([*_COLUMNS, "fetched_at"], here)
        for batch in sorted_batches(batches, ("fetched_at", "version_id"), folder, rows):
            for row in batch.to_pylist():
                version = row["version_id"]
                yield _story(row), latest.get(version, row["cluster_id"])


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
