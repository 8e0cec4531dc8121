"""``newscrawl sites``: the registry, its rules on recorded and live pages, drafts of new sites."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.table import Table

from newscrawl.cli.options import output_option, sites_option, state_option
from newscrawl.cli.site_check import Finding, check_case, check_page
from newscrawl.cli.site_tables import evidence_of, markdown, rows, sources_of
from newscrawl.extensions.logformat import printable
from newscrawl.furniture_store import load_furniture, save_furniture
from newscrawl.recorded import Case, cases_folder, load_cases, write_case
from newscrawl.registry import UnknownTargetError, all_sites, resolve, spider_classes
from newscrawl.site import Site
from newscrawl.sites_toml import load_sites

_CASES = click.option(
    "--cases",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the recorded pages are.  [default: tests/sites of the checkout]",
)
_ALLOW = click.option(
    "--allow-address",
    "allow",
    multiple=True,
    metavar="HOST:PORT",
    help="An address that need not be public (tests only).",
)


@click.group("sites", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List the registered sites, look at one, check its rules, draft a new one."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


def _known(file: Path | None) -> Mapping[str, Site]:
    if file is None:
        return all_sites()
    own, problems = load_sites(file)
    for problem in problems:
        click.echo(problem, err=True)
    return {**all_sites(), **own}


def _sites(target: str, known: Mapping[str, Site]) -> tuple[Site, ...]:
    try:
        return resolve(target, known)
    except UnknownTargetError as error:
        raise click.UsageError(str(error)) from error


def _site(name: str, known: Mapping[str, Site]) -> Site:
    found = _sites(name, known)
    if len(found) != 1:
        raise click.UsageError(f"{name!r} stands for {len(found)} sites; name one")
    return found[0]


@command.command("list")
@click.argument("target", required=False)
@sites_option
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
@click.option("--markdown", "as_markdown", is_flag=True, help="The page docs/sites.md.")
def list_(
    target: str | None = None,
    sites_file: Path | None = None,
    as_json: bool = False,
    as_markdown: bool = False,
) -> None:
    """List the sites of TARGET (a site, country, group; all by default)."""
    sites = _sites(target or "all", _known(sites_file))
    if as_markdown:
        click.echo(markdown({site.name: site for site in sites}), nl=False)
    elif as_json:
        for site in sites:
            click.echo(json.dumps(asdict(site), ensure_ascii=False, default=str))
    else:
        table = Table(box=None, pad_edge=False)
        for title in ("site", "title", "", "languages", "sources", "verified"):
            table.add_column(title, overflow="fold")
        for row in rows(sites):
            table.add_row(*row)
        console = Console()
        if not console.is_terminal:
            console = Console(width=200)
        console.print(table)
        countries = {site.country for site in sites} - {"ZZ"}
        click.echo(f"{len(sites)} sites, {len(countries)} countries")


@command.command()
@click.argument("name")
@sites_option
@_CASES
@click.option("--json", "as_json", is_flag=True)
def show(name: str, sites_file: Path | None, cases: Path | None, as_json: bool) -> None:
    """Tell everything that is known about the site NAME."""
    site = _site(name, _known(sites_file))
    record = {key: value for key, value in asdict(site).items() if value not in (None, (), "")}
    if as_json:
        click.echo(json.dumps(record, ensure_ascii=False, indent=1, default=str))
        return
    cls = spider_classes().get(site.name)
    click.echo(f"{site.name}: {site.title} ({site.country}, {', '.join(site.languages)})")
    click.echo(f"  read from: {sources_of(site)}")
    click.echo(f"  evidence: {evidence_of(site) or 'none'}")
    click.echo(f"  defined in: {cls.__module__ if cls else sites_file}")
    recorded = [case.name for case in _cases(cases, site)]
    click.echo(f"  recorded pages: {', '.join(recorded) or 'none'}")
    shown = {"name", "title", "country", "languages", "verified"}
    for key, value in record.items():
        if key not in shown:
            _tell(key, value, "  ")


def _tell(key: str, value: object, indent: str) -> None:
    if isinstance(value, (tuple, list)):
        if all(isinstance(item, str) for item in value):
            click.echo(f"{indent}{key}:")
            for item in value:
                click.echo(f"{indent}  {item}")
        else:
            for number, item in enumerate(value, 1):
                _tell(f"{key}[{number}]", item, indent)
    elif isinstance(value, dict):
        click.echo(f"{indent}{key}:")
        for inner, item in value.items():
            if item not in (None, (), ""):
                _tell(inner, item, indent + "  ")
    else:
        click.echo(f"{indent}{key}: {value}")


def _cases(folder: Path | None, site: Site) -> list[Case]:
    folder = folder or cases_folder()
    return load_cases(folder, site.name) if folder else []


@command.command()
@click.argument("target")
@click.option("--live", is_flag=True, help="Check pages of the site as they are now.")
@click.option("--url", "urls", multiple=True, help="Live: check this page (may be repeated).")
@click.option("--pages", default=3, show_default=True, help="Live: how many pages to look at.")
@sites_option
@_CASES
@_ALLOW
def check(
    target: str,
    live: bool,
    urls: tuple[str, ...],
    pages: int,
    sites_file: Path | None,
    cases: Path | None,
    allow: tuple[str, ...],
) -> None:
    """Run the rules of a site over its recorded pages, or over live ones.

    TARGET may be a country, a group or all for recorded pages. Says which rule no longer matches
    and which element holds the text now; ends with 1 then.
    """
    findings: list[Finding] = []
    problems: list[str] = []
    if live or urls:
        from newscrawl.cli.visit import visit_site

        site = _site(target, _known(sites_file))
        visit = visit_site(site.home, site, articles=pages, only=urls, allow_addresses=allow)
        problems += visit.problems
        findings += [check_page(site, page) for page in visit.articles]
    else:
        for site in _sites(target, _known(sites_file)):
            recorded = _cases(cases, site)
            findings += [check_case(site, case) for case in recorded]
            if not recorded:
                problems.append(f"{site.name} has no recorded page; record one or use --live")
    for finding in findings:
        click.echo(finding.text())
    for problem in problems:
        click.echo(problem, err=True)
    failed = sum(bool(finding.failures) for finding in findings)
    if len(findings) > 1:
        click.echo(f"{len(findings)} pages, {failed} with rules that no longer hold")
    if not findings or failed or (problems and not live and not urls):
        raise SystemExit(1)


@command.command()
@click.argument("url")
@click.option("--name", help="Registry name.  [default: from the host]")
@click.option("--pages", default=3, show_default=True, help="How many articles to learn from.")
@click.option("--toml", "as_toml", is_flag=True, help="Draft a TOML table instead of a class.")
@click.option("--dry-run", is_flag=True, help="Print the draft, write nothing.")
@_CASES
@_ALLOW
def new(
    url: str,
    name: str | None,
    pages: int,
    as_toml: bool,
    dry_run: bool,
    cases: Path | None,
    allow: tuple[str, ...],
) -> None:
    """Draft the class, the selectors and a recorded case of the site at URL."""
    from newscrawl.cli.site_draft import draft
    from newscrawl.cli.site_source import class_source, toml_source
    from newscrawl.cli.visit import visit_site
    from newscrawl.extract import extract_page

    visit = visit_site(url, articles=pages, allow_addresses=allow)
    for problem in visit.problems:
        click.echo(problem, err=True)
    if visit.home is None:
        _end(f"{url} could not be read")
    made = draft(visit, name=name)
    site = made.site
    source = toml_source(site) if as_toml else class_source(site)
    folder = cases or cases_folder()
    if dry_run or as_toml or folder is None:
        click.echo(source, nl=False)
    else:
        path = _write_class(folder, site, source)
        click.echo(f"wrote {path}")
    if not dry_run and folder is not None and visit.articles:
        page = visit.articles[0]
        origin = f"recorded from the site by `newscrawl sites new {url}`"
        try:
            case = write_case(folder, site, "first", page, extract_page(page, site), origin=origin)
            click.echo(f"wrote {case}: read expected.json and correct it")
        except FileExistsError as error:
            click.echo(f"not recorded, is there already: {error.filename}", err=True)
    for line in made.unsure:
        click.echo(f"unsure: {line}")


def _write_class(cases: Path, site: Site, source: str) -> Path:
    package = cases.parents[1] / "newscrawl" / "spiders" / site.country.lower()
    path = package / f"{site.name}.py"
    if path.exists():
        _end(f"{path} exists already")
    package.mkdir(parents=True, exist_ok=True)
    init = package / "__init__.py"
    if not init.exists():
        init.write_text(f'"""{site.country}."""\n', encoding="utf-8")
    path.write_text(source, encoding="utf-8")
    return path


@command.command()
@click.argument("name")
@click.argument("url")
@click.option("--case", "case_name", default="recorded", show_default=True)
@sites_option
@_CASES
@_ALLOW
def record(
    name: str,
    url: str,
    case_name: str,
    sites_file: Path | None,
    cases: Path | None,
    allow: tuple[str, ...],
) -> None:
    """Record the page at URL as a case of NAME."""
    from newscrawl.cli.fetch import PageNotFetchedError, fetch_page
    from newscrawl.extract import extract

    site = _site(name, _known(sites_file))
    folder = cases or cases_folder()
    if folder is None:
        _end("no tests/sites here; say where with --cases DIR")
    try:
        page = fetch_page(url, allow_addresses=allow)
    except PageNotFetchedError as error:
        _end(str(error))
    article = extract(
        page.body, page.url, site=site, fetched_at=page.fetched_at, headers=page.headers
    )
    try:
        target = write_case(folder, site, case_name, page, article, origin="recorded from the site")
    except FileExistsError as error:
        _end(f"{error.filename} exists already; choose another --case")
    click.echo(f"wrote {target}: read expected.json and correct it")


@command.command()
@click.argument("name")
@output_option("The crawl's output.")
@state_option
@click.option("--allow", metavar="LINE", help="Never take this line for boilerplate again.")
def boilerplate(name: str, output: str, state_dir: str | None, allow: str | None) -> None:
    """The lines of site NAME that were learned to recur across its pages, with the page count.

    Articles keep what was taken out of them, in the column `removed`.
    """
    folder = Path(state_dir) if state_dir else Path(output) / "_state"
    furniture = load_furniture(folder, name)
    if allow is not None:
        furniture.allow(allow)
        save_furniture(folder, name, furniture)
    click.echo(f"{furniture.pages} pages of {name} learned from")
    for line, count in furniture.lines():
        click.echo(f"{count:6}  {printable(line)}")


def _end(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(1)
