"""``newscrawl crawl TARGET...``"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from rich.console import Console

from newscrawl.account import Summary
from newscrawl.cli.announce import Announcements, announce
from newscrawl.cli.failures import failures_told
from newscrawl.cli.logs import set_up_logging
from newscrawl.cli.options import output_option, sites_option, state_option, telling_options
from newscrawl.cli.progress import Progress, stderr_console
from newscrawl.cli.summary import print_summary
from newscrawl.cli.times import Moment, Span
from newscrawl.job import Job, spider_for
from newscrawl.registry import UnknownTargetError, all_sites, resolve, site_for_host, spider_classes
from newscrawl.run import RunOptions
from newscrawl.shards import in_shard
from newscrawl.site import Site
from newscrawl.sites_toml import load_sites
from newscrawl.spider import NewsSpider


def site_of_url(url: str) -> Site:
    """A record for any news site: what is not known is discovered."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    place = host if parts.port is None else f"{host}:{parts.port}"
    name = "".join(c if c.isalnum() else "_" for c in place.lower()).strip("_")
    return Site(
        name=name,
        title=host,
        country="ZZ",
        languages=(),
        timezone="UTC",
        domains=(host,),
        home=url,
        discover=True,
    )


def choose_sites(targets: Sequence[str], own: Mapping[str, Site]) -> list[Site]:
    """The sites that the targets name, each once, in the order named."""
    known = {**all_sites(), **own}
    chosen: dict[str, Site] = {}
    for target in targets:
        if "://" in target:
            host = urlsplit(target).hostname
            if not host:
                raise click.UsageError(f"{target!r} is no address of a site")
            registered = site_for_host(host, known)
            found: Sequence[Site] = (registered or site_of_url(target),)
        else:
            try:
                found = resolve(target, known)
            except UnknownTargetError as error:
                raise click.UsageError(str(error)) from error
        for site in found:
            chosen.setdefault(site.name, site)
    return list(chosen.values())


def own_sites(sites_file: Path | None, console: Console) -> dict[str, Site]:
    """The user's own sites; what is wrong with some of them is printed."""
    if sites_file is None:
        return {}
    own, problems = load_sites(sites_file)
    for problem in problems:
        console.print(str(problem), style="red", markup=False)
    if not own:
        raise click.UsageError(f"{sites_file}: no site could be read")
    return own


class _Shard(click.ParamType[tuple[int, int]]):
    name = "K/N"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        try:
            k, n = (int(x) for x in str(value).split("/"))
        except ValueError:
            self.fail(f"{value!r} is not K/N such as 1/4")
        if not 1 <= k <= n:
            self.fail(f"{value!r}: K goes from 1 to N")
        return k, n


def _setting(_: Any, __: Any, values: tuple[str, ...]) -> dict[str, str]:
    settings: dict[str, str] = {}
    for value in values:
        name, equals, rest = value.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(f"{value!r} is not NAME=VALUE")
        settings[name.strip()] = rest
    return settings


@click.command("crawl")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@output_option()
@state_option
@sites_option
@click.option("--since", type=Moment(), help="Only articles published since: a date, 36h, 2d.")
@click.option("--until", type=Moment(), help="Only articles published until.")
@click.option(
    "--max-articles",
    type=click.IntRange(min=1),
    metavar="N",
    help="Store at most N articles a site.",
)
@click.option("--max-time", type=Span(), help="Stop a site after this long: 90s, 15m, 2h.")
@click.option(
    "--shard",
    type=_Shard(),
    help="Only shard K of N of the sites; those that share a host are in one.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Extraction processes; 0 = in the crawl's own process.",
)
@click.option(
    "--archive/--no-archive",
    default=False,
    show_default=True,
    help="Keep every answer in WARC files under OUTPUT/archive.",
)
@click.option(
    "--due",
    is_flag=True,
    help="Ask only feeds and sitemaps whose learned time has come: for jobs started often.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    callback=_setting,
    metavar="NAME=VALUE",
    help="Any Scrapy setting.",
)
@click.option(
    "--allow-address",
    "allow",
    multiple=True,
    metavar="HOST:PORT",
    help="An address that need not be public. For tests only.",
)
@click.option(
    "--report/--no-report",
    default=True,
    show_default=True,
    help="Write the run's HTML page under OUTPUT/reports.",
)
@click.option(
    "--metrics",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write how the sites stand as OpenMetrics text, for node-exporter.",
)
@click.option("--webhook", metavar="URL", help="Tell of a bad verdict there, with a JSON POST.")
@telling_options
def command(
    targets: tuple[str, ...],
    output: str,
    state_dir: str | None,
    sites_file: Path | None,
    since: datetime | None,
    until: datetime | None,
    max_articles: int | None,
    max_time: float | None,
    shard: tuple[int, int] | None,
    workers: int,
    archive: bool,
    due: bool,
    settings: dict[str, str],
    allow: tuple[str, ...],
    report: bool,
    metrics: Path | None,
    webhook: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Crawl sites into the dataset.

    TARGET is a site name (asianews), a country (kh), a group (ann), "all", or the address of any
    news site.

    Exit codes: 0 all good; 1 some sites failed, fell silent or were degraded; 2 usage; 3 output
    could not be written; 4 another job holds the same site and output; 130/143 stopped by a
    signal.
    """
    console = stderr_console()
    own = own_sites(sites_file, console)
    sites = choose_sites(targets, own)
    if shard is not None:
        sites = in_shard(sites, {**all_sites(), **own}, *shard)
    classes = spider_classes()
    spiders = [
        classes[site.name] if site.name in classes and site.name not in own else spider_for(site)
        for site in sites
    ]
    options = RunOptions(
        output=output,
        state_dir=state_dir,
        since=since,
        until=until,
        max_articles=max_articles,
        max_time=max_time,
        workers=workers,
        archive=archive,
    )
    extra: dict[str, Any] = {"NEWSCRAWL_POLL": "due" if due else "always"} | settings
    if allow:
        extra["NEWSCRAWL_ALLOW_ADDRESSES"] = list(allow)
    summary = crawl(spiders, options, extra, console, quiet=quiet or as_json, as_json=as_json)
    wanted = Announcements(report=report, metrics=metrics, webhook=webhook, allowed=allow)
    announce(summary, wanted, console)
    finish(summary, console, as_json=as_json)


def crawl(
    spiders: Sequence[type[NewsSpider]],
    options: RunOptions,
    settings: Mapping[str, Any],
    console: Console,
    *,
    quiet: bool = False,
    as_json: bool = False,
) -> Summary:
    """Crawl with progress on the console; exits with 3 if the output cannot even be opened."""
    live = console.is_terminal and not quiet
    level = logging.WARNING if live or quiet else logging.INFO
    set_up_logging(console, level=level, as_json=as_json)
    with failures_told(console):
        job = Job(spiders, options, settings=settings)
    with Progress(job.run, len(spiders), console, quiet=quiet) as progress:

        def tick() -> None:
            if progress.plain:
                console.print(progress.plain_line(), markup=False)

        return job.crawl(tick=tick)


def finish(summary: Summary, console: Console, *, as_json: bool) -> None:
    """Print the summary and leave with the run's exit code."""
    if as_json:
        click.echo(json.dumps(summary.to_json(), ensure_ascii=False))
    else:
        print_summary(summary, console)
    sys.stdout.flush()
    sys.stderr.flush()
    # Nothing is left to do; a thread of a library must not hold the process up.
    os._exit(summary.exit_code)
