"""More rows than fit come out as a stable sort of all would have them, and leave nothing behind."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from newscrawl.dataset.external_sort import MOST_ROWS, sorted_batches

SCHEMA = pa.schema(
    {
        "site": pa.string(),
        "at": pa.timestamp("us", "UTC"),
        "body": pa.string(),
        "number": pa.int64(),
    }
)
ORDER = ("site", "at")


def _batches(count: int, sites: str, size: int = 37) -> list[pa.RecordBatch]:
    dice = random.Random(count)
    rows = [
        {
            "site": dice.choice(sites),
            "at": dice.choice([None, *range(20)]),
            "body": "本文" * dice.randrange(40),
            "number": number,
        }
        for number in range(count)
    ]
    return [
        pa.RecordBatch.from_pylist(rows[start : start + size], schema=SCHEMA)
        for start in range(0, count, size)
    ]


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["site"], row["at"] is None, row["at"] and row["at"].timestamp()


@pytest.mark.parametrize("run_bytes", [1, 20_000, 100_000_000])
@pytest.mark.parametrize("count", [0, 1, 2_000])
@pytest.mark.parametrize("sites", ["a", "ばべぼagz😀"])
def test_as_a_stable_sort(
    run_bytes: int, count: int, sites: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscrawl.dataset.external_sort.RUN_BYTES", run_bytes)
    given = _batches(count, sites)
    expected = sorted((row for batch in given for row in batch.to_pylist()), key=_place)
    found = list(sorted_batches(given, ORDER, tmp_path, count))
    assert [row for batch in found for row in batch.to_pylist()] == expected
    assert all(0 < batch.num_rows <= MOST_ROWS for batch in found)
    assert list(tmp_path.iterdir()) == []


def test_empty_batches_and_a_wrong_guess_of_how_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscrawl.dataset.external_sort.RUN_BYTES", 5_000)
    empty = pa.RecordBatch.from_pylist([], schema=SCHEMA)
    given = [empty, *_batches(500, "ab"), empty]
    for guess in (0, 3, 1_000_000):
        found = sorted_batches(given, ORDER, tmp_path, guess)
        assert sum(batch.num_rows for batch in found) == 500


def test_a_reader_that_stops_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscrawl.dataset.external_sort.RUN_BYTES", 5_000)
    found = sorted_batches(_batches(500, "ab"), ORDER, tmp_path, 500)
    next(found)
    assert len(list(tmp_path.iterdir())) == 1
    found.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def test_memory_is_bounded_by_runs_and_not_by_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_bytes = 1_000_000
    monkeypatch.setattr("newscrawl.dataset.external_sort.RUN_BYTES", run_bytes)
    dice = random.Random(1)
    body = "x" * 1000

    def batch() -> pa.RecordBatch:
        return pa.RecordBatch.from_pylist(
            [{"site": "a", "at": dice.randrange(10**9), "body": body, "number": 0}] * 50
            + [{"site": "a", "at": dice.randrange(10**9), "body": body, "number": 1}] * 50,
            schema=SCHEMA,
        )

    pool, count = pa.default_memory_pool(), 40 * 1000
    before, most, rows = pool.bytes_allocated(), 0, 0
    for found in sorted_batches((batch() for _ in range(count // 100)), ORDER, tmp_path, count):
        most = max(most, pool.bytes_allocated() - before)
        rows += found.num_rows
    assert rows == count
    assert most < 5 * run_bytes, "of forty"
