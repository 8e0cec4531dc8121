"""Floors on the quality of dedup, measured on the evaluation sets beside the repository.

The sets may not be published with the project; without them these tests are skipped, and the
invented cases of tests/unit/dedup stand alone.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from newscrawl.dedup import Story, canonical_url, cluster

SHARED = Path(os.environ.get("NEWSCRAWL_SHARED", Path(__file__).parents[3] / "shared"))
DATA = SHARED / "eval" / "dedup" / "dev"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no evaluation data at {DATA}")


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DATA / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scores() -> dict[str, dict]:
    with gzip.open(DATA / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    stories = [
        Story(
            version_id=row["id"],
            article_id=canonical_url(row["url"]),
            url=canonical_url(row["url"]),
            site=urlsplit(canonical_url(row["url"])).hostname or "",
            title=row["title"],
            text=row["text"],
            published_at=datetime.fromtimestamp(row["ts"], UTC),
        )
        for row in rows
    ]
    found = {a.version_id: a.cluster_id for a in cluster(stories)}
    return _load("score").score(str(DATA), found)


def test_clusters(scores: dict[str, dict]) -> None:
    whole = scores["all"]
    assert whole["F1"] >= 0.985
    assert whole["B3F"] >= 0.994
    assert whole["ARI"] >= 0.99


def test_every_language(scores: dict[str, dict]) -> None:
    low = {lang: s["F1"] for lang, s in scores["lang"].items() if s["F1"] < 0.96}
    assert not low
    assert len(scores["lang"]) == 21


def test_recall_of_edited_copies(scores: dict[str, dict]) -> None:
    recall = {key: value["recall"] for key, value in scores["severity_recall"].items()}
    assert min(recall[key] for key in ("S0", "S1", "S2", "S3")) >= 0.99
    assert recall["S4"] >= 0.90
    assert recall["S5"] >= 0.95
    assert recall["S6"] >= 0.98


def test_traps(scores: dict[str, dict]) -> None:
    assert all(value["rate"] <= 0.01 for value in scores["false_merges"].values())


def test_urls() -> None:
    module = _load("score_url")
    lines = (DATA / "urls.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    keys = {url: canonical_url(url) for _, _, url in rows}
    precision, _, f1, _, merged = module.score(rows, keys)
    assert precision == 1
    assert f1 >= 0.999
    assert merged == 0
