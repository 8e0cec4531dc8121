"""What the commands over archives share: a progress bar, signals, and the end of a run."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from newscrawl.account import Summary
from newscrawl.cli.logs import set_up_logging
from newscrawl.cli.summary import print_summary
from newscrawl.extensions.logformat import printable
from newscrawl.items import RunRecord

_SHOWN = 30  # sites in the table of the summary
_PLAIN_SECONDS = 30.0


@contextmanager
def signals_given(stop: Callable[[int], None]) -> Iterator[None]:
    """Call ``stop`` with the number of the first SIGINT or SIGTERM; a second one ends at once."""

    def heard(number: int, _: FrameType | None) -> None:
        stop(number)
        signal.signal(number, signal.SIG_DFL)

    before = {n: signal.signal(n, heard) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def bar(
    console: Console, total: int, counts: Callable[[], str], position: Callable[[], int], *,
    quiet: bool, as_json: bool,
) -> Iterator[Callable[[], None]]:  # fmt: skip
    """A bar over ``total`` bytes on a terminal, plain lines elsewhere; yields its tick."""
    live = console.is_terminal and not quiet
    set_up_logging(console, level=logging.WARNING if live or quiet else logging.INFO,
                   as_json=as_json)  # fmt: skip
    shown = Progress(
        TextColumn("{task.percentage:>3.0f} %"), BarColumn(), TextColumn("{task.description}"),
        TimeRemainingColumn(), console=console, transient=True, disable=not live,
    )  # fmt: skip
    last = [time.monotonic()]
    with shown:
        task = shown.add_task("", total=max(1, total))

        def tick() -> None:
            at = time.monotonic()
            if live and at - last[0] >= 0.2:
                last[0] = at
                shown.update(task, completed=position(), description=counts())
            elif not live and not quiet and at - last[0] >= _PLAIN_SECONDS:
                last[0] = at
                console.print(f"{100 * position() / max(1, total):3.0f} %  {counts()}",
                              markup=False)  # fmt: skip

        yield tick


def end(summary: Summary, extra: dict[str, Any], console: Console, *, as_json: bool) -> NoReturn:
    """Print the summary, the busiest sites first, and leave with the run's exit code."""
    if as_json:
        click.echo(json.dumps({**summary.to_json(), **extra}, ensure_ascii=False))
    else:
        print_summary(_shortened(summary), console)
        for line in extra.get("problems", ()):
            console.print(Text(printable(line), style="yellow"))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(summary.exit_code)


def _shortened(summary: Summary) -> Summary:
    """The summary with its smaller sites as one line; archives hold thousands of hosts."""
    ranked = sorted(summary.records, key=lambda r: (-r.stored - r.new_versions, -r.found, r.site))
    rest = ranked[_SHOWN:]
    if not rest:
        return summary
    one = rest[0]
    others: RunRecord = replace(
        one, site=f"({len(rest)} more)", reason=None,
        **{n: sum(getattr(r, n) for r in rest) for n in (
            "found", "stored", "new_versions", "unchanged", "refused", "duplicates", "requests")},
    )  # fmt: skip
    return replace(summary, records=(*ranked[:_SHOWN], others))
