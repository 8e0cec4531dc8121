"""From an extracted article to one that can be stored."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.clean import Furniture
from newscrawl.dedup import article_id
from newscrawl.editing import edit, edit_page, name_of_host, validate
from newscrawl.extract import page_of
from newscrawl.items import Article, Rejection, Stage

AT = datetime(2026, 11, 24, tzinfo=UTC)
BODY = "\n\n".join(f"Sentence {n} of a story on the harbour and its new crane." for n in range(6))


def article(**fields: object) -> Article:
    known = {"url": "https://paper.example/a?utm_source=x", "site": "paper", "title": "Crane",
             "body": BODY, "fetched_at": AT}  # fmt: skip
    return Article(**{**known, **fields})  # type: ignore[arg-type]


def test_an_article_gets_its_keys() -> None:
    edited = edit(article(), None)
    assert isinstance(edited, Article)
    assert edited.canonical_url == "https://paper.example/a"
    assert edited.article_id == article_id("paper", edited.canonical_url, None)
    assert len(edited.content_hash) == len(edited.version_id) == 32


@pytest.mark.parametrize("name", ["url", "site", "title", "body", "fetched_at"])
def test_what_is_no_article_has_its_reason(name: str) -> None:
    refused = validate(article(**{name: None if name == "fetched_at" else ""}))
    assert isinstance(refused, Rejection)
    assert (refused.stage, refused.reason) == (Stage.VALIDATE, f"no_{name}")
    assert edit(article(**{name: None if name == "fetched_at" else ""}), None) == refused


def test_furniture_learns_from_what_was_edited() -> None:
    furniture = Furniture()
    line = "Download our app for the latest news from the harbour district"
    for n in range(40):
        own = "\n\n".join(f"Story {n}, part {k}, of the harbour and its crane." for k in range(5))
        one = article(
            url=f"https://paper.example/{n}", title=f"Crane number {n}", body=f"{own}\n\n{line}"
        )
        edit(one, None, furniture)
    assert furniture.is_furniture(line)


def test_a_page_of_an_unregistered_site_is_named_by_its_host() -> None:
    text = "".join(f"<p>{line}</p>" for line in BODY.split("\n\n"))
    html = f"<html><h1>A crane for the harbour</h1><article>{text * 3}</article></html>"
    edited = edit_page(page_of(html, "https://WWW.Paper.example/news/2026/a-crane", AT), None)
    assert isinstance(edited, Article), edited
    assert edited.site == "paper.example"
    assert name_of_host("www.a.example.") == "a.example"
