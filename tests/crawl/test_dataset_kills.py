"""Kills, full disks and rivals: what was acknowledged is in the dataset, once, and all agrees."""

from __future__ import annotations

import errno
import importlib.util
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import deltalake
import duckdb
import polars
import pyarrow.dataset as pads
import pyarrow.parquet as pq
import pytest

from newscrawl.dataset import (
    Output,
    compact_output,
    open_dataset,
    take_down,
    vacuum_output,
)

WRITER = Path(__file__).with_name("dataset_writer.py")
COUNT = 200

_spec = importlib.util.spec_from_file_location("dataset_writer", WRITER)
assert _spec is not None
assert _spec.loader is not None
writer = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(writer)


def _start(output: Path, *options: str, count: int = COUNT) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), str(output), str(count), *options]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def _end(process: subprocess.Popen[str]) -> set[str]:
    """Wait for a writer; what it acknowledged."""
    out, _ = process.communicate(timeout=120)
    # a killed process may have written half a line
    return {line for line in out.split() if len(line) == 32}


def _agrees(folder: Path, acknowledged: set[str], *, whole: bool = True) -> None:
    """One clean run, then: every acknowledged version once, files sound, nothing left behind."""
    with Output(folder) as output:
        assert not output.rebuilt
        if whole:
            for start in range(0, COUNT, writer.GROUP):
                acknowledged.update(writer.accept(output, range(start, start + writer.GROUP)))
            assert len(acknowledged) == COUNT
        output.flush(force=True)
        report = output.verify()
        assert report.ok, report.problems
        assert output.info().waiting_rows == 0
    versions = open_dataset(folder).to_table(["version_id"])["version_id"].to_pylist()
    assert len(versions) == len(set(versions))
    assert acknowledged == set(versions)
    assert not [p for p in folder.rglob("*") if p.name.endswith(".tmp")]
    with Output(folder) as output:
        vacuum_output(output, timedelta(0))
    globbed = pads.dataset(str(folder / "articles" / "data")).count_rows()
    assert globbed == len(versions), "a plain glob sees the same"


# the calls that a commit is made of: the first table's data and log, the second's
@pytest.mark.parametrize(
    ("call", "at", "when"),
    [
        ("mkdir", 2, "after"),
        ("fsync", 3, "before"),
        ("link", 1, "before"),
        ("link", 1, "after"),
        ("fsync", 4, "before"),
        ("unlink", 1, "before"),
        ("link", 2, "before"),
        ("link", 2, "after"),
        ("unlink", 2, "after"),
        ("link", 3, "after"),
        ("link", 4, "before"),
        ("link", 4, "after"),
        ("unlink", 4, "after"),
        ("unlink", 7, "after"),
    ],
)
def test_killed_at_a_step(tmp_path: Path, call: str, at: int, when: str) -> None:
    process = _start(tmp_path, "--die", call, str(at), when)
    acknowledged = _end(process)
    assert process.returncode == -signal.SIGKILL
    _agrees(tmp_path, acknowledged)


@pytest.mark.parametrize(("call", "at"), [("mkdir", 4), ("fsync", 7), ("link", 1), ("link", 3)])
def test_killed_while_the_output_is_made(tmp_path: Path, call: str, at: int) -> None:
    process = _start(tmp_path, "--early", "--die", call, str(at), "after")
    acknowledged = _end(process)
    assert process.returncode == -signal.SIGKILL
    _agrees(tmp_path, acknowledged)


