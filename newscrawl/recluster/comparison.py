"""Middle stages: which stories may be one, what a site prints around all of them, and which are."""

from __future__ import annotations

from dataclasses import astuple, fields
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from newscrawl.dedup import Overlap, Story
from newscrawl.dedup.boilerplate import Passage, recurring
from newscrawl.dedup.cluster import matched, neighbours
from newscrawl.recluster.plan import Plan
from newscrawl.recluster.shuffle import kept, numbers, read_part, write_parts, write_table
from newscrawl.recluster.signatures import placed, places

_TEXT = ("article_id", "site", "title", "body", "published_at")
_TYPES: dict[str, pa.DataType] = {"bool": pa.bool_(), "int": pa.int64(), "float": pa.float64()}


def find_candidates(plan: Plan, part: int) -> dict[str, str]:
    """Pairs worth comparing, of the prints and articles of one part.

    ``pair`` holds them by the slice of the later story; ``want`` the earlier stories by their own
    slice, with the slice that wants their text; ``involved`` all of them.
    """
    heads = kept(plan.folder, "heads")
    blocks = [np.empty((0, 2), dtype=np.int64)]
    for stage, column in (("print", "value"), ("article", "key")):
        table = placed(plan, stage, part)
        place = numbers(table, "place")
        values = table[column].to_numpy()
        if stage == "article" and len(place):
            _, values = np.unique(np.array(values.tolist(), dtype="S16"), return_inverse=True)
        distinct = heads[place] == place
        values, owner = values[distinct].astype(np.uint64), place[distinct]
        order = np.lexsort((owner, values))
        blocks += neighbours(values[order], owner[order])
    pairs = np.unique(np.concatenate(blocks), axis=0)
    where = kept(plan.folder, "slices")
    early, late = where[pairs[:, 0]], where[pairs[:, 1]]
    slices = len(plan.slices)
    pair = pa.table({"first": pairs[:, 0], "second": pairs[:, 1]})
    want = pa.table({"place": pairs[:, 0], "slice": late})
    return {
        "pair": write_parts(plan.folder, "pair", pair, late, slices),
        "want": write_parts(plan.folder, "want", want, early, slices),
        "involved": write_table(plan.folder, "involved", pa.table({"place": np.unique(pairs)})),
    }


def learn_boilerplate(plan: Plan, part: int) -> str:
    """The marks of the passages that recur on the sites of one part."""
    table = placed(plan, "passage", part)
    table = table.filter(pa.array(kept(plan.folder, "involved")[numbers(table, "place")]))
    known = recurring(
        (row["site"], row["article"], [Passage(*p) for p in zip(row["marks"], row["chars"],
                                                               strict=True)])
        for batch in table.to_batches(max_chunksize=1024) for row in batch.to_pylist()
    )  # fmt: skip
    flat = [(site, mark) for site in sorted(known) for mark in sorted(known[site])]
    found = pa.table({
        "site": pa.array([site for site, _ in flat], pa.string()),
        "mark": pa.array([mark for _, mark in flat], pa.int64()),
    })  # fmt: skip
    return write_table(plan.folder, "boilerplate", found)


def serve(plan: Plan, number: int) -> str:
    """The texts of a slice that other slices want, by the slice that wants them."""
    want = read_part(plan.made["want"], number)
    both = np.unique(np.stack((numbers(want, "slice"), numbers(want, "place")), axis=1), axis=0)
    both = both[both[:, 0] != number]
    rows = kept(plan.folder, "rows")[both[:, 1]]
    texts = plan.rows(number, _TEXT) if len(rows) else plan.rows(number, _TEXT).slice(0, 0)
    sent = texts.take(pa.array(rows)).append_column("place", pa.array(both[:, 1]))
    return write_parts(plan.folder, "served", sent, both[:, 0], len(plan.slices))


def compare_pairs(plan: Plan, number: int) -> str:
    """Which pairs, whose later story is of this slice, are one story."""
    table = read_part(plan.made["pair"], number)
    pairs = np.stack((numbers(table, "first"), numbers(table, "second")), axis=1)
    pairs = np.unique(pairs, axis=0)
    stories: dict[int, Story] = {}
    if len(pairs):
        own = places(plan, number)
        wanted = np.flatnonzero(np.isin(own, pairs))
        here = plan.rows(number, _TEXT).take(pa.array(wanted))
        _take(stories, here.append_column("place", pa.array(own[wanted])))
        _take(stories, read_part(plan.made["served"], number))
    known = _known(plan, {story.site for story in stories.values()})
    matches = matched(stories, pairs, known)
    names = [field.name for field in fields(Overlap)]
    columns: dict[str, Any] = {
        "first": pa.array([m.first for m in matches], pa.int64()),
        "second": pa.array([m.second for m in matches], pa.int64()),
    }
    values = list(zip(*(astuple(m.overlap) for m in matches), strict=True)) or [()] * len(names)
    for field, column in zip(fields(Overlap), values, strict=True):
        columns[field.name] = pa.array(column, _TYPES[str(field.type)])
    return write_table(plan.folder, "match", pa.table(columns))


def _take(stories: dict[int, Story], table: pa.Table) -> None:
    for batch in table.to_batches(max_chunksize=1024):
        for row in batch.to_pylist():
            at: datetime | None = row["published_at"]
            stories[row["place"]] = Story(
                version_id="", article_id=row["article_id"], url="", site=row["site"],
                title=row["title"], text=row["body"],
                published_at=at.astimezone(UTC) if at else None,
            )  # fmt: skip


def _known(plan: Plan, sites: set[str]) -> dict[str, set[int]]:
    known: dict[str, set[int]] = {}
    wanted = pa.array(sorted(sites), pa.string())
    table = read_part(plan.made["boilerplate"], 0)
    table = table.filter(pa.compute.is_in(table["site"], value_set=wanted))
    for site, mark in zip(table["site"].to_pylist(), table["mark"].to_pylist(), strict=True):
        known.setdefault(site, set()).add(mark)
    return known
