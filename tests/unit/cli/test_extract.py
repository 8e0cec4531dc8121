"""``newscrawl extract`` in all its forms."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newscrawl.cli import main
from newscrawl.cli.article_json import iso_date
from newscrawl.items import Article, Dated, Precision

URL = "https://daily.example/news/2026/11/bridge-opens-48213"
TEXT = "".join(
    f"<p>Paragraph {n} of the story about the bridge, with enough words to be a real one.</p>"
    for n in range(4)
)
HTML = (
    '<html lang="en"><head><title>Old bridge opens again | Daily</title><script type='
    '"application/ld+json">{"@type":"NewsArticle","headline":"Old bridge opens again",'
    '"author":{"@type":"Person","name":"Sokha Vann"},"datePublished":"2026-11-10T08:30:00+07:00"}'
    f"</script></head><body><article><h1>Old bridge opens again</h1>{TEXT}<p>scroll to top</p>"
    "</article></body></html>"
)


def _run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["extract", *arguments], input=stdin, catch_exceptions=False)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(HTML, "utf-8")
    return path


def _lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.split("\n") if line]


def test_a_file_gives_json_with_all_columns(page: Path) -> None:
    record = json.loads(_run(str(page), "--url", URL).stdout)
    assert record["title"] == "Old bridge opens again"
    assert record["authors"] == ["Sokha Vann"]
    assert record["published"] == "2026-11-10T08:30:00+07:00"
    assert record["published_at"] == "2026-11-10T01:30:00+00:00"
    assert record["canonical_url"] == URL
    assert [removal["text"].strip() for removal in record["removed"]] == ["scroll to top"]
    assert "scroll to top" not in record["body"]


def test_standard_input_and_gzip(tmp_path: Path) -> None:
    assert json.loads(_run("-", stdin=HTML).stdout)["title"] == "Old bridge opens again"
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(HTML.encode()))
    assert json.loads(_run(str(packed)).stdout)["title"] == "Old bridge opens again"
    packed.write_bytes(gzip.compress(HTML.encode())[:40])
    assert _run(str(packed)).exit_code == 2


def test_readable_text(page: Path) -> None:
    text = _run(str(page), "--text").stdout
    assert text.startswith("Old bridge opens again\n\nSokha Vann")
    assert "2026-11-10T08:30:00+07:00" in text
    assert "Paragraph 3 of the story" in text


def test_bare_text_goes_the_way_of_text(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(
        "Old bridge opens again\n\nSokha Vann\n\nNovember 10, 2026\n\nPHNOM PENH – The old bridge"
        " over the river carries traffic again after two years of repairs, the governor said.\n\n"
        "Hundreds of people from both banks attended the ceremony on Tuesday morning.\n",
        "utf-8",
    )
    record = json.loads(_run(str(path)).stdout)
    assert record["title"] == "Old bridge opens again"
    assert record["dateline"] == "PHNOM PENH"


def test_the_explanation_names_the_rules_and_the_removals(page: Path) -> None:
    text = _run(str(page), "--explain").stdout
    assert "<- jsonld:author" in text
    assert "removed from the text:" in text
    assert "scroll to top" in text


def test_a_page_that_is_no_article_is_named_as_such() -> None:
    result = _run("-", stdin="<html><title>Page not found</title><h1>404</h1><p>Gone.</p></html>")
    assert "no article (not_found)" in result.stderr
    assert "not_found" in _run("-", "--explain", stdin="<title>Page not found</title>").stdout


def test_usage() -> None:
    assert _run("no-such-file.html").exit_code == 2
    assert _run("-", "--jsonl", "--text", stdin="").exit_code == 2
    assert _run("-", "--site", "no_such_site", stdin="<p>").exit_code == 2


@pytest.mark.parametrize("workers", ["0", "2"])
def test_one_line_for_each_line_in_order(tmp_path: Path, workers: str) -> None:
    (tmp_path / "a.html").write_text(HTML, "utf-8")
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(HTML.encode("utf-16")))
    lines = [
        json.dumps({"id": 1, "url": URL, "html": HTML}),
        json.dumps({"id": "two", "url": URL, "path": "a.html"}),
        json.dumps({"id": "three", "url": URL, "path": str(tmp_path / "b.html.gz")}),
        "",
        "no json",
        '{"id": "cut", "html": "<p>',
        "[1, 2]",
        json.dumps({"id": "neither"}),
        json.dumps({"id": "missing", "path": "nowhere.html"}),
        json.dumps({"id": {"any": ["json"]}, "html": ""}),
        '{"id": "\\ud800", "url": 7, "html": "<h1>A lone surrogate</h1>"}',
        json.dumps({"id": "big5", "path": "c.html", "encoding": "big5"}),
        json.dumps({"id": "last", "url": URL, "html": HTML}),
    ]
    (tmp_path / "c.html").write_bytes("<h1>舊橋今日重新開放</h1>".encode("big5"))
    source = tmp_path / "pages.jsonl"
    source.write_text("\n".join(lines) + "\n", "utf-8")
    records = _lines(_run("--jsonl", str(source), "--workers", workers))
    assert [r["id"] for r in records] == [
        1, "two", "three", None, None, "cut", None, "neither", "missing", {"any": ["json"]},
        "\ud800", "big5", "last",
    ]  # fmt: skip
    for n in (0, 1, 2, 12):
        assert records[n]["title"] == "Old bridge opens again"
        assert records[n]["authors"] == ["Sokha Vann"]
        assert records[n]["published"] == "2026-11-10T08:30:00+07:00"
        assert "error" not in records[n]
    for n in (3, 4, 5, 6, 7, 8):
        assert records[n]["error"]
        assert records[n]["body"] is None
    assert records[9]["title"] is None
    assert records[11]["title"] == "舊橋今日重新開放"


def test_standard_input_of_lines() -> None:
    line = json.dumps({"id": "x", "html": HTML})
    assert _lines(_run("--jsonl", "-", "--workers", "0", stdin=line))[0]["id"] == "x"
    assert _lines(_run("--jsonl", "-", "--workers", "0", stdin="")) == []


@pytest.mark.parametrize(
    ("precision", "zone", "text"),
    [
        (Precision.DAY, "Asia/Kathmandu", "2026-11-10"),
        (Precision.MINUTE, "Asia/Kathmandu", "2026-11-10T08:30+05:45"),
        (Precision.SECOND, "Asia/Kathmandu", "2026-11-10T08:30:00+05:45"),
        (Precision.MINUTE, "", "2026-11-10T08:30"),
        (Precision.SECOND, "", "2026-11-10T08:30:00"),
    ],
)
def test_dates_are_written_as_precisely_as_they_are_known(
    precision: Precision, zone: str, text: str
) -> None:
    article = Article()
    assert iso_date(article, "published") is None
    article.set_published(
        Dated(
            at=datetime(2026, 11, 10, 2, 45, tzinfo=UTC)
            if zone
            else datetime(2026, 11, 10, 8, 30, tzinfo=UTC),
            local=datetime(2026, 11, 10, 8, 30),  # noqa: DTZ001 - the wall clock of the site
            zone=zone,
            precision=precision,
            source="jsonld",
            raw="x",
        )
    )
    assert iso_date(article, "published") == text
