"""The index over runs: one row each, and how every site stands today."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from newscrawl.account import standings
from newscrawl.items import RunRecord
from newscrawl.report.markup import element, foreign
from newscrawl.report.page import length, moment, page, table, verdict_word
from newscrawl.report.plots import day_bars, meter

_RUNS = 300
_DAYS = 30
_NAME = re.compile(r"[0-9A-Za-z_-]+")


def index_page(history: Mapping[str, Sequence[RunRecord]], pages: set[str], now: datetime) -> str:
    """The index as a whole HTML file; ``pages`` names the runs that have a page beside it."""
    runs: dict[str, list[RunRecord]] = {}
    for records in history.values():
        for record in records:
            runs.setdefault(record.run_id, []).append(record)
    ordered = sorted(runs.items(), key=lambda x: min(r.started_at for r in x[1]), reverse=True)
    found = standings(history, now)
    bad = sum(not row.good for row in found)
    days: Counter[object] = Counter()
    for row in standings(history, now, days=_DAYS):
        days.update(dict(row.days))
    by_day = [(day, days[day]) for day in ((now - timedelta(days=n)).date() for n in range(_DAYS))]
    return page(
        "newscrawl runs",
        element("h1", f"{bad} of {len(found)} sites need a look" if bad else "All sites are well"),
        element(
            "p", day_bars(by_day[::-1], "articles by day"), " ",
            element("span", f"new articles by day, {_DAYS} days", class_="soft"),
        ),
        element("h2", "Sites"),
        table(
            # on a phone the first four are in sight
            [("site", ""), ("verdict", ""), ("newest is", "n"), ("14 days", ""), ("a day", "n"),
             ("since", ""), ("last good run", ""), ("dates", ""), ("authors", "")],
            [
                [
                    foreign(row.site), verdict_word(row.verdict), length(row.age(now)),
                    day_bars(row.days, f"{row.site}, articles by day"),
                    "-" if row.per_day is None else f"{row.per_day:.3g}",
                    moment(row.bad_since), moment(row.last_good),
                    meter(row.with_date, "with a date", bad_below=0.8),
                    meter(row.with_author, "with an author", bad_below=0.2),
                ]
                for row in found
            ],
        ),
        element("h2", "Runs"),
        table(
            [("began", ""), ("need a look", ""), ("new", "n"), ("versions", "n"), ("trouble", "n"),
             ("sites", "n"), ("took", "n"), ("run", "")],
            [_run_row(run_id, records, pages) for run_id, records in ordered[:_RUNS]],
        ),
        element("p", "Times are UTC.", class_="soft"),
    )  # fmt: skip


def _run_row(run_id: str, records: list[RunRecord], pages: set[str]) -> list[object]:
    began = min(record.started_at for record in records)
    bad = sorted(record.site for record in records if record.verdict != "ok")
    named: object = element("span", "none", class_="good")
    if bad:
        more = f" and {len(bad) - 3} more" if len(bad) > 3 else ""
        named = element("span", foreign(", ".join(bad[:3])), more, class_="bad")
    label: object = moment(began)
    if run_id in pages and _NAME.fullmatch(run_id):
        label = element("a", label, href=f"{run_id}.html")
    return [
        label,
        named,
        sum(record.stored for record in records),
        sum(record.new_versions for record in records),
        sum(record.refused - (record.refused_by_choice or 0) for record in records),
        len(records),
        length(max(record.finished_at for record in records) - began),
        foreign(run_id),
    ]
