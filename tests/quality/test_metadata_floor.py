"""Floors on metadata: on own pages always, on the evaluation pages where they are at hand.

The figures were measured when the floors were set; a change that falls below one is a regression.
The digest says which data they hold for.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import unicodedata
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from newscrawl.extract import extract_page, page_of
from newscrawl.items import Article

SHARED = Path(os.environ.get("NEWSCRAWL_SHARED", Path(__file__).parents[2].parent / "shared"))
DEV = SHARED / "eval" / "extraction" / "dev"
DIGEST = "63fedfede68ce292ca8d59e5295c24b4281bc616eb4d85294be7b3ae1308c1d9"
TEXT = "".join(
    f"<p>Paragraph {n} of a story about the old bridge, long enough to be a real paragraph.</p>"
    for n in range(5)
)


def _key(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(ch for ch in folded if unicodedata.category(ch)[0] in "LMN")


OWN_PAGES = [
    # (head and start of the body, title, authors)
    (
        "<title>ស្ពានចាស់បើកឡើងវិញ | សារព័ត៌មាន</title><body><h1>ស្ពានចាស់បើកឡើងវិញ</h1>"
        '<div class="post-author">ដោយ <a rel="author" href="/author/sokha">សុខា វណ្ណ</a></div>',
        "ស្ពានចាស់បើកឡើងវិញ",
        ["សុខា វណ្ណ"],
    ),
    (
        '<title>สะพานเก่าเปิดอีกครั้ง - ข่าวรายวัน</title><meta property="og:site_name" content='
        '"ข่าวรายวัน"><meta name="author" content="สมชาย ใจดี"><body><h1>สะพานเก่าเปิดอีกครั้ง</h1>',
        "สะพานเก่าเปิดอีกครั้ง",
        ["สมชาย ใจดี"],
    ),
    (
        "<title>旧桥今日重新开放_每日新闻网</title><body><h1>旧桥今日重新开放</h1>"
        "<p>记者 王小明 发自金边</p>",
        "旧桥今日重新开放",
        ["王小明"],
    ),
    (
        "<title>古い橋が再開：毎日の新聞</title><body><h1>古い橋が再開</h1>"
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"古い橋が再開",'
        '"author":{"@type":"Person","name":"田中花子"}}</script>',
        "古い橋が再開",
        ["田中花子"],
    ),
    (
        "<title>Jembatan lama dibuka - Harian</title><body><h1>Jembatan lama dibuka</h1>"
        '<div class="byline">Oleh Budi Santoso dan Dewi Lestari</div>',
        "Jembatan lama dibuka",
        ["Budi Santoso", "Dewi Lestari"],
    ),
    (
        "<title>Cầu cũ mở lại | Báo Ngày</title><body><h1>Cầu cũ mở lại</h1>"
        '<meta name="author" content="Nguyễn Văn An">',
        "Cầu cũ mở lại",
        ["Nguyễn Văn An"],
    ),
    (
        "<title>পুরোনো সেতু আবার চালু | দৈনিক</title><body><h1>পুরোনো সেতু আবার চালু</h1>"
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"পুরোনো সেতু আবার চালু"'
        ',"author":[{"@type":"Person","name":"রহিম উদ্দিন"}]}</script>',
        "পুরোনো সেতু আবার চালু",
        ["রহিম উদ্দিন"],
    ),
    (
        "<title>Old bridge opens again | The Daily Example</title><meta property='og:site_name'"
        " content='The Daily Example'><meta name='author' content='The Daily Example'><body>"
        "<h1>Old bridge opens again</h1><p class='byline'>By Sokha Vann and Mina Lim, Reuters</p>",
        "Old bridge opens again",
        ["Sokha Vann", "Mina Lim"],
    ),
]


@pytest.mark.parametrize(("head", "title", "authors"), OWN_PAGES)
def test_own_pages_of_many_scripts(head: str, title: str, authors: list[str]) -> None:
    html = f"<html>{head}<article>{TEXT}</article></body></html>"
    article = extract_page(page_of(html, "https://daily.example/news/2026/11/a-story-1"))
    assert article.title == title
    assert article.authors == authors


@cache
def _truths() -> list[dict[str, Any]]:
    if not DEV.exists():
        pytest.skip(f"no evaluation pages at {DEV}")
    out = []
    for path in sorted(DEV.glob("*/truth.jsonl")):
        for line in path.read_text("utf-8").split("\n"):
            if line.strip():
                out.append(json.loads(line) | {"folder": path.parent})
    # every third page with a title or authors: enough for a floor, a third of the time
    return [t for t in out if t.get("title") or t.get("authors")][::3]


@cache
def _read() -> list[tuple[dict[str, Any], Article]]:
    out = []
    for truth in _truths():
        body = gzip.decompress((truth["folder"] / truth["page"]).read_bytes())
        headers = [("content-type", f"text/html; charset={truth.get('encoding') or 'utf-8'}")]
        page = page_of(body, truth.get("url") or "https://unknown.example/a/b", headers=headers)
        out.append((truth, extract_page(page)))
    return out


def test_the_floors_hold_for_these_data() -> None:
    found = sha256("\n".join(truth["id"] for truth in _truths()).encode()).hexdigest()
    assert found == DIGEST


@pytest.mark.slow
def test_titles() -> None:
    right = [_key(t["title"]) == _key(a.title) for t, a in _read() if t.get("title")]
    assert statistics.fmean(right) >= 0.88  # .894 when set


@pytest.mark.slow
def test_authors() -> None:
    scores = []
    for truth, article in _read():
        wanted = {_key(name) for name in truth.get("authors") or ()} - {""}
        given = {_key(name) for name in article.authors}
        if wanted:
            scores.append(2 * len(wanted & given) / (len(wanted) + len(given)))
    assert statistics.fmean(scores) >= 0.755  # .771 when set


@pytest.mark.slow
def test_fields_are_sane_on_every_page() -> None:
    for truth, article in _read():
        where = truth["id"]
        assert len(article.title) <= 500, where
        assert len(article.tags) <= 100, where
        assert len({_key(tag) for tag in article.tags}) == len(article.tags), where
        assert len(article.authors) == len({_key(name) for name in article.authors}), where
        assert all("@" not in name and "://" not in name for name in article.authors), where
        assert all(i.url.startswith(("http://", "https://")) for i in article.images), where
        assert len({i.url for i in article.images}) == len(article.images), where
        assert article.access in {"free", "metered", "locked", "unknown"}, where


@pytest.mark.slow
def test_most_pages_with_a_picture_give_one() -> None:
    assert statistics.fmean(bool(a.images) for _, a in _read()) >= 0.85  # .891 when set
