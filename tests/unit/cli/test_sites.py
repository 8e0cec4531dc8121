"""``newscrawl sites``: the registry, its rules on recorded and live pages, drafts."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner

from newscrawl.cli.site_draft import name_of
from newscrawl.cli.site_source import class_source, toml_source
from newscrawl.cli.site_tables import markdown
from newscrawl.cli.sites import command
from newscrawl.registry import all_sites
from newscrawl.site import Site
from newscrawl.sites_toml import load_sites

ROOT = Path(__file__).parents[3]

STORIES = {
    "/town/2026/11/old-mill-bought-back-4411": (
        "Old mill bought back by its neighbours",
        "2026-11-10T08:00:00+05:30",
        [
            "The mill at the river bend was bought by 112 households on Tuesday, ending a dispute "
            "that had kept its wheel still since the flood of 2009.",
            "Each household paid the price of two sacks of rice. The deed names all of them, and "
            "the lawyer who wrote it said that it was the longest she had ever seen.",
            "“We will grind first and argue later,” said Ranil Soysa, who mended the sluice.",
        ],
    ),
    "/town/2026/11/night-bus-gets-a-second-stop-4417": (
        "Night bus gets a second stop",
        "2026-11-11T09:30:00+05:30",
        [
            "The night bus will call at the hospital gate from Monday, after nurses counted the "
            "steps they walk in the dark between the last stop and the ward.",
            "The count came to 2,140, most of them uphill. The company said that nobody had ever "
            "told it a number before and that a number was hard to refuse.",
            "A lamp will be put up there. The driver has promised to wait for one minute.",
        ],
    ),
    "/harbour/2026/11/lighthouse-keeper-hands-over-her-log-4420": (
        "Lighthouse keeper hands over her log",
        "2026-11-12T07:15:00+05:30",
        [
            "The last keeper of the northern light gave the museum 41 volumes of her log, in which "
            "every ship is drawn as she saw it, with its lights and not its name.",
            "Historians have matched 300 of the drawings with ships in the registers. Some of them "
            "were thought to have been elsewhere that night.",
            "Keeper Mallika Dias will read from it on Sunday, in the lamp room, to ten people.",
        ],
    ),
}


def _page(title: str, published: str, paragraphs: list[str], body_class: str) -> str:
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title} | Harbour Gazette</title>"
        '<meta property="og:site_name" content="Harbour Gazette">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{published}"></head><body>'
        '<nav><a href="/town/">Town</a> <a href="/harbour/">Harbour</a></nav>'
        f'<main><h1 class="story-head">{title}</h1><div class="{body_class}">{text}</div></main>'
        '<aside><h3>More</h3><a href="/town/">All from the town</a></aside>'
        "<footer>Harbour Gazette, 4 Pier Road</footer></body></html>"
    )


def _answers(body_class: str, port: int) -> dict[str, tuple[str, str]]:
    base = f"http://127.0.0.1:{port}"
    items = "".join(
        f"<item><title>{title}</title><link>{base}{path}</link></item>"
        for path, (title, _, _) in STORIES.items()
    )
    links = "".join(f'<li><a href="{p}">{t}</a></li>' for p, (t, _, _) in STORIES.items())
    found = {
        "/": (
            "text/html",
            '<html lang="en"><head><title>Harbour Gazette</title>'
            '<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>'
            f"<body><nav><a href='/town/'>Town</a></nav><ul>{links}</ul></body></html>",
        ),
        "/feed.xml": (
            "application/rss+xml",
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>HG</title>{items}'
            "</channel></rss>",
        ),
        "/robots.txt": ("text/plain", "User-agent: *\nDisallow: /admin/\n"),
    }
    for path, story in STORIES.items():
        found[path] = ("text/html; charset=utf-8", _page(*story, body_class))
    return found


@contextmanager
def _site(body_class: str) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path)
            self.send_response(200 if answer else 404)
            kind, text = answer or ("text/plain", "no such page")
            body = text.encode()
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    answers = _answers(body_class, server.server_port)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def _run(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "newscrawl", "sites", *args],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_list_shows_country_languages_sources_and_evidence() -> None:
    result = CliRunner().invoke(command, ["list", "kh"])
    assert result.exit_code == 0
    line = next(x for x in result.output.splitlines() if x.startswith("khmertimes"))
    for word in ("KH", "en", "1 feed, 1 list", "2026-09, high"):
        assert word in line


def test_list_as_json() -> None:
    result = CliRunner().invoke(command, ["list", "asianews", "--json"])
    assert json.loads(result.output)["title"] == "Asia News Network"


def test_unknown_site_is_a_usage_error_with_a_hint() -> None:
    result = CliRunner().invoke(command, ["show", "khmertimez"])
    assert result.exit_code == 2
    assert "did you mean khmertimes?" in result.output


def test_show_tells_everything() -> None:
    result = CliRunner().invoke(command, ["show", "phnompenhpost"])
    assert result.exit_code == 0
    for word in ("REST list", "newscrawl.spiders.kh.phnompenhpost", "drupal", "#ArticleBody p"):
        assert word in result.output


def test_sites_page_is_what_the_code_gives() -> None:
    page = (ROOT / "docs" / "sites.md").read_text(encoding="utf-8")
    assert page == markdown(all_sites()), "run: newscrawl sites list --markdown > docs/sites.md"


def test_check_passes_on_recorded_pages() -> None:
    result = CliRunner().invoke(command, ["check", "phnompenhpost"])
    assert result.exit_code == 0, result.output
    assert "phnompenhpost/drupal: all" in result.output


def test_check_names_the_rule_and_the_element_that_holds_the_text_now(tmp_path: Path) -> None:
    source = ROOT / "tests" / "sites" / "bangkokpost" / "lead_meta"
    target = tmp_path / "bangkokpost" / "moved"
    target.mkdir(parents=True)
    for name in ("meta.json", "expected.json"):
        (target / name).write_bytes((source / name).read_bytes())
    html = gzip.decompress((source / "page.html.gz").read_bytes()).decode()
    html = html.replace('class="article-content"', 'class="story-body-2027"')
    (target / "page.html.gz").write_bytes(gzip.compress(html.encode()))
    result = CliRunner().invoke(command, ["check", "bangkokpost", "--cases", str(tmp_path)])
    assert result.exit_code == 1
    assert "layouts[1].body gives nothing" in result.output
    assert "rule: div.article-content p" in result.output
    assert "now in: div.article-news div p" in result.output
    assert "A railway that carried teak" in result.output
    assert "layouts[1].title" not in result.output


def test_check_without_recorded_pages_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["check", "dawn", "--cases", str(tmp_path)])
    assert result.exit_code == 1
    assert "no recorded page" in result.output


def test_own_sites_are_shown_and_their_problems_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(toml_source(all_sites()["dawn"]).replace("dawn", "dusk") + "[x]\n", "utf-8")
    result = CliRunner().invoke(command, ["show", "dusk", "--sites", str(path)])
    assert result.exit_code == 0
    assert "dusk: Dawn (PK, en)" in result.output
    assert "unknown table" in result.output


@pytest.mark.parametrize("site", all_sites().values(), ids=lambda s: s.name)
def test_every_record_goes_through_toml_and_source(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text(toml_source(site), encoding="utf-8")
    assert load_sites(path) == ({site.name: site}, [])
    space: dict[str, object] = {}
    exec(compile(class_source(site), "draft", "exec"), space)
    made = next(v for v in space.values() if isinstance(v, type) and vars(v).get("site"))
    assert vars(made)["site"] == site


def test_names_from_hosts() -> None:
    assert name_of("www.harbour-gazette.com.lk") == "harbourgazette"
    assert name_of("news.example.co.uk") == "example"
    assert name_of("kompas.com") == "kompas"


def test_new_drafts_class_and_case_and_the_draft_holds(tmp_path: Path) -> None:
    cases = tmp_path / "tests" / "sites"
    cases.mkdir(parents=True)
    elsewhere = (
        tmp_path / "elsewhere"
    )  # the draft makes a folder newscrawl, which must not be found
    elsewhere.mkdir()
    with _site("story-text") as port:
        done = _run(
            "new", f"http://127.0.0.1:{port}/", "--name", "harbour", "--pages", "2",
            "--cases", str(cases), "--allow-address", f"127.0.0.1:{port}", cwd=elsewhere,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "unsure: country" in done.stdout
    space: dict[str, Any] = {}
    source = (tmp_path / "newscrawl" / "spiders" / "zz" / "harbour.py").read_text("utf-8")
    exec(compile(source, "draft", "exec"), space)
    site = space["HarbourGazette"].site
    assert site.title == "Harbour Gazette"
    assert site.feeds == (f"http://127.0.0.1:{port}/feed.xml",)
    assert site.layouts[0].title == ("h1.story-head", "h1")
    assert site.layouts[0].body == ("div.story-text p",)
    assert site.layouts[0].published == ("meta[property='article:published_time']::attr(content)",)
    assert all(re.match(site.article, f"http://127.0.0.1:{port}{path}") for path in STORIES)
    expected = json.loads((cases / "harbour" / "first" / "expected.json").read_text("utf-8"))
    assert expected["title"] in {title for title, _, _ in STORIES.values()}
    own = tmp_path / "mine.toml"
    own.write_text(toml_source(site), encoding="utf-8")
    args = ["check", "harbour", "--sites", str(own), "--cases", str(cases)]
    result = CliRunner().invoke(command, args)
    assert result.exit_code == 0, result.output


def test_check_live_sees_that_a_site_changed(tmp_path: Path) -> None:
    toml = """
