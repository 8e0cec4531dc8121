"""``newscrawl ingest WARC...``"""

from __future__ import annotations

from pathlib import Path

import click

from newscrawl.account import State
from newscrawl.cli.archive_run import bar, end, signals_given
from newscrawl.cli.crawl import own_sites
from newscrawl.cli.engines import engine_missing_told, engine_options
from newscrawl.cli.failures import failures_told
from newscrawl.cli.options import output_option, sites_option, state_option, telling_options
from newscrawl.cli.progress import stderr_console
from newscrawl.ingest import Ingestion, IngestOptions
from newscrawl.registry import all_sites


@click.command("ingest")
@click.argument(
    "warcs",
    nargs=-1,
    required=True,
    metavar="WARC...",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
)
@output_option()
@state_option
@sites_option
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="CC",
    help="Only sites of this country (of the registry, else by the host's ending); may repeat.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Only articles whose text is in this language (km, zh-Hant); may repeat.",
)
@engine_options
@click.option("--again", is_flag=True, help="Read files from the start that were ingested before.")
@telling_options
def command(
    warcs: tuple[Path, ...],
    output: str,
    state_dir: str | None,
    sites_file: Path | None,
    countries: tuple[str, ...],
    languages: tuple[str, ...],
    workers: int,
    engine: str,
    engine_address: str | None,
    staging: str | None,
    again: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read the articles of WARC files into the dataset, without any request.

    Every record is accounted for. A run that was stopped or killed goes on where it was when it is
    started again with the same files.

    Exit codes: 0 all good; 1 a file is damaged or a page met a defect; 2 usage; 3 output could not
    be written; 4 another job reads the same file; 130/143 stopped by a signal.
    """
    console = stderr_console()
    options = IngestOptions(
        output=output,
        state_dir=state_dir,
        sites={**all_sites(), **own_sites(sites_file, console)},
        countries=frozenset(code.upper() for code in countries),
        languages=frozenset(languages),
        workers=workers,
        again=again,
        engine=engine,
        engine_address=engine_address,
        staging=staging,
    )
    with failures_told(console), engine_missing_told():
        ingestion = Ingestion(options)

        def counts() -> str:
            ledgers = list(ingestion.run.ledgers.values())
            stored = sum(x.states[State.STORED] + x.states[State.NEW_VERSION] for x in ledgers)
            refused = sum(x.states[State.REFUSED] for x in ledgers)
            records = sum(f.records for f in ingestion.files)
            return f"{records:,} records, {stored:,} new, {refused:,} refused"

        def stop(number: int) -> None:
            ingestion.stop_signal = number

        total = sum(path.stat().st_size for path in warcs)
        with (
            signals_given(stop),
            bar(console, total, counts, lambda: ingestion.position, quiet=quiet or as_json,
                as_json=as_json) as tick,
        ):  # fmt: skip
            summary = ingestion.ingest(warcs, tick=tick)
    files = [
        {"file": f.name, "done": f.done, "records": f.records, "counts": dict(f.counts)}
        for f in ingestion.files
    ]
    if not as_json:
        for f in ingestion.files:
            words = ", ".join(f"{word} {n}" for word, n in f.counts.most_common())
            ended = "" if f.done else " so far"
            console.print(f"{f.name}: {f.records:,} records{ended}: {words}", markup=False)
    end(summary, {"files": files, "problems": ingestion.problems}, console, as_json=as_json)
