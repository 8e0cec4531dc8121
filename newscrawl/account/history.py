"""What earlier runs said of a site, from the table ``runs``."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import datetime, timedelta

import pyarrow.compute as pc

from newscrawl.account.verdict import Judgement
from newscrawl.dataset import NoSuchSnapshot, open_dataset
from newscrawl.items import RunRecord

_CLOCK_SKEW = timedelta(hours=1)
_SAW = frozenset({Judgement.OK, Judgement.DEGRADED, Judgement.SILENT})


def read_runs(
    uri: str, *, since: datetime | None = None, until: datetime | None = None
) -> dict[str, list[RunRecord]]:
    """The rows of ``runs`` by site, the oldest first; nothing where there is no dataset yet.

    Rows that lie in the future of ``until`` were written by a clock that was wrong, and are left.
    """
    try:
        snapshot = open_dataset(uri, table="runs")
    except NoSuchSnapshot:
        return {}
    wanted = None
    if since is not None:
        wanted = pc.field("started_at") >= pc.scalar(since)
    if until is not None:
        before = pc.field("started_at") <= pc.scalar(until + _CLOCK_SKEW)
        wanted = before if wanted is None else wanted & before
    names = [field.name for field in dataclasses.fields(RunRecord)]
    kept = [name for name in names if name in snapshot.schema.names]
    history: dict[str, list[RunRecord]] = {}
    for row in snapshot.to_table(columns=kept, filter=wanted).to_pylist():
        history.setdefault(row["site"], []).append(RunRecord(**row))
    for runs in history.values():
        runs.sort(key=lambda run: (run.started_at, run.run_id))
    return history


def looked(run: RunRecord) -> bool:
    """Whether a run saw what the site had: it read a source, or was told that none had changed.

    A run over archives asked the site for nothing, so it says nothing of it; nor does one that
    only looked again at articles that were known.
    """
    if run.sources_read is not None:
        saw = run.sources_read > 0
    else:  # older rows do not tell
        saw = bool(run.found or run.not_modified or run.verdict == Judgement.SILENT)
    return bool(run.requests) and run.verdict in _SAW and saw


def last_good(runs: Iterable[RunRecord]) -> RunRecord | None:
    """The latest run that saw what the site had and missed nothing of it for a passing reason."""
    good = [run for run in runs if run.verdict == Judgement.OK and looked(run)]
    return max(good, key=lambda run: run.started_at, default=None)
