"""``newscrawl extract``: one page, or a file of pages, to articles."""

from __future__ import annotations

import gzip
import os
import re
import sys
from pathlib import Path
from typing import IO

import click

from newscrawl.cli.article_json import article_record, explanation, readable, to_json
from newscrawl.cli.extract_lines import extract_lines
from newscrawl.clock import now
from newscrawl.items import Article, Page, Rejection
from newscrawl.site import Site

_MAX_PAGE_BYTES = 50 * 1024 * 1024
_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|p|div|h[1-6]|article|section|meta|title|br|span|a|script|table|"
    r"main|ul|ol|img|font|center|amp-)(?=[\s>/])",
    re.IGNORECASE,
)


@click.command(name="extract")
@click.argument("source", metavar="FILE|URL|-")
@click.option("--url", help="The address of the page in a FILE, for links and identity.")
@click.option("--site", "site_name", help="Read it by the rules of this registered site.")
@click.option("--text", "as_text", is_flag=True, help="Readable text instead of JSON.")
@click.option("--explain", is_flag=True, help="Which rule gave each field, and what was removed.")
@click.option("--jsonl", is_flag=True, help="FILE holds one page a line; write one article a line.")
@click.option(
    "--workers", type=click.IntRange(0), help="For --jsonl: processes (default: all cores)."
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1),
    default=20.0,
    show_default=True,
    help="For --jsonl: time limit of a page.",
)
@click.option("--memory", "memory_mb", type=click.IntRange(0), default=1024, show_default=True,
              help="For --jsonl: memory limit of a process in MiB (0: none).")  # fmt: skip
@click.option(
    "--dateline",
    type=click.Choice(["move", "keep"]),
    help="Move a dateline to its own field, or keep it in the body as printed too."
    "  [default: move; keep with --jsonl]",
)
@click.option(
    "--learn/--no-learn",
    default=True,
    show_default=True,
    help="For --jsonl: take out lines that recur on the pages of a host; holds 2,000 lines back.",
)
def command(
    source: str,
    url: str | None,
    site_name: str | None,
    as_text: bool,
    explain: bool,
    jsonl: bool,
    workers: int | None,
    seconds: float,
    memory_mb: int,
    dateline: str | None,
    learn: bool,
) -> None:
    """Turn a page into an article.

    FILE is HTML (also .gz) or bare text, - is standard input. A URL is fetched as the crawl
    fetches: robots.txt obeyed, public addresses only.

    With --jsonl each line of FILE is {"id", "url", "html"} or {"id", "url", "path"} (a .html or
    .html.gz file), optionally with "encoding" or "content_type". Each gives one line of output, in
    the same order; a line that cannot be read gives its id and an "error". The body of such a line
    is the text as printed, dateline included, as corpora and comparisons expect it; the dataset
    has the dateline in its own column.
    """
    site = _site(site_name)
    if jsonl:
        if as_text or explain or url:
            raise click.UsageError("--jsonl goes with none of --text, --explain and --url")
        count = workers if workers is not None else os.cpu_count() or 1
        with _opened(source) as lines:
            folder = Path.cwd() if source == "-" else Path(source).parent
            written = extract_lines(
                lines, sys.stdout.buffer, folder=folder, site=site,
                move_dateline=dateline == "move", learn=learn,
                workers=count, seconds=seconds, memory_mb=memory_mb,
            )  # fmt: skip
        click.echo(f"{written.lines} lines, {written.failed} with an error", err=True)
        return
    article, verdict = _one(source, url, site, keep_dateline=dateline == "keep")
    if explain:
        for line in explanation(article, verdict):
            click.echo(line)
        return
    if verdict is not None:
        click.echo(f"note: this looks like no article ({verdict.reason})", err=True)
    click.echo(readable(article) if as_text else to_json(article_record(article), indent=2))


def _site(name: str | None) -> Site | None:
    if name is None:
        return None
    from newscrawl.registry import all_sites

    sites = all_sites()
    if name not in sites:
        raise click.BadParameter(f"no registered site {name!r}", param_hint="--site")
    return sites[name]


def _opened(source: str) -> IO[bytes]:
    if source == "-":
        return sys.stdin.buffer
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise click.BadParameter(f"{source}: {error.strerror}", param_hint="FILE") from error


def _one(
    source: str, url: str | None, site: Site | None, *, keep_dateline: bool
) -> tuple[Article, Rejection | None]:
    """The article of one page or text, and why it may be none."""
    from newscrawl.clean import clean, from_text
    from newscrawl.extract import decode, judge_reading, page_of, read_page

    page: Page
    if re.match(r"https?://", source, re.IGNORECASE):
        page = _fetched(source)
    else:
        with _opened(source) as file:
            body = file.read(_MAX_PAGE_BYTES)
        if body[:2] == b"\x1f\x8b":
            body = _unpacked(body)
        text = decode(body, None, site_encoding=site.encoding if site else None).text
        if not _MARKUP.search(text[:200_000]):
            return from_text(text, site, url=url or "", fetched_at=now()), None
        page = page_of(body, url or "", now())
    reading = read_page(page, site)
    keep = {"dateline"} if keep_dateline else ()
    return clean(reading.article, site, keep=keep), judge_reading(reading)


def _fetched(url: str) -> Page:
    from newscrawl.cli.fetch import PageNotFetchedError, fetch_page

    try:
        return fetch_page(url)
    except PageNotFetchedError as error:
        raise click.ClickException(str(error)) from error


def _unpacked(body: bytes) -> bytes:
    import io

    try:
        with gzip.open(io.BytesIO(body)) as file:
            return file.read(_MAX_PAGE_BYTES)
    except (OSError, EOFError) as error:
        raise click.BadParameter(f"not a whole gzip file: {error}", param_hint="FILE") from error
