"""Last stages: stories that hang together are grouped, and what changed is written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from newscrawl.dataset import write_rows
from newscrawl.dedup import Match, Overlap, Story
from newscrawl.dedup.cluster import assigned
from newscrawl.items import ClusterRecord
from newscrawl.recluster.plan import Plan, Slice, read_slice
from newscrawl.recluster.shuffle import Numbers, in_parts, kept, numbers, read_part, write_parts
from newscrawl.recluster.signatures import places

_WORDS = ("version_id", "cluster_id", "is_primary", "kind", "duplicate_of", "assigned_at")


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file of new rows (None: none), and what is in it."""

    path: str | None
    stories: int
    clusters: int
    changed: int


@dataclass(frozen=True, slots=True)
class Finish:
    """What the last stage needs beside the plan."""

    plan: Plan
    job_id: str
    at: datetime


def components(count: int, first: Numbers, second: Numbers) -> Numbers:
    """The smallest story that each story hangs together with, over links of pairs.

    Labels go along the links and are shortened to their ends, until nothing changes (Shiloach and
    Vishkin 1982): a few passes over the links, whatever their number.
    """
    label = np.arange(count, dtype=np.int64)
    while True:
        low = np.minimum(label[first], label[second])
        before = label.copy()
        # the labels' own labels as well, so that two groups grow together at once
        np.minimum.at(label, label[first], low)
        np.minimum.at(label, label[second], low)
        np.minimum.at(label, first, low)
        np.minimum.at(label, second, low)
        while not np.array_equal(shorter := label[label], label):
            label = shorter
        if np.array_equal(label, before):
            return label


def deal(plan: Plan, number: int) -> str:
    """What is known of the stories of a slice, by the part that groups them."""
    own = places(plan, number)
    meta = read_part([plan.made["meta"][number]], 0).drop(["dateless", "at"])
    meta = meta.append_column("place", pa.array(own))
    part = kept(plan.folder, "component")[own] % plan.parts
    return write_parts(plan.folder, "dealt", meta, part, plan.parts)


def group(plan: Plan, part: int) -> str:
    """The assignments of the stories of a part, by version, beside those of their rows."""
    table = read_part(plan.made["dealt"], part).sort_by("place")
    place = numbers(table, "place")
    heads = np.searchsorted(place, kept(plan.folder, "heads")[place])
    stories = [
        Story(row["version"].hex(), row["article"], "", row["site"], "", "", role=row["role"],
              credit=row["credit"])
        for row in table.select(["version", "article", "site", "role", "credit"]).to_pylist()
    ]  # fmt: skip
    distinct = place[heads == np.arange(len(heads))]
    found = assigned(stories, heads.tolist(), _matches(plan, part, distinct))
    out = pa.table({
        "version": table["version"],
        "cluster_id": pa.array([a.cluster_id for a in found], pa.string()),
        "is_primary": pa.array([a.is_primary for a in found], pa.bool_()),
        "kind": pa.array([None if a.kind is None else str(a.kind) for a in found], pa.string()),
        "duplicate_of": pa.array([a.duplicate_of for a in found], pa.string()),
        "overlap": pa.array([a.overlap for a in found], pa.float64()),
        **{n: table[n] for n in table.column_names if n.startswith("before_")},
    })  # fmt: skip
    versions = in_parts(table["version"].to_pylist(), plan.parts)
    return write_parts(plan.folder, "grouped", out, versions, plan.parts)


def _matches(plan: Plan, part: int, distinct: Numbers) -> list[Match]:
    table = read_part(plan.made["linked"], part)
    first = np.searchsorted(distinct, numbers(table, "first")).tolist()
    second = np.searchsorted(distinct, numbers(table, "second")).tolist()
    values = zip(*(table[field.name].to_pylist() for field in fields(Overlap)), strict=True)
    return [
        Match(a, b, Overlap(*overlap)) for a, b, overlap in zip(first, second, values, strict=True)
    ]


def last_words(plan: Plan, words: Slice) -> str:
    """What a slice of the table ``clusters`` says, by version."""
    table = read_slice(plan.filesystem, "clusters", words, _WORDS)
    versions = [bytes.fromhex(v) for v in table["version_id"].to_pylist()]
    return write_parts(plan.folder, "word", table, in_parts(versions, plan.parts), plan.parts)


def finish(shared: Finish, part: int) -> Written:
    """Write the assignments of a part that are another than the dataset's last word."""
    plan = shared.plan
    table = read_part(plan.made["grouped"], part).sort_by("version")
    last = {}
    if plan.made["word"]:
        words = read_part(plan.made["word"], part).sort_by("assigned_at")
        for row in words.to_pylist():
            last[row["version_id"]] = tuple(row[name] for name in _WORDS[1:5])
    records = []
    for row in table.to_pylist():
        version = row["version"].hex()
        now = (row["cluster_id"], row["is_primary"], row["kind"], row["duplicate_of"])
        before = last.get(version) or (
            row["before_cluster_id"], row["before_is_primary"], row["before_duplicate_kind"],
            row["before_duplicate_of"],
        )  # fmt: skip
        if now != before:
            records.append(
                ClusterRecord(
                    version_id=version,
                    cluster_id=row["cluster_id"],
                    is_primary=row["is_primary"],
                    kind=row["kind"],
                    duplicate_of=row["duplicate_of"],
                    overlap=row["overlap"],
                    assigned_at=shared.at,
                    job_id=shared.job_id,
                )
            )
    # a cluster is named by its first version, so each is counted once
    own = pc.equal(table["cluster_id"], pa.array([v.hex() for v in table["version"].to_pylist()],
                                                pa.string()))  # fmt: skip
    clusters = pc.sum(own).as_py() or 0
    if not records:
        return Written(None, table.num_rows, clusters, 0)
    path = Path(plan.folder) / f"clusters-{part}-{uuid.uuid4().hex}.parquet"
    write_rows(path, "clusters", records)
    return Written(str(path), table.num_rows, clusters, len(records))
