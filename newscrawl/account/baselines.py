"""What is usual for a site, learned from its earlier runs, and what is not.

Silence is a failure: a site that names nothing new for longer than chance explains, that loses its
dates or authors, changes its language or doubles its refusals gets a verdict that says so, and
since when. Thresholds are probabilities under the learned baseline, so that a site with three
articles a day is given the two days that it takes to tell silence from chance.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise

from newscrawl.account.history import looked
from newscrawl.account.rhythm import Count, Rhythm
from newscrawl.account.verdict import Judgement, Verdict
from newscrawl.items import RunRecord

MEMORY = timedelta(days=56)  # how far back a baseline looks
_FORGET_SILENCE = timedelta(days=14)  # a silence this old is the new rate
_MIN_DAYS, _MIN_ARTICLES = 10.0, 10
_SILENT = 0.008  # a day
_FELL, _FELL_TO = 1e-5, 0.3
_LOST, _LOST_TO = 1e-4, 0.5
_REFUSED, _REFUSED_MORE, _REFUSED_POINTS = 1e-5, 2.0, 0.2
_RARE_LANGUAGE = 0.02
_FEW = 3
_RECENT_SPANS = (timedelta(days=1), timedelta(days=3))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as usual: what, since when, and in words."""

    judgement: Judgement
    what: str  # silent, fell, dates, authors, language, refusals
    since: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """How often something held: ``yes`` of ``all``."""

    yes: int
    all: int

    @property
    def usual(self) -> float:
        """The share, shrunk a little to one half where little is known."""
        return (self.yes + 0.5) / (self.all + 1)


def compare(history: Sequence[RunRecord], run: RunRecord, zone: tzinfo) -> list[Finding]:
    """What is unusual in a site's latest run, the gravest first; none where too little is known.

    ``history`` is the site's earlier runs, the oldest first; ``zone`` the site's.
    """
    seen = [past for past in history if run.started_at - MEMORY <= past.started_at]
    seen = [past for past in seen if looked(past) and past.started_at < run.started_at]
    if looked(run):
        seen.append(run)
    if len(seen) < _FEW:
        return []
    findings = _silence(seen, zone)
    findings += [
        finding
        for name, field in (("dates", "with_date"), ("authors", "with_author"))
        if (finding := _lost(seen, name, field)) is not None
    ]
    changed = _language(seen)
    findings += [changed] if changed is not None else _languages_lost(seen)
    findings += [x for x in (_refusals(seen),) if x is not None]
    return sorted(findings, key=lambda x: x.judgement is not Judgement.SILENT)


def with_baseline(verdict: Verdict, findings: Sequence[Finding]) -> Verdict:
    """The verdict of a run, made worse by what is unusual; what is worse already stays."""
    if not findings or verdict.judgement not in {Judgement.OK, Judgement.DEGRADED}:
        return verdict
    reasons = [*(x.text for x in findings), *([verdict.reason] if verdict.reason else [])]
    return Verdict(findings[0].judgement, "; ".join(reasons))


def rhythm_of(runs: Sequence[RunRecord], zone: tzinfo) -> Rhythm | None:
    """The rate that looks at a site have shown, or None if they are too few to tell."""
    rhythm = Rhythm.learn(_counts(runs), zone)
    if rhythm is None or rhythm.days < _MIN_DAYS or rhythm.articles < _MIN_ARTICLES:
        return None
    return rhythm


