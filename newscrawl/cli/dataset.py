"""``newscrawl dataset``: look at the Parquet dataset and look after it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from newscrawl import dataset as core
from newscrawl.cli.engines import engine_missing_told, engine_options
from newscrawl.cli.failures import UNUSABLE
from newscrawl.clock import now
from newscrawl.dedup import StoryIndex, canonical_url
from newscrawl.engines import TaskFailed, open_executor
from newscrawl.extensions.logformat import printable
from newscrawl.recluster import recluster
from newscrawl.run_ids import new_run_id
from newscrawl.schema import TABLES

UNWRITABLE, HELD, USAGE = 3, 4, 2


def _place(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say where the dataset is, before or after the name of a subcommand."""
    function = click.option("--state", metavar="DIR",
                            help="Where the state is, if not in the output.")(function)  # fmt: skip
    return click.option("--output", metavar="URI", help="The dataset.  [default: output]")(function)


@click.group("dataset", invoke_without_command=True)
@_place
@click.pass_context
def command(context: click.Context, output: str | None, state: str | None) -> None:
    """Show, verify and look after the dataset of an output."""
    context.obj = (output, state)
    if context.invoked_subcommand is None:
        context.invoke(info)


def _output(output: str | None, state: str | None) -> core.Output:
    try:
        return core.Output(output or "output", state_dir=state)
    except ValueError as error:
        raise click.UsageError(f"{error}; use --state DIR") from None


@contextmanager
def _opened(output: core.Output) -> Iterator[core.Output]:
    """The output, open; its failures as exit codes."""
    try:
        core.open_dataset(output.uri)  # a look must not create a dataset where none is
        with output:
            yield output
    except core.NoSuchSnapshot as error:
        _end(str(error), USAGE)
    except core.CareHeld as error:
        _end(str(error), HELD)
    except UNUSABLE as error:
        _end(str(error), UNWRITABLE)


def _on_output(function: Callable[..., None]) -> Callable[..., None]:
    @_place
    @click.pass_obj
    @wraps(function)
    def run(place: tuple[str | None, str | None], *args: Any, **options: Any) -> None:
        output, state = options.pop("output", None), options.pop("state", None)
        opened = _output(output or place[0], state or place[1])
        with _opened(opened):
            function(opened, *args, **options)

    return run


def _end(message: str, code: int) -> NoReturn:
    click.echo(f"newscrawl: {printable(message)}", err=True)
    raise SystemExit(code)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@_on_output
def info(output: core.Output, as_json: bool = False) -> None:
    """Tables, versions, rows and bytes, and what waits to be written."""
    found = output.info()
    if as_json:
        tables = {
            t.name: {"version": t.version, "files": t.files, "rows": t.rows, "bytes": t.bytes}
            for t in found.tables
        }
        names = ("uri", "state", "waiting_rows", "articles", "versions", "urls", "sources")
        click.echo(json.dumps({**{n: getattr(found, n) for n in names}, "tables": tables}))
        return
    click.echo(f"{printable(found.uri)}\n")
    click.echo(f"{'table':<12}{'version':>8}{'files':>8}{'rows':>12}{'bytes':>16}")
    for t in found.tables:
        click.echo(f"{t.name:<12}{t.version:>8}{t.files:>8}{t.rows:>12,}{t.bytes:>16,}")
    click.echo(
        f"\n{found.articles:,} articles in {found.versions:,} versions, {found.urls:,} URLs and"
        f" {found.sources:,} sources known; {found.waiting_rows:,} rows wait for the next flush"
    )


@command.command()
@_on_output
def verify(output: core.Output) -> None:
    """Read every file; compare log, files, outbox and state. Exit code 3 if they disagree."""
    stories = _stories(output)
    report = output.verify(indexed=stories.size().stories if stories else None)
    for note in report.notes:
        click.echo(printable(note))
    for problem in report.problems:
        click.echo(f"PROBLEM {printable(problem)}", err=True)
    click.echo(f"{report.files:,} files, {report.rows:,} rows read")
    if not report.ok:
        _end(f"{len(report.problems)} disagreements", UNWRITABLE)
    click.echo("all agree")


@command.command()
@click.option("--keep", default=7.0, show_default=True, metavar="DAYS",
              help="How long the replaced files stay for readers of older snapshots.")  # fmt: skip
