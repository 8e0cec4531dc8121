"""Encodings, Zawgyi and odd dates of the hostile collection. The data is not in the repository."""

from __future__ import annotations

import base64
import gzip
import json
import os
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl.extract.dates import DateContext, parse_date, resolve_date
from newscrawl.extract.encoding import decode
from newscrawl.extract.zawgyi import is_zawgyi, zawgyi_to_unicode

SHARED = Path(os.environ.get("NEWSCRAWL_SHARED", Path(__file__).parents[3] / "shared"))
HOSTILE = SHARED / "eval" / "hostile"

pytestmark = pytest.mark.skipif(
    not HOSTILE.is_dir(), reason=f"{HOSTILE} is not there (set NEWSCRAWL_SHARED)"
)

# The standard's answer depends on a script that we do not run, or on bytes that contradict it.
DOCUMENTED = {
    "test-yahoo-jp.dat-000": "utf-8",  # declares EUC-JP, but its bytes are UTF-8
    "tests1.dat-054": "windows-1252",  # the declaration is put together by document.write
}


def load(name: str) -> list[dict[str, Any]]:
    path = HOSTILE / name
    if name.endswith(".gz"):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_pages_in_32_encodings() -> None:
    good: dict[str, list[bool]] = {"yes": [], "should": []}
    for item in load("encodings_own.jsonl.gz"):
        charset = item["http_charset"]
        header = f"text/html; charset={charset}" if charset else "text/html"
        text = decode(base64.b64decode(item["bytes_b64"]), header).text
        expected = unicodedata.normalize("NFC", item["expect_text"])
        good[item["must"]].append(expected in unicodedata.normalize("NFC", text))
    assert all(good["yes"])
    assert sum(good["should"]) >= 0.97 * len(good["should"])


def test_sniffing_follows_the_standard() -> None:
    wrong = {}
    for item in load("encoding_sniff.jsonl"):
        found = decode(base64.b64decode(item["bytes_b64"]), None).encoding
        if found != item["encoding"].lower():
            wrong[item["name"]] = found
    assert wrong == DOCUMENTED


def test_cjk_samples() -> None:
    for item in load("cjk_samples.jsonl"):
        body = base64.b64decode(item["bytes_b64"])
        declared = decode(body, f"text/plain; charset={item['encoding']}")
        assert declared.text == item["text"], item["name"]


def test_zawgyi_pairs() -> None:
    pairs = load("zawgyi_pairs.jsonl")
    found = [is_zawgyi(pair["zawgyi"]) for pair in pairs]
    assert sum(found) >= 0.95 * len(pairs)
    assert not any(is_zawgyi(pair["unicode"]) for pair in pairs)
    exact = [
        zawgyi_to_unicode(pair["zawgyi"]) == unicodedata.normalize("NFC", pair["unicode"])
        for pair in pairs
    ]
    assert sum(exact) >= 0.9 * len(pairs)


def test_odd_dates() -> None:
    for item in load("hostile_dates.jsonl"):
        crawled = datetime.fromisoformat(item["crawl_time"])
        anchored = "without anchor" not in item["why"]
        context = DateContext(reference=crawled if anchored else None)
        found = resolve_date(item["value"], context)
        day = None if found is None else found.local.date().isoformat()
        assert day in item["allowed"], item["name"]


def test_naughty_strings_are_no_dates_and_raise_nothing() -> None:
    context = DateContext(reference=datetime.fromisoformat("2026-11-23T00:00:00+00:00"))
    for name in ("naughty_strings.jsonl", "hostile_fields.jsonl"):
        for item in load(name):
            for value in item.values():
                if isinstance(value, str):
                    parse_date(value, context)