def _counts(runs: Sequence[RunRecord]) -> list[Count]:
    """New articles between one look and the next; the first run's backlog belongs to no span.

    What was judged silent teaches nothing until it is old enough to be the new rate. A backfill
    counts as a busy day.
    """
    counts: list[Count] = []
    for before, run in pairwise(runs):
        quiet = run.verdict == Judgement.SILENT or (
            run is not runs[-1] and before.verdict == Judgement.SILENT
        )
        if quiet and runs[-1].started_at - run.started_at < _FORGET_SILENCE:
            continue
        counts.append(Count(before.started_at, run.started_at, run.stored))
    rates = sorted(c.articles / _days(c) for c in counts if _days(c) >= 0.5)
    if rates:
        most = 4 * rates[len(rates) // 2] + 8
        counts = [
            Count(c.start, c.end, min(c.articles, math.ceil(most * max(_days(c), 0.5))))
            for c in counts
        ]
    return counts


def _days(count: Count) -> float:
    return (count.end - count.start) / timedelta(days=1)


def _silence(seen: Sequence[RunRecord], zone: tzinfo) -> list[Finding]:
    at = seen[-1].started_at
    last_new = max((i for i, run in enumerate(seen) if run.stored), default=None)
    if last_new is None or last_new == 0:
        return []
    looks = len(seen) / max((at - seen[0].started_at) / timedelta(days=1), 1.0)
    if last_new == len(seen) - 1:
        return _fall(seen, zone, looks)
    # learned from what came before the silence, so that the silence does not excuse itself
    before = rhythm_of(seen[: last_new + 1], zone)
    if before is None:
        return []
    since = seen[last_new].started_at
    chances = max(1.0, min(looks, before.per_day()))
    missed = before.expected(since, at)
    if before.at_most(0, since, at) < _SILENT / chances:
        text = (
            f"silent since {_when(since)}: nothing new where about {missed:.0f} articles were due"
        )
        return [Finding(Judgement.SILENT, "silent", since, text)]
    return _fall(seen, zone, looks)


def _fall(seen: Sequence[RunRecord], zone: tzinfo, looks: float) -> list[Finding]:
    """A site that still names something, but far less than it did."""
    at = seen[-1].started_at
    for span in _RECENT_SPANS:
        first = next(i for i, run in enumerate(seen) if run.started_at >= at - span)
        since = seen[first].started_at
        got = sum(run.stored for run in seen[first + 1 :])
        earlier = (since - seen[0].started_at) / timedelta(days=1)
        roughly = sum(run.stored for run in seen[1 : first + 1]) / max(earlier, 1.0)
        if got >= roughly * (at - since) / timedelta(days=1):  # the usual case, without a model
            continue
        rhythm = rhythm_of(seen[: first + 1], zone)
        if rhythm is None:
            continue
        due = rhythm.expected(since, at)
        if got < _FELL_TO * due and rhythm.at_most(got, since, at) < _FELL / max(looks, 1.0):
            text = f"{got} new articles since {_when(since)} where about {due:.0f} were due"
            return [Finding(Judgement.DEGRADED, "fell", since, text)]
    return []


def _lost(seen: Sequence[RunRecord], name: str, field: str) -> Finding | None:
    """A field that articles used to have and the latest ones lack."""
    stored = [run for run in seen if run.stored + run.new_versions]
    roughly = _LOST_TO * _share(stored[: len(stored) // 2 + 1], field).usual
    streak = 0  # latest runs in a row that lack it
    for run in reversed(stored):
        now = _share([run], field)
        if now.yes > roughly * now.all:
            break
        streak += 1
    if 2 * streak > len(stored):  # it has been so for longer than it was otherwise
        return None
    for back in (streak, *range(1, 6)):
        recent, earlier = stored[-back:], stored[:-back]
        usual, now = _share(earlier, field), _share(recent, field)
        if usual.all < _MIN_ARTICLES or now.all < _FEW or not 0 < back <= len(earlier):
            continue
        if now.yes <= _LOST_TO * usual.usual * now.all and _tail(now, usual) < _LOST:
            since = recent[0].started_at
            text = (
                f"{now.all - now.yes} of {now.all} articles have no {name} since"
                f" {_when(since)} (usually {1 - usual.usual:.0%})"
            )
            return Finding(Judgement.DEGRADED, name, since, text)
    return None


def _language(seen: Sequence[RunRecord]) -> Finding | None:
    stored = [run for run in seen if run.stored and run.language]
    if len(stored) < _FEW:
        return None
    language = stored[-1].language
    recent = 1
    while recent < len(stored) and stored[-recent - 1].language == language:
        recent += 1
    earlier = stored[:-recent]
    usual: Counter[str] = Counter()
    for run in earlier:
        usual[run.language or ""] += run.stored
    total = usual.total()
    new = sum(run.stored for run in stored[-recent:])
    if total < _MIN_ARTICLES or new < _FEW or usual[language or ""] > _RARE_LANGUAGE * total:
        return None
    if new > total:  # it has been so for longer than it was otherwise
        return None
    since = stored[-recent].started_at
    text = f"the language is {language} since {_when(since)} (usually {usual.most_common(1)[0][0]})"
    return Finding(Judgement.DEGRADED, "language", since, text)


def _languages_lost(seen: Sequence[RunRecord]) -> list[Finding]:
    """Languages that a site of several used to write in and that no article has any more."""
    counted = [(run, languages_of(run)) for run in seen if run.languages]
    usual: Counter[str] = Counter()
    for _, counts in counted:
        usual.update(counts)
    findings = []
    for language, rows in usual.items():
        last = max(i for i, (_, counts) in enumerate(counted) if counts[language])
        without = sum(counts.total() for _, counts in counted[last + 1 :])
        before = Share(rows, usual.total() - without)
        if rows < _MIN_ARTICLES or without < _FEW or without > before.all:
            continue
        if _tail(Share(0, without), before) < _LOST:
            since = counted[last + 1][0].started_at
            text = (
                f"none of {without} articles is in {language} since {_when(since)}"
                f" (usually {before.usual:.0%})"
            )
            findings.append(Finding(Judgement.DEGRADED, "language", since, text))
    return findings


def languages_of(run: RunRecord) -> Counter[str]:
    """Stored rows of a run by language."""
    counts: Counter[str] = Counter()
    for part in (run.languages or "").split(", "):
        tag, _, number = part.rpartition(" ")
        if tag and number.isdecimal():
            counts[tag] += int(number)
    return counts


def _refusals(seen: Sequence[RunRecord]) -> Finding | None:
    """Refusals for trouble that have doubled, in the latest two runs or more."""
    # rows that do not tell choice from trouble are not compared with those that do
    told = seen[-1].refused_by_choice is not None
    seen = [run for run in seen if (run.refused_by_choice is not None) is told]
    full = [run for run in seen if _judged(run)]
    if not full or full[-1] is not seen[-1]:
        return None
    shares = [_trouble(run) / _judged(run) for run in full]
    usual = sorted(shares)[len(shares) // 2]
    streak = 0
    for share in reversed(shares):
        if share < max(_REFUSED_MORE * usual, usual + _REFUSED_POINTS):
            break
        streak += 1
    before = sorted(shares[: len(shares) - streak])
    if streak < 2 or len(before) < max(2 * _FEW - 2, streak):
        return None
    # what is usual scatters from run to run, with what the window holds
    high = before[min(len(before) - 1, math.ceil(0.95 * len(before)))]
    kept = Share(round((1 - high) * 200), 200)
    for run in full[-2:]:
        if _trouble(run) < (high + 0.1) * _judged(run):
            return None
        if _tail(Share(_judged(run) - _trouble(run), _judged(run)), kept) > _REFUSED:
            return None
    since, last = full[-streak].started_at, full[-1]
    text = f"{_trouble(last)} of {_judged(last)} refused since {_when(since)} (usually {usual:.0%})"
    return Finding(Judgement.DEGRADED, "refusals", since, text)


def _trouble(run: RunRecord) -> int:
    return run.refused - (run.refused_by_choice or 0)


def _judged(run: RunRecord) -> int:
    """URLs found that nobody chose to leave."""
    return run.found - (run.refused_by_choice or 0)


def _share(runs: Sequence[RunRecord], field: str) -> Share:
    rows = sum(run.stored + run.new_versions for run in runs)
    return Share(sum(getattr(run, field) for run in runs), rows)


def _tail(now: Share, usual: Share) -> float:
    """P(at most ``now.yes`` of ``now.all``), beta-binomial with what is usual as the prior.

    The prior counts for a hundred articles at most: shares drift.
    """
    weight = min(usual.all, 100) + 1
    a, b = usual.usual * weight, (1 - usual.usual) * weight
    n = now.all
    return math.fsum(
        math.exp(
            math.lgamma(n + 1)
            - math.lgamma(k + 1)
            - math.lgamma(n - k + 1)
            + _log_beta(k + a, n - k + b)
            - _log_beta(a, b)
        )
        for k in range(now.yes + 1)
    )


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
