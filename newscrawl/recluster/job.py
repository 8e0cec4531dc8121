"""The driver of a reclustering: stage after stage, then one commit.

signatures -> places in time, equal texts -> candidate pairs by print -> boilerplate by site ->
texts to the slices that compare them -> comparison -> components -> grouping -> what changed.

The driver holds numbers only: of each story some 60 bytes, of each match some 100. Texts are in the
memory of workers, a slice at a time. The result is that of `newscrawl.dedup.cluster` over all
stories at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from newscrawl.dataset import DatasetSnapshot, Output, adopt_files, open_dataset, rebuild_stories
from newscrawl.dedup import StoryIndex
from newscrawl.engines import Executor, Staging, results
from newscrawl.recluster import comparison, grouping, signatures
from newscrawl.recluster.plan import SLICE_ROWS, Plan, slices_of
from newscrawl.recluster.shuffle import numbers, read_part, save, write_parts, write_table

_PART_ROWS = 65_536  # stories a part, about


@dataclass(frozen=True, slots=True)
class Reclustered:
    """What a reclustering came to."""

    stories: int  # versions looked at
    clusters: int  # stories that they tell
    changed: int  # versions whose cluster, kind or primary is another than before


def recluster(
    output: Output,
    index: StoryIndex,
    job_id: str,
    executor: Executor,
    *,
    staging: str | None = None,
    slice_rows: int = SLICE_ROWS,
) -> Reclustered:
    """Group the whole dataset anew, without regard to the order in which it came.

    Writes to ``clusters`` only what is another than its last word, in one commit, and fills the
    index with the result, so that later copies join the right cluster. ``staging`` is a folder that
    all workers see, by default one in the state.

    Raises:
        newscrawl.engines.TaskFailed: a task did not come to its end; nothing was changed.
        newscrawl.dataset.OutputUnwritable: the disk is full or failing.
    """
    output.flush(force=True)
    snapshot, words = open_dataset(output.uri), open_dataset(output.uri, table="clusters")
    parent = Path(staging) if staging is not None else output.state_dir / "staging"
    with Staging(parent, job_id) as held:
        folder = str(held.folder.absolute())
        written = _stages(snapshot, words, executor, folder, slice_rows, job_id, output)
        files = [Path(one.path) for one in written if one.path is not None]
        adopt_files(output, "clusters", files, job_id)
    rebuild_stories(output, index)
    return Reclustered(
        sum(one.stories for one in written),
        sum(one.clusters for one in written),
        sum(one.changed for one in written),
    )


def _stages(
    snapshot: DatasetSnapshot,
    words: DatasetSnapshot,
    executor: Executor,
    folder: str,
    slice_rows: int,
    job_id: str,
    output: Output,
) -> list[grouping.Written]:
    slices = slices_of(snapshot, slice_rows)
    if not slices:
        return []
    parts = max(2, min(4096, -(-snapshot.count() // min(_PART_ROWS, slice_rows))))
    filesystem = snapshot.dataset.filesystem
    stage = _Stages(executor, Plan(output.uri, filesystem, folder, slices, parts, {}))
    every_slice, every_part = range(len(slices)), range(parts)
    stage.run_many(signatures.sign, every_slice)
    place, where, rows = signatures.number_stories(stage.plan)
    lengths = np.bincount(where, minlength=len(slices))
    save(folder, "places", place)
    save(folder, "slices", where)
    save(folder, "rows", rows)
    save(folder, "starts", np.concatenate(([0], np.cumsum(lengths))))
    heads = np.arange(len(place))
    del place, where, rows
    stage.run("head", signatures.find_heads, every_part)
    for path in stage.plan.made["head"]:
        copies = read_part([path], 0)
        heads[numbers(copies, "place")] = numbers(copies, "head")
    save(folder, "heads", heads)
    stage.run_many(comparison.find_candidates, every_part)
    involved = np.zeros(len(heads), dtype=np.bool_)
    for path in stage.plan.made["involved"]:
        involved[numbers(read_part([path], 0), "place")] = True
    save(folder, "involved", involved)
    stage.run("boilerplate", comparison.learn_boilerplate, every_part)
    # a few thousand sites print some marks each: all of them in one table
    stage.keep("boilerplate", [read_part(stage.plan.made["boilerplate"], 0)])
    stage.run("served", comparison.serve, every_slice)
    stage.run("match", comparison.compare_pairs, every_slice)
    matches = read_part(stage.plan.made["match"], 0)
    first, second = numbers(matches, "first"), numbers(matches, "second")
    copies_at = np.flatnonzero(heads != np.arange(len(heads)))
    component = grouping.components(
        len(heads),
        np.concatenate((first, heads[copies_at])),
        np.concatenate((second, copies_at)),
    )
    save(folder, "component", component)
    linked = write_parts(folder, "linked", matches, component[first] % parts, parts)
    stage.plan = replace(stage.plan, made={**stage.plan.made, "linked": (linked,)})
    stage.run("dealt", grouping.deal, every_slice)
    stage.run("grouped", grouping.group, every_part)
    stage.run("word", grouping.last_words, slices_of(words, slice_rows))
    last = grouping.Finish(stage.plan, job_id, output.clock())
    return list(results(executor.run(grouping.finish, last, every_part)))


class _Stages:
    """Runs one stage after another and remembers what they made."""

    def __init__(self, executor: Executor, plan: Plan) -> None:
        self._executor, self.plan = executor, plan

    def run(self, name: str, task: Callable[[Plan, Any], str], over: Iterable[Any]) -> None:
        """A stage whose tasks make one file each."""
        made = tuple(results(self._executor.run(task, self.plan, over)))
        self.plan = replace(self.plan, made={**self.plan.made, name: made})

    def run_many(self, task: Callable[[Plan, Any], dict[str, str]], over: Iterable[Any]) -> None:
        """A stage whose tasks make several files each, by name."""
        made = list(results(self._executor.run(task, self.plan, over)))
        named = {name: tuple(one[name] for one in made) for name in made[0]}
        self.plan = replace(self.plan, made={**self.plan.made, **named})

    def keep(self, name: str, tables: list[pa.Table]) -> None:
        """Put tables in place of what a stage made."""
        files = tuple(write_table(self.plan.folder, name, table) for table in tables)
        self.plan = replace(self.plan, made={**self.plan.made, name: files})
