"""The story index made again from the dataset, after the state was lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newscrawl.dataset.output import Output
from newscrawl.dataset.snapshot import open_dataset
from newscrawl.dedup import Assignment, DuplicateKind, Story, StoryIndex

_COLUMNS = [
    "version_id", "article_id", "canonical_url", "site", "title", "body", "language",
    "published_at", "source_kind", "content_hash", "cluster_id", "is_primary", "duplicate_kind",
    "duplicate_of", "overlap",
]  # fmt: skip


def rebuild_stories(output: Output, index: StoryIndex) -> int:
    """Fill the index with what the dataset says, in one transaction; how many stories.

    The clusters are those of the table ``clusters`` where it has a word on a version, else those
    of the rows. Call it when `Output.rebuilt` is true, before anything is accepted.
    """
    count = 0
    with output.transaction():
        index.clear()
        for batch in stored_stories(output.uri):
            index.load(batch)
            count += len(batch)
        output.rebuild_done()
    return count


def stored_stories(uri: str) -> Iterator[list[tuple[Story, Assignment]]]:
    """Every version of the dataset with the cluster it belongs to, in batches."""
    latest = _last_word(uri)
    for batch in open_dataset(uri).dataset.to_batches(columns=_COLUMNS, batch_size=2048):
        rows = batch.to_pylist()
        if rows:
            yield [_story(row, latest) for row in rows]


def _story(row: dict[str, Any], latest: dict[str, tuple[str, bool]]) -> tuple[Story, Assignment]:
    version = str(row["version_id"])
    cluster, primary = latest.get(version, (str(row["cluster_id"]), bool(row["is_primary"])))
    kind = row["duplicate_kind"]
    story = Story(
        version_id=version,
        article_id=row["article_id"],
        url=row["canonical_url"],
        site=row["site"],
        title=row["title"],
        text=row["body"],
        lang=row["language"],
        published_at=row["published_at"],
        role=row["source_kind"],
        content_hash=row["content_hash"],
    )
    assignment = Assignment(
        version,
        cluster,
        primary,
        None if kind is None else DuplicateKind(str(kind)),
        row["duplicate_of"],
        row["overlap"],
    )
    return story, assignment


def _last_word(uri: str) -> dict[str, tuple[str, bool]]:
    """Of each version in ``clusters``: its latest cluster, and whether it is the primary copy."""
    table = open_dataset(uri, table="clusters").to_table(
        ["version_id", "cluster_id", "is_primary", "assigned_at"]
    )
    ordered = table.sort_by([("assigned_at", "ascending")])
    columns: list[list[Any]] = [ordered[name].to_pylist() for name in ordered.column_names[:3]]
    return {str(v): (str(c), bool(p)) for v, c, p in zip(*columns, strict=True)}
