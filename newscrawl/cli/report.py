"""``newscrawl report``: HTML pages on runs, and an index over them."""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import click

from newscrawl.account import ExitCode, read_runs
from newscrawl.cli.options import output_option
from newscrawl.clock import now
from newscrawl.dataset import LogDamaged, NoSuchSnapshot
from newscrawl.report import facts_of, index_page, run_page
from newscrawl.written import sweep_drafts, write_whole

_MEMORY = timedelta(days=56)
_KEPT = 500  # pages of runs; a job every five minutes makes 288 a day
_PAGE = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}\.html")


@click.command("report")
@click.argument("run_id", required=False, metavar="[RUN]")
@output_option()
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Where the pages go.  [default: OUTPUT/reports]",
)
def command(run_id: str | None, output: str, folder: str | None) -> None:
    """Write the HTML page of a run (by default the last one) and the index over all runs.

    Each page is one file that loads nothing and runs no script. Prints where the page is.
    """
    if folder is None and "://" in output and not output.startswith("file://"):
        raise click.UsageError("this output is no folder: say --to DIR")
    try:
        path = write_report(output, run_id, now(), Path(folder) if folder else None)
    except NoSuchSnapshot as error:
        raise click.UsageError(str(error)) from error
    except (OSError, LogDamaged) as error:
        click.echo(f"error: {error}", err=True)
        raise SystemExit(ExitCode.UNWRITABLE) from error
    click.echo(os.fspath(path))


def write_report(output: str, run_id: str | None, at: datetime, folder: Path | None = None) -> Path:
    """Write a run's page and the index; the page's path.

    Raises:
        NoSuchSnapshot: no such run.
        OSError: a page cannot be written.
    """
    history = read_runs(output, since=at - _MEMORY, until=at)
    if run_id is None:
        ids = {run.run_id for runs in history.values() for run in runs}
        if not ids:
            raise NoSuchSnapshot(f"{output} holds no run of the last {_MEMORY.days} days")
        run_id = max(ids)  # a run's name begins with its time
    facts = facts_of(output, run_id, history, at)
    folder = folder or Path(output.removeprefix("file://")) / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run_id}.html"
    sweep_drafts(folder, "*.html")
    write_whole(path, run_page(facts))
    pages = _prune(folder)
    write_whole(folder / "index.html", index_page(history, pages, at))
    return path


def _prune(folder: Path) -> set[str]:
    """The runs that have a page, the newest 500; older pages are removed."""
    ours = sorted((x for x in folder.iterdir() if _PAGE.fullmatch(x.name)), reverse=True)
    for old in ours[_KEPT:]:
        old.unlink(missing_ok=True)
    return {page.stem for page in ours[:_KEPT]}
