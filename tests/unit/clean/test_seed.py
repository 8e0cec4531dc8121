"""The founding example: the text of one page as a naive scraper leaves it, and the same as a page.

The expectation is `shared/seed/expected.json`; it stands outside the repository. The page of that
anatomy is a recorded case of the registered site.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from newscrawl.clean import from_text, restore
from newscrawl.clean.removals import normal_body
from newscrawl.cli import main
from newscrawl.extract import extract
from newscrawl.items import Article
from newscrawl.recorded import load_cases
from newscrawl.registry import all_sites

REPOSITORY = Path(__file__).parents[3]
SEED = Path(os.environ.get("NEWSCRAWL_SHARED", REPOSITORY.parent / "shared")) / "seed"
URL = "https://asianews.network/cambodia-japan-set-to-bring-ties-to-new-heights/"

needs_seed = pytest.mark.skipif(not SEED.is_dir(), reason="the seed is not beside the repository")


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    record: dict[str, Any] = json.loads((SEED / "expected.json").read_text(encoding="utf-8"))
    return record


def _check(article: Article, expected: dict[str, Any]) -> None:
    assert article.title == expected["title"]
    assert article.standfirst == expected["standfirst"]
    assert article.authors == expected["authors"]
    assert article.source_name == expected["source_name"]
    assert article.source_kind == "partner"
    assert article.dateline == expected["dateline"]
    assert article.body.split("\n\n") == expected["body_paragraphs"]
    assert article.published_local is not None
    assert article.published_local.date().isoformat() == expected["published_date"]
    assert article.published_precision == expected["published_precision"]
    image, printed = article.images[0], expected["images"][0]
    assert (image.caption, image.credit) == (printed["caption"], printed["credit"])
    assert image.url.rpartition("/")[2] == printed["file_name"]
    assert len(article.images) == 1


@needs_seed
def test_from_bare_text(expected: dict[str, Any]) -> None:
    text = (SEED / "article.txt").read_text(encoding="utf-8")
    article = from_text(text, url=URL)
    _check(article, expected)
    assert restore(article.body, article.removed) == normal_body(text)
    reasons = [removal.reason for removal in article.removed]
    assert reasons.count("byline") == 2
    assert {"file_name", "furniture", "dateline", "caption", "date", "source"} <= set(reasons)


@needs_seed
def test_by_the_command(expected: dict[str, Any]) -> None:
    result = CliRunner().invoke(main, ["extract", str(SEED / "article.txt")])
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    for name in ("title", "standfirst", "authors", "source_name", "dateline", "language"):
        assert record[name] == expected[name]
    assert record["published"] == expected["published_date"]
    assert record["body"].split("\n\n") == expected["body_paragraphs"]
    printed = expected["images"][0]
    image = record["images"][0]
    assert (image["caption"], image["credit"]) == (printed["caption"], printed["credit"])
    assert {removal["reason"] for removal in record["removed"]} >= {"byline", "file_name"}


@needs_seed
@pytest.mark.parametrize("registered", [True, False], ids=["registered", "generic"])
def test_from_a_page_of_that_anatomy(expected: dict[str, Any], registered: bool) -> None:
    cases = load_cases(REPOSITORY / "tests/sites", "asianews")
    case = next(case for case in cases if case.name == "seed_anatomy")
    assert case.expected["body_paragraphs"] == expected["body_paragraphs"]
    site = all_sites()["asianews"] if registered else None
    _check(extract(case.html, case.url, site=site, fetched_at=case.fetched_at), expected)


@needs_seed
def test_the_language_is_found(expected: dict[str, Any]) -> None:
    article = from_text((SEED / "article.txt").read_text(encoding="utf-8"))
    assert article.language == expected["language"]
