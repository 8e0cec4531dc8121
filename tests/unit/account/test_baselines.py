"""Baselines replayed over invented sites: outages are found soon, quiet days raise no alarm."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from newscrawl.account.baselines import Finding, compare
from newscrawl.account.rhythm import Count, Rhythm, lower_tail
from newscrawl.items import RunRecord

START = datetime(2026, 3, 2, 1, tzinfo=UTC)  # a Monday
DAYS = 90
OUTAGE = 72
WEEK = (1.1, 1.15, 1.15, 1.1, 1.1, 0.8, 0.6)
DAY = tuple(0.2 if h < 6 else 1.5 if h < 18 else 0.9 for h in range(24))


def poisson(rng: random.Random, mean: float) -> int:
    count, spent = 0, rng.expovariate(1.0)
    while spent < mean:
        count += 1
        spent += rng.expovariate(1.0)
    return count


def replay(
    seed: int,
    per_day: float,
    runs_a_day: int,
    *,
    scatter: float = 0.1,
    change: Callable[[int, RunRecord], RunRecord] = lambda _, run: run,
) -> list[tuple[int, RunRecord, list[Finding]]]:
    """Runs of one site over 90 days, each compared with those before it as a crawl does it."""
    rng = random.Random(seed)
    history: list[RunRecord] = []
    out = []
    step = 24 // runs_a_day
    busy = 1.0
    for n in range(DAYS * runs_a_day):
        at = START + timedelta(hours=step * n)
        if n % runs_a_day == 0:
            busy = rng.gammavariate(1 / scatter, scatter)
        mean = sum(
            per_day / 24 * WEEK[hour.weekday()] * (DAY[hour.hour] if runs_a_day > 1 else 1)
            for hour in (at - timedelta(hours=h + 1) for h in range(step))
        )
        stored = poisson(rng, mean * busy) if n else 40
        run = RunRecord(
            run_id=f"{n:05}", site="paper", started_at=at, finished_at=at, verdict="ok",
            found=30, stored=stored, unchanged=30 - min(stored, 30), requests=stored + 2,
            with_date=sum(rng.random() < 0.98 for _ in range(stored)),
            with_author=sum(rng.random() < 0.6 for _ in range(stored)),
            language="km" if stored else None, config_hash="", code_version="",
        )  # fmt: skip
        run = change(n // runs_a_day, run)
        findings = compare(history, run, UTC)
        verdict = str(findings[0].judgement) if findings else "ok"
        history.append(replace(run, verdict=verdict))
        out.append((n // runs_a_day, run, findings))
    return out


def episodes(replayed: Sequence[tuple[int, RunRecord, list[Finding]]], until: int) -> int:
    """Alarms before a day; an alarm that goes on counts once."""
    alarms, before = 0, False
    for day, _, findings in replayed:
        if day < until:
            alarms += bool(findings) and not before
            before = bool(findings)
    return alarms


def silence(day: int, run: RunRecord) -> RunRecord:
    if day < OUTAGE:
        return run
    return replace(run, stored=0, unchanged=30, with_date=0, with_author=0, language=None)


FLEET = (3, 4, 5, 8, 12, 20, 30, 50, 80, 150)


def test_an_outage_is_found_within_two_runs_and_few_alarms_are_false() -> None:
    """Ten papers, 3 to 150 articles a day, a run each night; three times."""
    false, late, times = 0, [], 3
    for seed, rate in product(range(times), FLEET):
        replayed = replay(100 * seed + rate, rate, 1, change=silence)
        false += episodes(replayed, OUTAGE)
        after = [f for day, _, f in replayed if day >= OUTAGE]
        found = next(n for n, f in enumerate(after, 1) if f and f[0].judgement == "silent")
        if found > 2:
            late.append((rate, found))
    a_month = false / times / (OUTAGE / 30)
    print(f"false alarms a month over all ten papers: {a_month:.2f}, found late: {late}")
    assert len(late) <= 1, late  # three articles a day, and chance was kind to the fault
    assert a_month < 1


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("dates", lambda run: replace(run, with_date=0)),
        ("authors", lambda run: replace(run, with_author=0)),
        ("language", lambda run: replace(run, language="en" if run.stored else None)),
        ("refusals", lambda run: replace(run, found=60, refused=30)),
        ("fell", lambda run: replace(run, stored=1, with_date=1, with_author=1)),
    ],
)
def test_what_a_site_loses_is_named_with_since_when(
    what: str, change: Callable[[RunRecord], RunRecord]
) -> None:
    replayed = replay(5, 20, 1, change=lambda day, run: change(run) if day >= 40 else run)
    assert not any(findings for day, _, findings in replayed if day < 40)
    found = [(day, x) for day, _, findings in replayed for x in findings if x.what == what]
    day, finding = found[0]
    assert day <= 42
    assert str(finding.since.date()) in finding.text
    assert finding.since >= START + timedelta(days=38)
    # while it goes on, it stays since when it began, until it has been so for long
    if what not in {"fell"}:
        assert {day for day, _ in found} >= set(range(42, 60))
        assert {x.since for day, x in found if 42 <= day < 60} == {START + timedelta(days=40)}


def test_refusals_by_choice_are_no_trouble() -> None:
    """A window that leaves out more, robots.txt, links to other sites: nothing of the site's."""

    def choosy(day: int, run: RunRecord) -> RunRecord:
        more = 200 if day >= 40 else 5
        return replace(run, found=30 + more, refused=more, refused_by_choice=more)

    assert not any(
        x.what == "refusals" for _, _, findings in replay(5, 20, 1, change=choosy) for x in findings
    )

    def troubled(day: int, run: RunRecord) -> RunRecord:
        """As many refusals as always, but from day 40 on half of the pages that are wanted."""
        trouble = 16 if day >= 40 else 1
        return replace(run, found=230, refused=201, refused_by_choice=201 - trouble)

    found = [
        (day, x)
        for day, _, findings in replay(5, 20, 1, change=troubled)
        for x in findings
        if x.what == "refusals"
    ]
    assert 41 <= found[0][0] <= 42
    assert found[0][1].text.startswith("16 of 45 refused since")


