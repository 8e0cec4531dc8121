"""The summary of a run: one line a site, and the sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newscrawl.account.ledger import SiteLedger, State
from newscrawl.account.verdict import Verdict
from newscrawl.items import RunRecord


def run_record(
    ledger: SiteLedger,
    verdict: Verdict,
    *,
    finished_at: datetime,
    config_hash: str,
    code_version: str,
) -> RunRecord:
    """The row of the table ``runs`` for one site."""
    return RunRecord(
        run_id=ledger.run_id,
        site=ledger.site,
        started_at=ledger.started_at,
        finished_at=finished_at,
        verdict=str(verdict.judgement),
        reason=verdict.reason or None,
        found=ledger.found,
        stored=ledger.states[State.STORED],
        new_versions=ledger.states[State.NEW_VERSION],
        unchanged=ledger.states[State.UNCHANGED],
        refused=ledger.states[State.REFUSED],
        duplicates=ledger.duplicates,
        requests=ledger.requests,
        not_modified=ledger.not_modified,
        bytes=ledger.bytes,
        errors=ledger.errors,
        with_date=ledger.with_date,
        with_author=ledger.with_author,
        language=ledger.languages.most_common(1)[0][0] if ledger.languages else None,
        languages=", ".join(f"{tag} {n}" for tag, n in ledger.languages.most_common()) or None,
        newest_published_at=ledger.newest_published_at,
        refused_by_choice=ledger.refused_by_choice,
        revisited=ledger.revisited,
        gone=ledger.gone,
        sources_read=ledger.sources_read,
        config_hash=config_hash,
        code_version=code_version,
    )


_SUMMED = (
    "found",
    "stored",
    "new_versions",
    "unchanged",
    "refused",
    "duplicates",
    "requests",
    "not_modified",
    "bytes",
    "errors",
)


@dataclass(frozen=True, slots=True)
class Recall:
    """How many articles of a site there were in the run's window, estimated; bounds of 95 %."""

    found: int
    total: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Summary:
    """One run: a record and the refusals by (stage, reason) for each site."""

    run_id: str
    started_at: datetime
    finished_at: datetime
    records: tuple[RunRecord, ...]
    refusals: dict[str, dict[tuple[str, str], int]]
    exit_code: int
    output: str
    recall: dict[str, Recall]
    problems: dict[str, dict[str, int]] = field(default_factory=dict)  # of sources: word -> count

    def total(self, name: str) -> int:
        """The sum of a count over all sites."""
        return sum(getattr(record, name) for record in self.records)

    def to_json(self) -> dict[str, Any]:
        """The summary for machines; times are ISO 8601."""
        return {
            "run_id": self.run_id,
            "started_at": self.started_at.isoformat(),
            "finished_at": self.finished_at.isoformat(),
            "output": self.output,
            "exit_code": self.exit_code,
            "totals": {name: self.total(name) for name in _SUMMED},
            "sites": [
                {
                    "site": r.site,
                    "verdict": r.verdict,
                    "reason": r.reason,
                    **{name: getattr(r, name) for name in _SUMMED},
                    "refused_by_choice": r.refused_by_choice or 0,
                    "revisited": r.revisited or 0,
                    "gone": r.gone or 0,
                    "with_date": r.with_date,
                    "with_author": r.with_author,
                    "language": r.language,
                    "recall_estimate": _recall(self.recall.get(r.site)),
                    "source_problems": self.problems.get(r.site, {}),
                    "refusals": [
                        {"stage": stage, "reason": reason, "count": count}
                        for (stage, reason), count in sorted(
                            self.refusals.get(r.site, {}).items(), key=lambda x: -x[1]
                        )
                    ],
                }
                for r in self.records
            ],
        }


def _recall(recall: Recall | None) -> dict[str, float] | None:
    if recall is None:
        return None
    return {
        "found": recall.found,
        "total": round(recall.total, 1),
        "low": round(recall.low, 1),
        "high": round(recall.high, 1),
    }
