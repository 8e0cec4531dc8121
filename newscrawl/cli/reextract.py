"""``newscrawl reextract``"""

from __future__ import annotations

from pathlib import Path

import click

from newscrawl.account import State
from newscrawl.archive import PageNote
from newscrawl.cli.archive_run import bar, end, signals_given
from newscrawl.cli.crawl import own_sites, site_of_url
from newscrawl.cli.engines import engine_missing_told, engine_options
from newscrawl.cli.failures import failures_told
from newscrawl.cli.options import output_option, sites_option, state_option, telling_options
from newscrawl.cli.progress import stderr_console
from newscrawl.reextract import Reextraction, ReextractOptions
from newscrawl.registry import all_sites
from newscrawl.site import Site


@click.command("reextract")
@output_option("The dataset whose archive is read.")
@state_option
@click.option(
    "--into",
    "new_output",
    type=click.Path(),
    metavar="DIR",
    help="Make a dataset anew there, with every row in full, instead of adding versions.",
)
@sites_option
@engine_options
@telling_options
def command(
    output: str,
    state_dir: str | None,
    new_output: str | None,
    sites_file: Path | None,
    workers: int,
    engine: str,
    engine_address: str | None,
    staging: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Make the articles of the archive again with today's rules, without any request.

    An article gets a new version where its text or title comes out differently; where other
    columns would differ, make the dataset anew with --into.

    Exit codes: 0 all good; 1 the archive is damaged or a page met a defect; 2 usage; 3 output
    could not be written; 4 another reextract is at work; 130/143 stopped by a signal.
    """
    console = stderr_console()
    sites = {**all_sites(), **own_sites(sites_file, console)}

    def site_of(note: PageNote) -> Site | None:
        if (site := sites.get(note.site)) is not None:
            return site
        made = site_of_url(note.home)  # as `newscrawl crawl URL` made it
        return made if made.name == note.site else None

    options = ReextractOptions(
        output=output,
        state_dir=state_dir,
        new_output=new_output,
        site_of=site_of,
        workers=workers,
        engine=engine,
        engine_address=engine_address,
        staging=staging,
    )
    with failures_told(console), engine_missing_told():
        job = Reextraction(options)
        if not job.files:
            job.run.output.close()
            raise click.UsageError(f"{job.folder} holds no archive: crawl with --archive first")

        def counts() -> str:
            ledgers = list(job.run.ledgers.values())
            new = sum(x.states[State.STORED] + x.states[State.NEW_VERSION] for x in ledgers)
            return f"{job.pages:,} pages, {new:,} new rows"

        def stop(number: int) -> None:
            job.stop_signal = number

        with (
            signals_given(stop),
            bar(console, job.size, counts, lambda: job.position, quiet=quiet or as_json,
                as_json=as_json) as tick,
        ):  # fmt: skip
            summary = job.reextract(tick=tick)
    end(summary, {"pages": job.pages, "problems": job.problems}, console, as_json=as_json)
