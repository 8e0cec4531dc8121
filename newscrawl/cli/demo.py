"""``newscrawl demo``: a complete run with no internet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawl.account import Summary
from newscrawl.cli.announce import Announcements, announce
from newscrawl.cli.crawl import crawl, finish
from newscrawl.cli.options import telling_options
from newscrawl.cli.progress import stderr_console
from newscrawl.clock import now
from newscrawl.dataset import NoSuchSnapshot, connect_duckdb, open_dataset
from newscrawl.demo.server import DemoServer
from newscrawl.job import spider_for
from newscrawl.run import RunOptions

_QUERIES = (
    (
        "Stories that several papers carry, and who had them first",
        """SELECT any_value(title) AS story, count(*) AS copies,
       string_agg(site, ' > ' ORDER BY published_at) AS papers,
       round(min(overlap), 2) AS least_overlap
FROM articles GROUP BY cluster_id
HAVING count(DISTINCT site) > 1 ORDER BY copies DESC, story LIMIT 5""",
    ),
    (
        "Languages and scripts, with the dates as the papers' own clocks showed them",
        """SELECT language, script, count(*) AS articles, max(published_local) AS newest,
       any_value(left(title, 24)) AS a_title
FROM articles GROUP BY ALL ORDER BY articles DESC, language""",
    ),
    (
        "What was found and not stored, and why",
        """SELECT state, coalesce(stage || '/' || reason, reason) AS reason, count(*) AS urls
FROM fetch_log WHERE state <> 'stored' GROUP BY ALL ORDER BY urls DESC, reason""",
    ),
)


@click.command("demo")
@click.option(
    "--output",
    default="output",
    show_default=True,
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Where the dataset is written.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Extraction processes; 0 = in the crawl's own process.",
)
@telling_options
def command(output: str, workers: int, quiet: bool, as_json: bool) -> None:
    """Crawl invented papers on this machine with the real pipeline, offline.

    Eight papers in six scripts are served on 127.0.0.1, crawled over HTTP and written to the
    dataset. Run it twice: the second run meets a story that was changed and some that are new, and
    fetches only those.
    """  # fmt: skip
    console = stderr_console()
    before = _runs_before(output)
    # The story that changes does so between the first and the second run, and then stays.
    changed_at = before[1] if len(before) > 1 else now()
    with DemoServer(poll=2 if before else 1, changed_at=changed_at) as server:
        spiders = [spider_for(site) for site in server.sites()]
        if not as_json:
            again = f"run {len(before) + 1} on this output: only what is new or changed"
            console.print(
                Text(
                    f"{len(spiders)} invented papers at 127.0.0.1:{server.port}, no internet"
                    + (f" ({again})" if before else "")
                )
            )
        summary = crawl(
            spiders,
            RunOptions(output=output, workers=workers),
            {
                "NEWSCRAWL_ALLOW_ADDRESSES": [f"127.0.0.1:{server.port}"],
                "NEWSCRAWL_DEMO_PORT": server.port,
                "TWISTED_DNS_RESOLVER": "newscrawl.demo.resolver.DemoResolver",
                "DOWNLOAD_DELAY": 0,  # our own machine need not be spared
            },
            console,
            quiet=quiet or as_json,
            as_json=as_json,
        )
        statuses = dict(server.statuses)
    if not as_json:
        _show(summary, statuses, output, Console(highlight=False))
    announce(summary, Announcements(), console)
    finish(summary, console, as_json=as_json)


def _runs_before(output: str) -> list[datetime]:
    """When the earlier runs on this output began, in order."""
    try:
        runs = open_dataset(output, table="runs").to_table(["run_id", "started_at"])
    except NoSuchSnapshot:
        return []
    began: dict[str, datetime] = {}
    for row in runs.to_pylist():
        began[row["run_id"]] = min(row["started_at"], began.get(row["run_id"], row["started_at"]))
    return sorted(began.values())


def _show(summary: Summary, statuses: dict[int, int], output: str, console: Console) -> None:
    """What came of it, and three queries to try."""
    fetched = statuses.get(200, 0)
    console.print(
        Text(
            f"\n{summary.total('stored')} new articles,"
            f" {summary.total('new_versions')} new versions,"
            f" {summary.total('unchanged')} known and unchanged;"
            f" {fetched} pages fetched, {statuses.get(304, 0)} answered 304 (not modified)",
            style="bold",
        )
    )
    try:
        connection = connect_duckdb(output)
    except ImportError:
        console.print("Install newscrawl[analysis] to see three queries over the dataset here.")
        return
    for title, sql in _QUERIES:
        result = connection.execute(sql)
        table = Table(
            title=Text(title, style="bold"), title_justify="left", box=None, padding=(0, 2, 0, 0)
        )
        for column in result.description or ():
            table.add_column(Text(column[0], style="dim"), overflow="fold")
        for row in result.fetchall():
            table.add_row(*(Text("" if value is None else str(value)) for value in row))
        console.print()
        console.print(table)
        console.print(Text(sql, style="dim"))
    files = Path(output, "articles", "data").resolve()
    console.print(Text(f"\nThe files: {files}/**/*.parquet\n"))