@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Twelve writers one after another on the same output, each killed at a random moment."""
    moments = random.Random(7)
    acknowledged: set[str] = set()
    killed = 0
    for _ in range(12):
        process = _start(tmp_path)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(moments.random() * 0.4)
        process.kill()
        acknowledged |= _end(process) | {first.strip()} - {""}
        killed += process.returncode == -signal.SIGKILL
    assert killed >= 6
    _agrees(tmp_path, acknowledged)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize(("call", "at"), [("link", 1), ("link", 2), ("fsync", 3), ("fsync", 5)])
def test_a_failing_disk_ends_with_3_and_loses_nothing(
    tmp_path: Path, call: str, at: int, number: int
) -> None:
    process = _start(tmp_path, "--fail", call, str(at), str(number))
    acknowledged = _end(process)
    assert process.returncode == 3
    _agrees(tmp_path, acknowledged, whole=False)


@pytest.mark.parametrize("limit", [20_000, 90_000, 150_000, 200_000, 260_000])
def test_a_limit_on_file_size_ends_with_3_and_loses_nothing(tmp_path: Path, limit: int) -> None:
    process = _start(tmp_path, "--file-limit", str(limit))
    acknowledged = _end(process)
    assert process.returncode == 3
    _agrees(tmp_path, acknowledged)


@pytest.mark.parametrize(
    ("call", "at", "when"),
    [
        ("link", 1, "before"),
        ("link", 1, "after"),
        ("link", 2, "before"),
        ("link", 2, "after"),
        ("unlink", 3, "before"),
    ],
)
def test_compaction_killed_or_failing(tmp_path: Path, call: str, at: int, when: str) -> None:
    process = _start(tmp_path, "--then", "compact", "--die", call, str(at), when, count=120)
    acknowledged = _end(process)
    assert process.returncode == -signal.SIGKILL
    versions = open_dataset(tmp_path).to_table(["version_id"])["version_id"].to_pylist()
    assert sorted(versions) == sorted(acknowledged)
    process = _start(tmp_path, "--then", "compact", "--fail", "link", "1", "28", count=120)
    _end(process)
    assert process.returncode == 3
    with Output(tmp_path) as output:
        compact_output(output)
        vacuum_output(output, timedelta(0))
        assert output.verify().ok
    _agrees(tmp_path, acknowledged, whole=False)


@pytest.mark.parametrize(
    ("call", "at", "when"),
    [
        ("link", 1, "after"),  # the tombstone is written
        ("link", 3, "after"),  # the first clean copy
        ("replace", 1, "after"),  # the map of copies
        ("link", 7, "before"),
        ("link", 7, "after"),
        ("unlink", 7, "after"),
        ("unlink", 9, "before"),
    ],
)
def test_a_takedown_killed_and_given_again(tmp_path: Path, call: str, at: int, when: str) -> None:
    process = _start(tmp_path, "--then", "takedown", "--die", call, str(at), when, count=120)
    acknowledged = _end(process)
    assert process.returncode in {-signal.SIGKILL, 0}
    victim = writer.article(7)
    with Output(tmp_path) as output:
        take_down(output, victim.url)
        report = output.verify()
        assert report.ok, report.problems
        with output.transaction() as tx:
            assert tx.add_article(victim).reason == "taken_down"
    for path in (tmp_path / "articles" / "data").rglob("*.parquet"):
        assert victim.article_id not in pq.read_table(path)["article_id"].to_pylist()
    kept = open_dataset(tmp_path).to_table(["version_id"])["version_id"].to_pylist()
    assert set(kept) == acknowledged - {victim.version_id}
    assert len(kept) == len(set(kept))
    for version in range(open_dataset(tmp_path).version + 1):
        open_dataset(tmp_path, version).to_table(["body"])


@pytest.mark.slow
def test_readers_look_on_while_files_are_written_compacted_and_vacuumed(tmp_path: Path) -> None:
    process = _start(tmp_path)
    while not (tmp_path / "articles" / "_delta_log" / f"{0:020d}.json").exists():
        time.sleep(0.02)
    last = compacted = 0
    with Output(tmp_path) as output:
        while process.poll() is None:
            last = _look(tmp_path, last)
            compacted += compact_output(output)[0].rows > 0
            vacuum_output(output, timedelta(seconds=1))
            last = _look(tmp_path, last)
    acknowledged = _end(process)
    assert process.returncode == 0
    assert compacted
    _agrees(tmp_path, acknowledged, whole=False)


@pytest.mark.slow
def test_rivals_and_readers(tmp_path: Path) -> None:
    """Three processes write the same articles, one is killed, all kinds of readers look on."""
    rivals = [_start(tmp_path) for _ in range(3)]
    victim = rivals[2]
    while not (tmp_path / "articles" / "_delta_log" / f"{0:020d}.json").exists():
        time.sleep(0.02)
    looks, last = 0, 0
    while any(process.poll() is None for process in rivals[:2]):
        last = _look(tmp_path, last)
        looks += 1
        if looks == 3:
            victim.kill()
        time.sleep(0.02)
    acknowledged: set[str] = set()
    for process in rivals:
        acknowledged |= _end(process)
    assert [p.returncode for p in rivals[:2]] == [0, 0]
    assert looks > 3
    assert len(acknowledged) == COUNT
    _agrees(tmp_path, acknowledged, whole=False)


def _look(folder: Path, last: int) -> int:
    """Read with everything: no error, no version twice, never fewer rows than before."""
    snapshot = open_dataset(folder)
    versions = snapshot.to_table(["version_id"])["version_id"].to_pylist()
    assert len(versions) == len(set(versions)) == snapshot.count() >= last
    connection = duckdb.connect()
    snapshot.to_duckdb(connection)
    assert connection.execute("SELECT count(DISTINCT version_id) FROM articles").fetchone() == (
        len(versions),
    )
    table = str(folder / "articles")
    count = polars.scan_delta(table, version=snapshot.version).select(polars.len()).collect()
    assert count.item() == len(versions)
    delta = deltalake.DeltaTable(table, version=snapshot.version)
    assert delta.to_pyarrow_table(columns=["version_id"]).num_rows == len(versions)
    return len(versions)