@engine_options
@_on_output
def compact(
    output: core.Output,
    keep: float,
    workers: int,
    engine: str,
    engine_address: str | None,
    staging: str | None,
) -> None:
    """Join small files into sorted larger ones, then delete what was replaced long ago."""
    with engine_missing_told():
        executor = open_executor(engine, workers, engine_address)
    for done in core.compact_output(output, executor, staging=staging):
        if done.rows:
            click.echo(
                f"{done.table}: {done.files_before:,} files -> {done.files_after:,},"
                f" {done.rows:,} rows rewritten"
            )
    deleted = core.vacuum_output(output, timedelta(days=keep))
    click.echo(f"{len(deleted):,} replaced files deleted")


@command.command("changes")
@click.option("--since", type=int, required=True, metavar="SNAPSHOT", help="Version already seen.")
@click.option("--until", type=int, metavar="SNAPSHOT", help="Last version wanted, else the newest.")
@click.option("--columns", metavar="NAMES", help="Columns wanted, parted by commas.")
@_on_output
def changes_command(
    output: core.Output, since: int, until: int | None, columns: str | None
) -> None:
    """Rows of articles added after a snapshot, as JSON lines; where to go on, on standard error."""
    names = [name.strip() for name in columns.split(",")] if columns else None
    found = core.changes(output.uri, since, until)
    known = found.snapshot.schema.names
    if unknown := [name for name in names or [] if name not in known]:
        _end(f"no column {', '.join(unknown)}; there are {', '.join(known)}", USAGE)
    count = 0
    for batch in found.snapshot.dataset.to_batches(columns=names, filter=found.filter):
        for row in batch.to_pylist():
            click.echo(json.dumps(row, ensure_ascii=True, default=_plain))
            count += 1
    click.echo(f"{count:,} rows; next time: --since {found.until}", err=True)


@command.command("recluster")
@engine_options
@_on_output
def recluster_command(
    output: core.Output,
    workers: int,
    engine: str,
    engine_address: str | None,
    staging: str | None,
) -> None:
    """Group all articles into stories anew; `clusters` then has the last word on every version.

    What a crawl writes is its best knowledge at the time; this looks at everything at once, so the
    result does not depend on the order in which the copies came.
    """
    index = StoryIndex(output.state.connection, output.state_dir / "stories")
    job = f"recluster-{new_run_id(now())}"
    try:
        with engine_missing_told(), open_executor(engine, workers, engine_address) as executor:
            done = recluster(output, index, job, executor, staging=staging)
    except TaskFailed as error:
        _end(f"nothing was changed: {error}", 1)
    click.echo(
        f"{done.stories:,} versions tell {done.clusters:,} stories; {done.changed:,} assigned anew"
    )


@command.command()
@click.argument("url")
@click.option("--reason", help="Kept with the tombstone.")
@_on_output
def takedown(output: core.Output, url: str, reason: str | None) -> None:
    """Remove the article at URL from every file and snapshot, for good; it is not fetched again.

    WARC archives, exports and copies elsewhere are not touched.
    """
    stories = _stories(output)
    done = core.take_down(output, url, reason, stories=stories)
    if not done.articles:
        done = core.take_down(output, canonical_url(url), reason, stories=stories)
    if not done.articles:
        _end(f"no article is known under {url}", 1)
    click.echo(
        f"{len(done.articles)} article(s) taken down: {done.rows:,} rows gone,"
        f" {done.files:,} files rewritten"
    )


@command.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--table", "tables", multiple=True, type=click.Choice(list(TABLES)),
              help="Which tables; all of them by default.")  # fmt: skip
@_on_output
def export_command(output: core.Output, folder: Path, tables: tuple[str, ...]) -> None:
    """Make FOLDER with the files of the newest snapshot, for tools that read *.parquet."""
    output.flush(force=True)
    snapshots = [core.open_dataset(output.uri, table=name) for name in tables or TABLES]
    try:
        done = core.export(snapshots, folder)
    except FileExistsError as error:
        _end(str(error), USAGE)
    click.echo(f"{done.folder}: {done.files:,} files, {done.rows:,} rows")


def _stories(output: core.Output) -> StoryIndex | None:
    """The story index of an output, or None if the output was never deduplicated."""
    stories = StoryIndex(output.state.connection, output.state_dir / "stories")
    return stories if stories.size().stories else None


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
