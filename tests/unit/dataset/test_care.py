"""Compaction, vacuum, change feed, take-down, export: readers never notice, or read only less."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import deltalake
import duckdb
import polars
import pyarrow.parquet as pq
import pytest

from newscrawl.dataset import (
    CareHeld,
    NoSuchSnapshot,
    Output,
    UrlState,
    changes,
    compact_output,
    connect_duckdb,
    export,
    open_dataset,
    take_down,
    vacuum_output,
)
from newscrawl.dataset.lock import FileLock, this_process
from newscrawl.items import Article, ClusterRecord, Rejection

Build = Callable[..., Article]
Accept = Callable[[Output, list[Article]], int]


def _versions(source: Any) -> list[str]:
    versions: list[str] = source.to_table(["version_id"])["version_id"].to_pylist()
    assert len(versions) == len(set(versions))
    return sorted(versions)


@pytest.fixture
def filled(tmp_path: Path, article: Build, accept: Accept, clock: Any) -> Any:
    """An output of six flushes with ten articles each."""
    with Output(tmp_path / "out", clock=clock) as output:
        for start in range(0, 60, 10):
            accept(output, [article(n) for n in range(start, start + 10)])
            output.flush(force=True)
        yield output


@pytest.mark.parametrize("window", [1, 100_000_000])
def test_compaction_changes_files_and_no_row(
    filled: Output, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscrawl.dataset.external_sort.RUN_BYTES", window)
    before = open_dataset(filled.uri)
    rows = before.to_table().sort_by("version_id")
    (done, *_) = compact_output(filled)
    assert (done.files_before, done.files_after, done.rows) == (6, 1, 60)
    after = open_dataset(filled.uri)
    assert after.to_table().sort_by("version_id").equals(rows)
    assert after.count() == 60
    assert before.to_table().sort_by("version_id").equals(rows), "the old snapshot reads on"
    in_order = after.to_table(["site", "published_at"]).to_pylist()
    assert in_order == sorted(in_order, key=lambda row: (row["site"], row["published_at"]))
    (name,) = (Path(file).name for file in after.files)
    assert name == "c1-7-0.parquet"
    assert filled.verify().ok
    assert compact_output(filled)[0].rows == 0, "nothing left to join"


def test_foreign_readers_agree_at_every_version(filled: Output) -> None:
    compact_output(filled)
    table = f"{filled.uri}/articles"
    for version in range(8):
        ours = _versions(open_dataset(filled.uri, version))
        assert len(ours) == min(version, 6) * 10
        delta = deltalake.DeltaTable(table, version=version)
        assert sorted(delta.to_pyarrow_table()["version_id"].to_pylist()) == ours
        frame = polars.scan_delta(table, version=version).collect()
        assert sorted(frame["version_id"].to_list()) == ours
    frame = open_dataset(filled.uri).to_table(["version_id", "published_at"]).to_pandas()
    assert frame["version_id"].nunique() == 60
    assert str(frame["published_at"].dtype) == "datetime64[us, UTC]"


def test_readers_agree_over_checkpoints(output: Output, article: Build) -> None:
    for number in range(103):
        with output.transaction() as tx:
            tx.add_article(article(number))
        output.flush(force=True)
    log = Path(output.uri) / "articles" / "_delta_log"
    pointer = json.loads((log / "_last_checkpoint").read_text())
    assert pointer["version"] == 100
    table = f"{output.uri}/articles"
    for version in (49, 50, 51, 100, 103):
        assert open_dataset(output.uri, version).count() == version
        assert len(_versions(open_dataset(output.uri, version))) == version
        delta = deltalake.DeltaTable(table, version=version)
        assert delta.to_pyarrow_table(columns=["url"]).num_rows == version
    # a reader that starts at the checkpoint needs no earlier entry
    for entry in range(100):
        (log / f"{entry:020d}.json").unlink()
    assert open_dataset(output.uri).count() == 103
    assert deltalake.DeltaTable(table).to_pyarrow_table(columns=["url"]).num_rows == 103
    assert polars.scan_delta(table).select(polars.len()).collect().item() == 103
    with pytest.raises(NoSuchSnapshot, match="no longer kept"):
        open_dataset(output.uri, 10)
    with pytest.raises(NoSuchSnapshot, match="no version 104"):
        open_dataset(output.uri, 104)


def test_the_log_names_a_batch_once(filled: Output) -> None:
    log = filled.logs["articles"]
    batch = next(iter(log.update().txns))
    version = log.update().version
    assert log.commit([], filled.clock(), "WRITE", batch=batch) is None
    assert log.update().version == version


def test_vacuum_keeps_a_week(filled: Output, clock: Any) -> None:
    old = open_dataset(filled.uri)
    compact_output(filled)
    assert vacuum_output(filled) == []
    clock.at += timedelta(days=6, hours=23)
    assert vacuum_output(filled) == []
    assert old.to_table(["url"]).num_rows == 60
    clock.at += timedelta(hours=2)
    assert len(vacuum_output(filled)) == 12
    assert _versions(open_dataset(filled.uri)) == _versions(open_dataset(filled.uri))
    assert duckdb.execute(
        f"SELECT count(*) FROM '{filled.uri}/articles/data/**/*.parquet'"
    ).fetchone() == (60,)
    assert filled.verify().ok


def test_changes_are_the_same_before_and_after_compaction_and_vacuum(
    filled: Output, article: Build, accept: Accept, clock: Any
) -> None:
    expected = {since: _versions(changes(filled.uri, since)) for since in range(7)}
    assert [len(expected[since]) for since in range(7)] == [60, 50, 40, 30, 20, 10, 0]
    compact_output(filled)
    clock.at += timedelta(days=8)
    vacuum_output(filled)
    for since in range(7):
        assert _versions(changes(filled.uri, since)) == expected[since]
    assert changes(filled.uri, 2, 4).count() == 20
    accept(filled, [article(1, edit=1, run="run-2")])
    filled.flush(force=True)
    assert _versions(changes(filled.uri, 7)) == [article(1, edit=1).version_id]
    with pytest.raises(NoSuchSnapshot, match="0 to 8"):
        changes(filled.uri, 99)


def test_a_takedown_leaves_no_snapshot_with_the_text(
    filled: Output, article: Build, accept: Accept, clock: Any
) -> None:
    victim = article(13, edit=1, body="A secret that must go.", run="run-2")
    accept(filled, [victim])
    with filled.transaction() as tx:
        alias = f"{victim.canonical_url}?amp"
        tx.mark_url(UrlState(alias, "paper1", clock.at, victim.article_id))
    compact_output(filled)  # the outbox still holds the second version
    done = take_down(filled, alias, "asked by the publisher")
    assert done.articles == (victim.article_id,)
    assert done.rows == 2
    for version in range(open_dataset(filled.uri).version + 1):
        table = open_dataset(filled.uri, version).to_table(["article_id"])
        assert victim.article_id not in table["article_id"].to_pylist()
        full = min(version, 6) * 10
        assert table.num_rows == full - (1 if full > 10 else 0)
    current = open_dataset(filled.uri)
    assert deltalake.DeltaTable(f"{filled.uri}/articles").to_pyarrow_table().num_rows == 59
    assert current.count() == 59
    for path in Path(filled.uri).rglob("*"):
        if path.is_file():
            assert b"A secret" not in path.read_bytes(), path
            assert victim.title.encode() not in path.read_bytes(), path
    for path in Path(filled.uri).rglob("articles/data/**/*.parquet"):
        assert victim.article_id not in pq.read_table(path)["article_id"].to_pylist(), path
    (stone,) = open_dataset(filled.uri, table="tombstones").to_table().to_pylist()
    assert stone["canonical_url"] == victim.canonical_url
    with filled.transaction() as tx:
        checked = tx.check(article(13, edit=2))
        assert checked is not None, "known before dedup sees it"
        refused = tx.add_article(article(13, edit=2))
        assert isinstance(refused, Rejection)
        assert refused.reason == "taken_down"
    report = filled.verify()
    assert report.ok, report.problems
    assert take_down(filled, "https://unknown.example/").articles == ()


def test_what_was_taken_down_stays_refused_when_the_state_is_lost(
    tmp_path: Path, article: Build, accept: Accept
) -> None:
    with Output(tmp_path / "o") as output:
        accept(output, [article(1), article(2)])
        take_down(output, article(1).url)
    for file in (tmp_path / "o" / "_state").glob("newscrawl.sqlite*"):
        file.unlink()
    with Output(tmp_path / "o") as output, output.transaction() as tx:
        assert isinstance(tx.add_article(article(1, edit=5)), Rejection)
        assert tx.known([article(1).canonical_url])[article(1).url].outcome == "taken_down"


def test_an_export_is_whole_and_linked(filled: Output, tmp_path: Path) -> None:
    tables = [open_dataset(filled.uri), open_dataset(filled.uri, table="fetch_log")]
    done = export(tables, tmp_path / "shared" / "export")
    assert (done.files, done.rows) == (12, 120)
    assert duckdb.execute(
        f"SELECT count(*), min(crawl_month) FROM '{done.folder}/articles/**/*.parquet'"
    ).fetchone() == (60, "2026-11")
    first = next(Path(done.folder).rglob("*.parquet"))
    assert first.stat().st_nlink == 2
    card = (Path(done.folder) / "README.md").read_text()
    assert "config_name: articles\n  data_files: articles/**/*.parquet" in card
    with pytest.raises(FileExistsError):
        export(tables, done.folder)


def test_one_looks_after_an_output_at_a_time(filled: Output) -> None:
    lock = FileLock(filled.state_dir / "locks" / "care")
    assert lock.acquire(this_process("other"))
    with pytest.raises(CareHeld, match="run_id='other'"):
        compact_output(filled)
    lock.release()
    compact_output(filled)


def test_the_views(output: Output, article: Build, clock: Any) -> None:
    first, copy, other = article(1), article(2), article(3)
    copy.cluster_id, copy.is_primary = first.cluster_id, False
    newer = article(3, edit=1, cluster_id=other.cluster_id)
    with output.transaction() as tx:
        for item in (first, copy, other, newer):
            tx.add_article(item)
        for turn, primary in enumerate((first, copy)):
            tx.add_clusters(
                ClusterRecord(
                    version_id=item.version_id,
                    cluster_id=first.cluster_id,
                    is_primary=item is primary,
                    assigned_at=clock.at + timedelta(hours=turn),
                    job_id="j",
                )
                for item in (first, copy)
            )
    output.flush(force=True)
    connection = connect_duckdb(output.uri)
    assert connection.execute("SELECT count(*) FROM articles").fetchone() == (4,)
    current = connection.execute("SELECT version_id FROM articles_current ORDER BY 1").fetchall()
    assert {row[0] for row in current} == {first.version_id, copy.version_id, newer.version_id}
    unique = connection.execute("SELECT version_id FROM articles_unique").fetchall()
    assert {row[0] for row in unique} == {copy.version_id, newer.version_id}
