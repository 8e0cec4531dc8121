"""Pages made of hostile input: nothing raises or takes long, no field has control characters.

The inputs come from the hostile half of the evaluation data where it is at hand.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import os
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from newscrawl.clean import clean
from newscrawl.extract import judge_reading, page_of, read_page
from newscrawl.items import Article, Page

SHARED = Path(os.environ.get("NEWSCRAWL_SHARED", Path(__file__).parents[2].parent / "shared"))
HOSTILE = SHARED / "eval" / "hostile"
URL = "https://daily.example/news/2026/11/a-story-1"
PAGE = """<html><head><title>{text}</title><meta property="og:title" content="{value}">
<meta name="author" content="{value}"><meta property="article:section" content="{value}">
<meta name="keywords" content="{value}"><link rel="canonical" href="{value}">
<meta property="og:image" content="{value}"><meta name="syndication-source" content="{value}">
<script type="application/ld+json">{json}</script></head><body><h1>{text}</h1>
<p class="byline">{text}</p><span class="source">{text}</span><time datetime="{value}">{text}</time>
<article><p>{text}</p><p>An ordinary paragraph of a story, so that there is a body to be found.</p>
<figure><img src="{value}" width="{value}"><figcaption>{text}</figcaption></figure></article>
</body></html>"""


def _items(name: str) -> list[dict[str, Any]]:
    path = HOSTILE / name
    if not path.exists():
        pytest.skip(f"no hostile inputs at {path}")
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def _everywhere(value: str) -> str:
    linked_data = {
        "@type": "NewsArticle", "headline": value, "author": {"name": value}, "url": value,
        "image": {"url": value, "width": value, "caption": value}, "articleSection": value,
        "keywords": value, "datePublished": value, "identifier": value, "license": value,
        "isAccessibleForFree": value, "publisher": {"name": value}, "inLanguage": value,
    }  # fmt: skip
    quoted = html.escape(value, quote=True)
    script = json.dumps(linked_data).replace("</", "<\\/")
    return PAGE.format(text=html.escape(value), value=quoted, json=script)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _strings(entry)
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))


def _check(page: Page, name: str) -> Article:
    started = time.process_time()
    reading = read_page(page, None)
    judge_reading(reading)
    article = clean(reading.article, None)
    assert time.process_time() - started < 1.0, name
    for text in _strings(article):
        text.encode("utf-8")
        bad = [ch for ch in text if (ch < " " and ch not in "\n\t") or "\x7f" <= ch <= "\x9f"]
        assert not bad, (name, bad)
    return article


@pytest.mark.parametrize("file", ["hostile_jsonld.jsonl", "json_nst.jsonl"])
def test_json_ld(file: str) -> None:
    for item in _items(file):
        page = PAGE.format(text="Title", value="x", json=item["text"])
        _check(page_of(page, URL), item["name"])


@pytest.mark.parametrize("file", ["naughty_strings.jsonl", "hostile_fields.jsonl"])
def test_strings_in_every_field_and_as_address(file: str) -> None:
    for item in _items(file):
        _check(page_of(_everywhere(item["value"]), URL), item["name"])
        _check(page_of(_everywhere("x"), item["value"]), item["name"])


def test_malformed_markup() -> None:
    for item in _items("html_malformed.jsonl.gz"):
        _check(page_of(base64.b64decode(item["bytes_b64"]), URL), item["name"])


BOMBS = {
    "deep": "<div>" * 100_000 + "<h1>Title</h1><p>text",
    "wide": "<p>" + "x" * 2_000_000,
    "attributes": "<p " + " ".join(f"a{n}=b" for n in range(50_000)) + ">text",
    "classes": f'<h1 class="{"byline author " * 50_000}">Title</h1><p>text',
    "metas": "<meta name=author content=x>" * 50_000 + "<h1>Title</h1>",
    "headings": "<h1>Title of one of many</h1>" * 20_000,
    "bylines": '<span class="byline">By Ann Lee and Bo Chan</span>' * 20_000,
    "images": '<figure><img src="/i/picture.jpg"><figcaption>x</figcaption></figure>' * 10_000,
    "scopes": '<div itemscope itemtype="http://a/Article"><i itemprop="name">x</i>' * 5_000,
    "scripts": '<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * 5_000,
    "separators": "<title>" + "a | " * 50_000 + "</title>",
    "quotes": '<script type="application/ld+json">{"a":"' + '"x' * 200_000 + "</script>",
    "brackets": '<script type="application/ld+json">' + "[{" * 100_000 + "</script>",
    "spaces": "<title>" + " " * 500_000 + "</title><h1>" + "\n" * 500_000 + "</h1>",
    "entities": "<title>" + "&amp;" * 100_000 + "</title>",
    "names": '<meta name="author" content="' + "Ann Lee, " * 20_000 + '">',
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_bounded(name: str) -> None:
    html_text = BOMBS[name]
    started = time.process_time()
    reading = read_page(page_of(html_text, URL), None)
    judge_reading(reading)
    assert time.process_time() - started < 5.0
    assert len(reading.article.title) <= 500
    assert len(reading.article.authors) <= 50
    assert len(reading.article.images) <= 60
