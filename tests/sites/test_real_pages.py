"""The registered sites on real pages, where the evaluation data is at hand.

The pages are the work of their publishers and do not stand in this repository; without them these
tests are skipped. Pages older than the sites' present layouts (2012) are not looked at.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl.extract import extract
from newscrawl.registry import site_for_host
from newscrawl.text import matching

SHARED = Path(os.environ.get("NEWSCRAWL_SHARED", Path(__file__).parents[3] / "shared"))
DEV = SHARED / "eval" / "extraction" / "dev"
OLD = {"daniel"}
FLOOR = 0.9
# On this page the truth has the caption of a picture as a paragraph of the text.
SHORT = {
    "magic/00f02be72b94daee",
}


def _records() -> list[Any]:
    found = []
    for path in sorted(DEV.glob("*/truth.jsonl")):
        if path.parent.name in OLD:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            site = site_for_host(record.get("host", ""))
            if site is not None and record.get("body"):
                marks = [pytest.mark.xfail(strict=True)] if record["id"] in SHORT else []
                name = f"{site.name}-{record['id']}"
                found.append(pytest.param(path.parent, record, id=name, marks=marks))
    return found


def _f1(text: str, truth: str, optional: str) -> float:
    """F1 of character 4-grams; those of optional paragraphs count neither for nor against."""
    got, want, free = (_grams(matching(x)) for x in (text, truth, optional))
    got -= free - want
    both = (got & want).total()
    return 2 * both / (got.total() + want.total()) if both else 0.0


def _grams(text: str) -> Counter[str]:
    return Counter(text[i : i + 4] for i in range(len(text) - 3))


@pytest.mark.skipif(not DEV.is_dir(), reason="the evaluation data is not at hand")
@pytest.mark.parametrize(("folder", "record"), _records())
def test_page(folder: Path, record: dict[str, Any]) -> None:
    body = gzip.decompress((folder / record["page"]).read_bytes())
    url = record.get("url") or f"https://{record['host']}/"
    site = site_for_host(record["host"])
    fetched_at = datetime(2026, 11, 20, tzinfo=UTC)
    html = body.decode(record.get("encoding", "utf-8"), "replace")
    article = extract(html, url, site=site, fetched_at=fetched_at)
    paragraphs = [p for p in record["body"].split("\n\n") if p.strip()]
    optional = set(record.get("optional", ()))
    truth = "\n\n".join(p for i, p in enumerate(paragraphs) if i not in optional)
    free = "\n\n".join(p for i, p in enumerate(paragraphs) if i in optional)
    score = _f1(article.body, truth, free)
    assert score >= FLOOR, f"{score:.3f}"
