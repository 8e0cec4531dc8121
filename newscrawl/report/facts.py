"""What a report says of one run, gathered from the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow.compute as pc

from newscrawl.account import Standing, standings
from newscrawl.dataset import NoSuchSnapshot, open_dataset
from newscrawl.items import RunRecord

_NEWEST = 60
_COPIES = 40


@dataclass(frozen=True, slots=True)
class Refused:
    """So many URLs of a site refused for one reason; ``example`` is one of them."""

    site: str
    stage: str
    reason: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Slow:
    """How long a site's answers took, in seconds."""

    site: str
    median: float
    slowest: float
    answers: int


@dataclass(frozen=True, slots=True)
class Stored:
    """An article that the run stored."""

    site: str
    title: str
    url: str
    language: str
    published_at: datetime | None
    fetched_at: datetime
    has_author: bool
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """A story that an article of the run shares with an earlier one."""

    title: str
    first_site: str
    site: str
    kind: str
    overlap: float | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """All that a run's page shows."""

    run_id: str
    records: tuple[RunRecord, ...]  # of this run, one a site
    standings: tuple[Standing, ...]  # of its sites, those that need a look first
    refused: tuple[Refused, ...]  # the commonest first
    slow: tuple[Slow, ...]  # the slowest first
    stored: tuple[Stored, ...]  # the newest first
    copied: tuple[Copied, ...]
    stored_total: int
    at: datetime

    @property
    def began(self) -> datetime:
        """When the run began."""
        return min(record.started_at for record in self.records)

    @property
    def ended(self) -> datetime:
        """When its last site ended."""
        return max(record.finished_at for record in self.records)

    def total(self, name: str) -> int:
        """The sum of a count over the run's sites."""
        return sum(getattr(record, name) or 0 for record in self.records)


def facts_of(
    uri: str, run_id: str, history: Mapping[str, Sequence[RunRecord]], at: datetime
) -> RunFacts:
    """The facts of one run; ``history`` is `newscrawl.account.read_runs` and holds the run.

    Raises:
        NoSuchSnapshot: no site of the history took part in such a run.
    """
    mine = {
        site: [run for run in runs if run.started_at <= _end(runs, run_id)]
        for site, runs in history.items()
        if any(run.run_id == run_id for run in runs)
    }
    if not mine:
        raise NoSuchSnapshot(f"no run {run_id} in {uri}")
    records = [next(run for run in runs if run.run_id == run_id) for runs in mine.values()]
    refused, slow = _fetches(uri, run_id)
    stored, copied, total = _articles(uri, run_id)
    return RunFacts(
        run_id=run_id,
        records=tuple(sorted(records, key=lambda record: record.site)),
        standings=tuple(standings(mine, max(record.finished_at for record in records))),
        refused=tuple(refused),
        slow=tuple(slow),
        stored=tuple(stored),
        copied=tuple(copied),
        stored_total=total,
        at=at,
    )


def _end(runs: Sequence[RunRecord], run_id: str) -> datetime:
    return max(run.started_at for run in runs if run.run_id == run_id)


def _fetches(uri: str, run_id: str) -> tuple[list[Refused], list[Slow]]:
    columns = ["site", "url", "state", "stage", "reason", "seconds"]
    rows = open_dataset(uri, table="fetch_log").to_table(columns, pc.field("run_id") == run_id)
    counts: Counter[tuple[str, str, str]] = Counter()
    examples: dict[tuple[str, str, str], str] = {}
    times: dict[str, list[float]] = {}
    for row in rows.to_pylist():
        if row["state"] == "refused":
            key = (row["site"], row["stage"] or "", row["reason"] or "")
            counts[key] += 1
            examples.setdefault(key, row["url"])
        if row["seconds"] is not None:
            times.setdefault(row["site"], []).append(row["seconds"])
    refused = [Refused(*key, count, examples[key]) for key, count in counts.most_common()]
    slow = [
        Slow(site, sorted(values)[len(values) // 2], max(values), len(values))
        for site, values in times.items()
    ]
    return refused, sorted(slow, key=lambda x: -x.median)


def _articles(uri: str, run_id: str) -> tuple[list[Stored], list[Copied], int]:
    snapshot = open_dataset(uri)
    columns = [
        "site", "title", "url", "language", "published_at", "fetched_at", "authors",
        "quality_flags", "cluster_id", "duplicate_kind", "overlap",
    ]  # fmt: skip
    rows = snapshot.to_table(columns, pc.field("run_id") == run_id).to_pylist()
    copies = [
        row for row in rows if row["duplicate_kind"] and row["duplicate_kind"] != "same_url_version"
    ]
    firsts: dict[str, str] = {}
    if copies:
        wanted = pc.field("version_id").isin(sorted({row["cluster_id"] for row in copies}))
        for row in snapshot.to_table(["version_id", "site"], wanted).to_pylist():
            firsts[row["version_id"]] = row["site"]
    copied = [
        Copied(
            row["title"] or "",
            firsts.get(row["cluster_id"], ""),
            row["site"],
            row["duplicate_kind"],
            row["overlap"],
            row["url"],
        )
        for row in copies
    ]
    rows.sort(key=lambda row: row["published_at"] or row["fetched_at"], reverse=True)
    stored = [
        Stored(
            row["site"],
            row["title"] or "",
            row["url"],
            row["language"] or "und",
            row["published_at"],
            row["fetched_at"],
            bool(row["authors"]),
            tuple(row["quality_flags"] or ()),
        )
        for row in rows[:_NEWEST]
    ]
    return stored, copied[:_COPIES], len(rows)
