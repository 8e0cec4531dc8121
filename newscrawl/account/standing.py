"""How a site stands, from its rows of ``runs``, for `newscrawl status`, reports and metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from newscrawl.account.history import looked
from newscrawl.account.verdict import Judgement
from newscrawl.items import RunRecord

_RATE_DAYS = 14
_GOOD = Judgement.OK
_WORST = frozenset({Judgement.FAILED, Judgement.SILENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One site at a glance; shares are 0 to 1, None where nothing was stored to tell."""

    site: str
    last_run: RunRecord
    last_good: datetime | None  # start of the last run whose verdict is ok
    last_new: datetime | None  # start of the last run that stored something
    newest: datetime | None  # latest publication date stored
    bad_since: datetime | None  # start of the first run of the bad streak that goes on
    days: tuple[tuple[date, int], ...]  # new articles by day (UTC), the oldest first
    per_day: float | None
    with_date: float | None
    with_author: float | None

    @property
    def verdict(self) -> str:
        """Verdict of the last run."""
        return self.last_run.verdict

    @property
    def good(self) -> bool:
        """Whether nothing needs a look."""
        return self.last_run.verdict == _GOOD

    def age(self, now: datetime) -> timedelta | None:
        """How old the newest article is."""
        return None if self.newest is None else max(now - self.newest, timedelta())


def standing(runs: Sequence[RunRecord], now: datetime, *, days: int = _RATE_DAYS) -> Standing:
    """How one site stands; ``runs`` are its own, the oldest first, at least one."""
    good = [run for run in runs if run.verdict == _GOOD]
    new = [run for run in runs if run.stored]
    bad_since = None
    for run in reversed(runs):
        if run.verdict == _GOOD:
            break
        bad_since = run.started_at
    first = (now - timedelta(days=days - 1)).date()
    counts = {first + timedelta(days=n): 0 for n in range(days)}
    recent = [run for run in runs if run.started_at.date() in counts]
    for run in recent:
        counts[run.started_at.date()] += run.stored
    stored = sum(run.stored + run.new_versions for run in recent)  # rows whose fields are counted
    # the first run's backlog says nothing of a rate
    watched = [run for run in runs if looked(run)]
    later = [run for run in watched[1:] if run.started_at.date() in counts]
    per_day = None
    if later:
        since = max(watched[0].started_at, now - timedelta(days=days))
        span = (later[-1].started_at - since) / timedelta(days=1)
        per_day = sum(run.stored for run in later) / span if span >= 0.5 else None
    return Standing(
        site=runs[-1].site,
        last_run=runs[-1],
        last_good=good[-1].started_at if good else None,
        last_new=new[-1].started_at if new else None,
        newest=max((x.newest_published_at for x in runs if x.newest_published_at), default=None),
        bad_since=bad_since,
        days=tuple(counts.items()),
        per_day=per_day,
        with_date=sum(run.with_date for run in recent) / stored if stored else None,
        with_author=sum(run.with_author for run in recent) / stored if stored else None,
    )


def standings(
    history: Mapping[str, Sequence[RunRecord]], now: datetime, *, days: int = _RATE_DAYS
) -> list[Standing]:
    """All sites: failed and silent ones first, then others that need a look, then by name."""
    found = [standing(runs, now, days=days) for runs in history.values() if runs]
    return sorted(
        found, key=lambda x: (x.good, x.verdict not in _WORST, x.bad_since or now, x.site)
    )
