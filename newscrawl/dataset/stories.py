"""The story index made again from the dataset, after the state was lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from newscrawl.dataset.output import Output
from newscrawl.dataset.snapshot import DatasetSnapshot, open_dataset
from newscrawl.dedup import Story, StoryIndex, cluster, story_of
from newscrawl.items import Article, ClusterRecord

_GROUP = 5000
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


@dataclass(frozen=True, slots=True)
class Reclustered:
    """What a reclustering came to."""

    stories: int  # versions looked at
    clusters: int  # stories that they tell
    changed: int  # versions whose cluster, kind or primary is another than before


def recluster(output: Output, index: StoryIndex, job_id: str) -> Reclustered:
    """Group the whole dataset anew, without regard to the order in which it came.

    Writes to ``clusters`` only what is another than its last word, and fills the index with the
    result, so that later copies join the right cluster. Holds the texts of the dataset in memory.
    """
    output.flush(force=True)
    stories = [story for story, _ in stored_stories(output.uri)]
    before = _assignments(output.uri)
    found = cluster(stories)
    at = output.clock()
    records = [
        ClusterRecord(
            version_id=x.version_id,
            cluster_id=x.cluster_id,
            is_primary=x.is_primary,
            kind=x.kind,
            duplicate_of=x.duplicate_of,
            overlap=x.overlap,
            assigned_at=at,
            job_id=job_id,
        )
        for x in found
        if before.get(x.version_id) != (x.cluster_id, x.is_primary, x.kind, x.duplicate_of)
    ]
    for start in range(0, len(records), _GROUP):
        with output.transaction() as tx:
            refused = tx.add_clusters(records[start : start + _GROUP])
            assert not refused, refused[:1]
    output.flush(force=True)
    rebuild_stories(output, index)
    return Reclustered(len(stories), len({x.cluster_id for x in found}), len(records))


def _assignments(uri: str) -> dict[str, tuple[str, bool, str | None, str | None]]:
    """Cluster, primary, kind and match of each version: the last word of the dataset."""
    names = ["version_id", "cluster_id", "is_primary", "duplicate_kind", "duplicate_of"]
    last = {
        row["version_id"]: tuple(row[x] for x in names[1:])
        for row in open_dataset(uri).to_table(names).to_pylist()
    }
    names[3] = "kind"
    words = open_dataset(uri, table="clusters").to_table([*names, "assigned_at"])
    for row in words.sort_by([("assigned_at", "ascending")]).to_pylist():
        last[row["version_id"]] = tuple(row[x] for x in names[1:])
    return last


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