[[site]]
name = "harbour"
title = "Harbour Gazette"
country = "LK"
languages = ["en"]
timezone = "Asia/Colombo"
domains = ["127.0.0.1"]
home = "http://127.0.0.1:PORT/"
feeds = ["http://127.0.0.1:PORT/feed.xml"]
[[site.layouts]]
title = ["h1.story-head"]
body = ["div.story-text p"]
"""
    outcomes = []
    for body_class in ("story-text", "redesigned"):
        with _site(body_class) as port:
            path = tmp_path / "mine.toml"
            path.write_text(toml.replace("PORT", str(port)), encoding="utf-8")
            done = _run(
                "check", "harbour", "--live", "--pages", "1", "--sites", str(path),
                "--allow-address", f"127.0.0.1:{port}", cwd=tmp_path,
            )  # fmt: skip
            outcomes.append(done)
    good, bad = outcomes
    assert good.returncode == 0, good.stdout + good.stderr
    assert "all 2 rules hold" in good.stdout
    assert bad.returncode == 1
    assert "layouts[1].body gives nothing" in bad.stdout
    assert "now in: div.redesigned p" in bad.stdout


def test_record_writes_a_case(tmp_path: Path) -> None:
    with _site("story-text") as port:
        path = next(iter(STORIES))
        done = _run(
            "record", "dawn", f"http://127.0.0.1:{port}{path}", "--cases", str(tmp_path),
            "--allow-address", f"127.0.0.1:{port}", cwd=tmp_path,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "dawn" / "recorded"
    assert STORIES[path][0] in gzip.decompress((folder / "page.html.gz").read_bytes()).decode()
    assert json.loads((folder / "expected.json").read_text())["title"] == STORIES[path][0]
