"""First stages: the signature of each story, its place in time, and which texts are equal."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pyarrow as pa

from newscrawl.dedup.boilerplate import passages
from newscrawl.dedup.cluster import exact_key
from newscrawl.dedup.fingerprints import fingerprints
from newscrawl.dedup.identity import content_hash
from newscrawl.recluster.plan import BEFORE, Plan
from newscrawl.recluster.shuffle import (
    Numbers,
    in_parts,
    kept,
    numbers,
    read_part,
    write_parts,
    write_table,
)

KEY = pa.binary(16)


def sign(plan: Plan, number: int) -> dict[str, str]:
    """The files of a slice's signatures: meta, text, print, article and passage."""
    stories = list(plan.stories(number))
    before = plan.rows(number, BEFORE)
    rows = pa.array(np.arange(len(stories), dtype=np.int32))
    at = [s.published_at for s in stories]
    meta = pa.table({
        "dateless": pa.array([x is None for x in at]),
        "at": pa.array([0.0 if x is None else x.timestamp() for x in at], pa.float64()),
        "version": pa.array([bytes.fromhex(s.version_id) for s in stories], KEY),
        "article": pa.array([s.article_id for s in stories], pa.string()),
        "site": pa.array([s.site for s in stories], pa.string()),
        "role": pa.array([s.role for s in stories], pa.string()),
        "credit": pa.array([s.credit for s in stories], pa.string()),
        **{f"before_{name}": before[name] for name in BEFORE},
    })  # fmt: skip
    texts = [_key(exact_key(s, s.content_hash or content_hash(s.text))) for s in stories]
    articles = [_key(s.article_id) for s in stories]
    prints = [mark.prints for mark in fingerprints([s.text for s in stories])]
    values = np.concatenate([np.empty(0, dtype=np.uint64), *prints])
    owners = np.repeat(np.arange(len(stories), dtype=np.int32), [len(p) for p in prints])
    marks = [passages(s.text)[1] for s in stories]
    parted = pa.table({
        "row": rows, "site": meta["site"], "article": meta["article"],
        "marks": pa.array([[p.mark for p in own] for own in marks], pa.list_(pa.int64())),
        "chars": pa.array([[p.chars for p in own] for own in marks], pa.list_(pa.int32())),
    })  # fmt: skip
    sites = in_parts([_key(s.site) for s in stories], plan.parts)

    def write(stage: str, table: pa.Table, part: Numbers) -> str:
        return write_parts(plan.folder, stage, table, part, plan.parts)

    return {
        "meta": write_table(plan.folder, "meta", meta),
        "text": write("text", pa.table({"key": pa.array(texts, KEY), "row": rows}),
                      in_parts(texts, plan.parts)),
        "article": write("article", pa.table({"key": pa.array(articles, KEY), "row": rows}),
                         in_parts(articles, plan.parts)),
        "print": write("print", pa.table({"value": values, "row": owners}),
                       (values % np.uint64(plan.parts)).astype(np.int64)),
        "passage": write("passage", parted, sites),
    }  # fmt: skip


def number_stories(plan: Plan) -> tuple[Numbers, Numbers, Numbers]:
    """Place in time of each row of all slices, and slice and row of each place.

    Places count from the oldest story; undated ones come last, and equal times go by version.
    """
    tables = [read_part([path], 0) for path in plan.made["meta"]]
    lengths = [table.num_rows for table in tables]
    dateless = np.concatenate([t["dateless"].to_numpy() for t in tables])
    at = np.concatenate([t["at"].to_numpy() for t in tables])
    version = np.concatenate([
        np.array(t["version"].to_pylist(), dtype="S16") for t in tables
    ])  # fmt: skip
    order = np.lexsort((version, at, dateless))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    slices = np.repeat(np.arange(len(lengths)), lengths)
    rows = np.concatenate([np.arange(n) for n in lengths])
    return place, slices[order], rows[order]


def places(plan: Plan, number: int) -> Numbers:
    """The place in time of each row of a slice."""
    begin, end = kept(plan.folder, "starts")[number : number + 2]
    return np.asarray(kept(plan.folder, "places")[begin:end])


def placed(plan: Plan, stage: str, part: int) -> pa.Table:
    """A part of a stage's rows with ``place`` in place of slice and row."""
    found = []
    for number, path in enumerate(plan.made[stage]):
        table = read_part([path], part)
        own = places(plan, number)[numbers(table, "row")]
        found.append(table.drop(["row"]).append_column("place", pa.array(own)))
    return pa.concat_tables(found)


def find_heads(plan: Plan, part: int) -> str:
    """Copies of a text, each with the first story that has it: (place, head)."""
    table = placed(plan, "text", part)
    place = numbers(table, "place")
    key = np.array(table["key"].to_pylist(), dtype="S16") if len(place) else np.empty(0, "S16")
    order = np.lexsort((place, key))
    place, key = place[order], key[order]
    first = np.ones(len(key), dtype=np.bool_)
    first[1:] = key[1:] != key[:-1]
    head = place[first][np.cumsum(first) - 1] if len(key) else place
    copies = pa.table({"place": place[~first], "head": head[~first]})
    return write_table(plan.folder, "head", copies)


def _key(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
