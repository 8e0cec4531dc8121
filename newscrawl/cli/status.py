"""``newscrawl status``: the state of every site at a glance."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawl.account import ExitCode, Judgement, Standing, read_runs, standings
from newscrawl.cli.options import output_option
from newscrawl.cli.summary import STYLES
from newscrawl.clock import now
from newscrawl.dataset import LogDamaged
from newscrawl.extensions.logformat import printable

_WIDE = 100  # columns of a terminal
_BARS = "▁▂▃▄▅▆▇█"
_MEMORY = timedelta(days=56)


@click.command("status")
@output_option()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a site, a line each.")
def command(output: str, as_json: bool) -> None:
    """Show how each site stands.

    A row a site: last run, last good run, age of the newest article, articles a day, the last 14
    days, how many articles have a date and an author, verdict and since when. Sites that need a
    look come first. Exit code 1 if there are any.
    """
    at = now()
    try:
        history = read_runs(output, since=at - _MEMORY, until=at)
    except LogDamaged as error:
        click.echo(f"error: {error}", err=True)
        raise SystemExit(ExitCode.UNWRITABLE) from error
    found = standings(history, at)
    if as_json:
        for row in found:
            click.echo(json.dumps(to_json(row), ensure_ascii=False))
    elif not found:
        click.echo(f"No run in {output} in the last 56 days. Start one: newscrawl crawl SITE")
    else:
        print_standings(found, at, Console(highlight=False))
    raise SystemExit(ExitCode.OK if all(x.good for x in found) else ExitCode.DEGRADED)


def print_standings(found: list[Standing], at: datetime, console: Console) -> None:
    """Print the table, and a line for each site that needs a look."""
    wide = console.width >= _WIDE
    days = 14 if wide else 7
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column("site", no_wrap=True, max_width=28)
    for name in ("last run", *(("last good",) if wide else ()), "newest", "a day"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column(f"{days} days", no_wrap=True)
    table.add_column("dates", justify="right", no_wrap=True)
    table.add_column("authors", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for row in found:
        verdict = Text(row.verdict, style=STYLES[Judgement(row.verdict)])
        if row.bad_since is not None:
            verdict.append(f" for {span(at - row.bad_since)}", style="dim")
        table.add_row(
            printable(row.site),
            ago(row.last_run.started_at, at),
            *((ago(row.last_good, at),) if wide else ()),
            ago(row.newest, at),
            "-" if row.per_day is None else f"{row.per_day:.3g}",
            sparkline([count for _, count in row.days])[-days:],
            share(row.with_date),
            share(row.with_author),
            verdict,
        )
    console.print(table)
    for row in found:
        if not row.good and row.last_run.reason:
            line = f"{printable(row.site)}: {printable(row.last_run.reason)}"
            console.print(Text(line, style="yellow"))
    bad = sum(not row.good for row in found)
    console.print(Text(f"{len(found)} sites, {bad} need a look" if bad else "all good"))


def to_json(row: Standing) -> dict[str, Any]:
    """A site for machines; times are ISO 8601."""

    def iso(value: datetime | None) -> str | None:
        return None if value is None else value.isoformat()

    return {
        "site": row.site,
        "verdict": row.verdict,
        "reason": row.last_run.reason,
        "since": iso(row.bad_since),
        "last_run": iso(row.last_run.started_at),
        "last_good": iso(row.last_good),
        "last_new": iso(row.last_new),
        "newest_published_at": iso(row.newest),
        "articles_a_day": row.per_day,
        "with_date": row.with_date,
        "with_author": row.with_author,
        "days": {day.isoformat(): count for day, count in row.days},
    }


def sparkline(counts: list[int]) -> str:
    """Counts as a row of small bars; a dot is none."""
    most = max(counts, default=0) or 1
    return "".join("·" if not n else _BARS[min(7, n * 8 // (most + 1))] for n in counts)


def ago(moment: datetime | None, at: datetime) -> str:
    """How long ago, short."""
    return "never" if moment is None else span(at - moment)


def span(length: timedelta) -> str:
    """A length of time, short: 40 s, 12 min, 5 h, 3 d."""
    seconds = max(length.total_seconds(), 0)
    for limit, unit, name in ((90, 1, "s"), (5400, 60, "min"), (172800, 3600, "h")):
        if seconds < limit:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds / 86400:.0f} d"


def share(value: float | None) -> str:
    """A share in per cent."""
    return "-" if value is None else f"{value:.0%}"