def test_rows_of_before_tell_nothing_of_trouble() -> None:
    """Their refusals were not told apart: all of them by choice, as it turns out."""

    def later(day: int, run: RunRecord) -> RunRecord:
        chosen = None if day < 40 else 20
        return replace(run, found=50, refused=20 if day < 40 else 21, refused_by_choice=chosen)

    replayed = replay(5, 20, 1, change=later)
    assert not any(x.what == "refusals" for _, _, findings in replayed for x in findings)


def test_runs_that_only_looked_again_are_no_looks_for_news() -> None:
    def revisits(_: int, run: RunRecord) -> RunRecord:
        if run.started_at.hour % 8:  # three runs a day read a source
            return replace(run, stored=0, with_date=0, with_author=0, found=4, sources_read=0)
        return replace(run, sources_read=1)

    replayed = replay(6, 60, 12, change=revisits)
    assert not any(findings for day, _, findings in replayed if day > 12)


def test_a_site_that_is_closed_on_sundays_raises_no_alarm() -> None:
    def closed(_: int, run: RunRecord) -> RunRecord:
        # the run at 01:00 on Monday finds what Sunday brought
        none = run.started_at.weekday() == 0
        return replace(run, stored=0, with_date=0, with_author=0) if none else run

    replayed = replay(7, 12, 1, scatter=0.05, change=closed)
    assert not any(findings for day, _, findings in replayed if day >= 28)


def test_runs_that_saw_nothing_teach_nothing_and_excuse_nothing() -> None:
    def broken(day: int, run: RunRecord) -> RunRecord:
        if 30 <= day < 34:  # our own network was down: no news is no fault of the site
            return replace(run, verdict="failed", found=0, stored=0, with_date=0, with_author=0)
        return run

    replayed = replay(3, 10, 1, change=broken)
    assert not any(findings for day, _, findings in replayed if day < 45)


def test_the_count_model_is_a_distribution_and_knows_the_week() -> None:
    assert lower_tail(200, 5.0, 0.3) == pytest.approx(1.0)
    assert lower_tail(0, 3.0, 1e-9) == pytest.approx(0.0498, abs=1e-3)  # Poisson
    counts = [
        Count(START + timedelta(days=d), START + timedelta(days=d + 1), 2 if d % 7 > 4 else 10)
        for d in range(56)
    ]
    rhythm = Rhythm.learn(counts, UTC)
    assert rhythm is not None
    sunday = START + timedelta(days=62)
    assert rhythm.expected(sunday, sunday + timedelta(days=1)) < 4
    assert rhythm.per_day() == pytest.approx(54 / 7, rel=0.1)


def test_a_language_that_a_bilingual_site_stops_writing_in_is_missed() -> None:
    """A fifth of the articles are in Khmer until the day when only the English ones come."""
    rng = random.Random(11)

    def bilingual(day: int, run: RunRecord) -> RunRecord:
        khmer = sum(rng.random() < 0.2 for _ in range(run.stored)) if day < 50 else 0
        counts = ", ".join(
            f"{tag} {n}" for tag, n in (("en", run.stored - khmer), ("km", khmer)) if n
        )
        return replace(run, language="en" if run.stored else None, languages=counts or None)

    replayed = replay(4, 20, 1, change=bilingual)
    assert not any(findings for day, _, findings in replayed if day < 50)
    day, finding = next((day, x) for day, _, found in replayed for x in found)
    assert day <= 53
    assert finding.what == "language"
    assert "is in km since" in finding.text
    assert finding.since == START + timedelta(days=50)
