"""Accepting, flushing, recovering: what is acknowledged is in the dataset, once."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from newscrawl.dataset import (
    Accepted,
    FromNewerVersion,
    Learned,
    Output,
    OutputUnwritable,
    SourceState,
    StateDamaged,
    StateMismatch,
    UrlState,
    open_dataset,
)
from newscrawl.items import Article, ClusterRecord, Rejection, RunRecord

Build = Callable[..., Article]
Accept = Callable[[Output, list[Article]], int]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _ids(output: Output) -> list[str]:
    return sorted(open_dataset(output.uri).to_table(["version_id"])["version_id"].to_pylist())


def test_accepted_rows_reach_the_dataset_in_order(
    output: Output, article: Build, accept: Accept
) -> None:
    articles = [article(n) for n in range(250)]
    for start in range(0, 250, 50):
        assert accept(output, articles[start : start + 50]) == 50
    assert open_dataset(output.uri).count() == 0
    assert output.verify().ok
    assert output.flush() == 0, "not due"
    assert output.flush(force=True) == 500
    snapshot = open_dataset(output.uri)
    table = snapshot.to_table()
    assert table["version_id"].to_pylist() == [a.version_id for a in articles]
    assert table["run_seq"].to_pylist() == list(range(250))
    assert set(table["crawl_month"].to_pylist()) == {"2026-11"}
    assert table["body"][7].as_py() == articles[7].body
    assert snapshot.count() == 250
    assert open_dataset(output.uri, table="fetch_log").count() == 250
    report = output.verify()
    assert report.ok, report.problems
    assert report.rows == 500


def test_a_replay_adds_nothing(output: Output, article: Build, accept: Accept) -> None:
    assert accept(output, [article(1), article(2), article(1)]) == 2
    output.flush(force=True)
    assert accept(output, [article(2), article(3)]) == 1
    output.flush(force=True)
    assert _ids(output) == sorted(article(n).version_id for n in (1, 2, 3))


def test_versions_are_numbered_and_linked(output: Output, article: Build) -> None:
    with output.transaction() as tx:
        first, second = article(1), article(1, edit=1, first_seen_at=NOW + timedelta(days=1))
        assert tx.add_article(first) == Accepted(first.version_id, 1, new=True)
        assert tx.add_article(second) == Accepted(second.version_id, 2, new=True)
        assert second.previous_version_id == first.version_id
        assert second.first_seen_at == NOW, "the article was first seen with its first version"
        latest = tx.latest(first.article_id)
        assert latest is not None
        assert (latest.version, latest.version_id) == (2, second.version_id)
        assert tx.has_version(first.version_id)
        assert not tx.has_version("0" * 32)


def test_a_refused_row_is_a_value_and_leaves_no_trace(output: Output, article: Build) -> None:
    with output.transaction() as tx:
        refused = tx.add_article(article(1, title="\x00"))
        assert isinstance(refused, Rejection)
        assert (refused.stage, refused.reason) == ("validate", "control_character")
        assert tx.check(article(2, cluster_id="")) is None
        assert isinstance(tx.add_article(article(2, cluster_id="")), Rejection)
        assert tx.latest(article(1).article_id) is None
        assert tx.add_article(article(3)) == Accepted(article(3).version_id, 1, new=True)
    output.flush(force=True)
    assert _ids(output) == [article(3).version_id]


def test_a_failed_group_never_happened(output: Output, article: Build) -> None:
    def fail() -> None:
        with output.transaction() as tx:
            tx.add_article(article(1))
            tx.mark_url(UrlState("https://a.example/", "a", NOW))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert output.known(["https://a.example/"]) == {}
    with output.transaction() as tx:
        assert tx.add_article(article(1)) == Accepted(article(1).version_id, 1, new=True)
        assert article(1).run_seq == 0


def test_the_state_of_urls_and_sources(output: Output, article: Build) -> None:
    url = UrlState(
        "https://a.example/ฟ", "a", NOW, outcome="refused:robots", failures=2, next_due=NOW
    )
    later = NOW + timedelta(days=3)
    with output.transaction() as tx:
        tx.add_article(article(1))
        tx.mark_url(url)
        tx.mark_url(replace(url, url="https://a.example/1", article_id=article(1).article_id))
        tx.mark_source(SourceState("https://a.example/feed", "a", etag='"x"', polled_at=NOW))
    with output.transaction() as tx:
        tx.mark_url(replace(url, first_seen_at=later, failures=0, next_due=None))
    known = output.known([url.url, "https://a.example/1", "https://b.example/", "\ud800"])
    assert set(known) == {url.url, "https://a.example/1"}
    assert known[url.url] == replace(url, failures=0, next_due=None), "the earliest sight stays"
    story = known["https://a.example/1"].article
    assert story is not None
    assert (story.title, story.published_at) == (article(1).title, article(1).published_at)
    assert [u.url for u in output.due("a", NOW)] == ["https://a.example/1"]
    assert output.due("a", NOW - timedelta(seconds=1)) == []
    source = output.source("https://a.example/feed")
    assert source == SourceState("https://a.example/feed", "a", etag='"x"', polled_at=NOW)
    assert output.sources("a") == output.sources() == [source]
    assert output.source("https://a.example/other") is None


def test_small_tables(output: Output) -> None:
    run = RunRecord(
        run_id="r", site="a", started_at=NOW, finished_at=NOW, verdict="ok", config_hash="h",
        code_version="0",
    )  # fmt: skip
    cluster = ClusterRecord(
        version_id="1" * 32, cluster_id="c", is_primary=True, assigned_at=NOW, job_id="r"
    )
    with output.transaction() as tx:
        assert tx.add_run(run) is None
        assert tx.add_clusters([cluster, replace(cluster, version_id="x")])[0].reason == "bad_id"
    output.flush(force=True)
    assert open_dataset(output.uri, table="runs").to_table()["verdict"].to_pylist() == ["ok"]
    assert open_dataset(output.uri, table="clusters").count() == 1


def test_a_flush_is_due_by_rows_bytes_or_age(
    tmp_path: Path, article: Build, accept: Accept, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Output(tmp_path / "o", clock=clock) as output:
        accept(output, [article(1)])
        assert not output.flush_due()
        clock.at += timedelta(minutes=10)
        assert output.flush() == 2
        accept(output, [article(n) for n in range(2, 7)])
        assert not output.flush_due()
        monkeypatch.setattr("newscrawl.dataset.outbox.MAX_ROWS", 10)
        assert output.flush_due()
        monkeypatch.setattr("newscrawl.dataset.outbox.MAX_ROWS", 100)
        monkeypatch.setattr("newscrawl.dataset.outbox.MAX_BYTES", 1000)
        assert output.flush_due()


def test_months_are_folders(output: Output, article: Build, accept: Accept) -> None:
    accept(output, [article(1), article(2, fetched_at=datetime(2026, 12, 1, tzinfo=UTC))])
    output.flush(force=True)
    months = open_dataset(output.uri).to_table(["crawl_month"])["crawl_month"].to_pylist()
    assert sorted(months) == ["2026-11", "2026-12"]
    assert output.verify().ok


def test_the_files_are_written_as_documented(
    output: Output, article: Build, accept: Accept
) -> None:
    accept(output, [article(n) for n in range(20)])
    output.flush(force=True)
    (path,) = open_dataset(output.uri).files
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        column = file.metadata.row_group(0).column(0)
        assert column.compression == "ZSTD"
        assert column.has_offset_index
        names = {file.metadata.row_group(0).column(i).path_in_schema for i in range(80)}
        assert "removed.list.element.text" in names
        assert file.read().num_rows == 20
        assert "crawl_month" not in file.schema_arrow.names
    data = Path(path).read_bytes()
    at = len(data) // 3
    Path(path).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    assert not output.verify().ok, "one flipped bit is seen"


def test_two_outputs_on_one_folder_share_the_state(
    tmp_path: Path, article: Build, accept: Accept
) -> None:
    with Output(tmp_path / "o") as one, Output(tmp_path / "o") as two:
        accept(one, [article(1)])
        assert accept(two, [article(1), article(2)]) == 1
        two.flush(force=True)
        accept(one, [article(3)])
        one.flush(force=True)
        assert len(_ids(one)) == 3
        assert one.verify().ok


def test_a_lost_state_is_rebuilt_from_the_files(
    tmp_path: Path, article: Build, accept: Accept
) -> None:
    with Output(tmp_path / "o") as output:
        accept(output, [article(n) for n in range(5)] + [article(1, edit=1)])
        output.flush(force=True)
        latest = output.state.connection.execute("SELECT * FROM articles").fetchall()
    shutil.rmtree(tmp_path / "o" / "_state")
    with Output(tmp_path / "o") as output:
        assert output.rebuilt
        assert output.state.connection.execute("SELECT * FROM articles").fetchall() == latest
        assert accept(output, [article(1), article(9)]) == 1
        output.flush(force=True)
        seqs = open_dataset(output.uri).to_table(["run_seq"])["run_seq"].to_pylist()
        assert sorted(seqs) == list(range(7)), "row numbers go on"
        report = output.verify()
        assert report.ok, report.problems
        output.rebuild_done()
    with Output(tmp_path / "o") as output:
        assert not output.rebuilt


def test_a_state_restored_from_a_backup_loses_nothing(
    tmp_path: Path, article: Build, accept: Accept
) -> None:
    folder = tmp_path / "o"
    with Output(folder) as output:
        accept(output, [article(1)])
        output.flush(force=True)
        accept(output, [article(4), article(5)])
    shutil.copytree(folder / "_state", tmp_path / "backup")
    with Output(folder) as output:
        accept(output, [article(2)])
        output.flush(force=True)
    shutil.rmtree(folder / "_state")
    shutil.copytree(tmp_path / "backup", folder / "_state")
    with Output(folder) as output:
        assert accept(output, [article(2), article(3), article(5)]) == 1
        output.flush(force=True)
        assert output.verify().ok
    assert _ids(output) == sorted(article(n).version_id for n in range(1, 6))


def test_a_flush_in_a_thread_while_articles_come(
    output: Output, article: Build, accept: Accept
) -> None:
    def fail() -> None:
        with output.transaction() as tx:
            tx.add_article(article(9999))
            raise KeyError

    accept(output, [article(n) for n in range(300)])
    with ThreadPoolExecutor(1) as thread:
        flushed = thread.submit(output.flush, force=True)
        numbers = iter(range(300, 5000))
        while not flushed.done():
            accept(output, [article(next(numbers))])
            with pytest.raises(KeyError):
                fail()
        assert flushed.result() >= 600
    output.flush(force=True)
    assert len(_ids(output)) == next(numbers)
    assert output.verify().ok


def test_a_state_of_another_dataset_is_refused(
    tmp_path: Path, article: Build, accept: Accept
) -> None:
    with Output(tmp_path / "o", state_dir=tmp_path / "s") as output:
        accept(output, [article(1)])
    with pytest.raises(StateMismatch, match="belongs to another dataset"):
        Output(tmp_path / "other", state_dir=tmp_path / "s").open()
    shutil.rmtree(tmp_path / "o")
    with pytest.raises(StateMismatch, match="was that deleted"):
        Output(tmp_path / "o", state_dir=tmp_path / "s").open()


def test_a_damaged_state_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "_state").mkdir()
    (tmp_path / "_state" / "newscrawl.sqlite").write_bytes(b"not a database at all" * 400)
    with pytest.raises(StateDamaged, match=r"newscrawl\.sqlite is damaged.*Move it"):
        Output(tmp_path).open()


def test_a_newer_state_is_refused(tmp_path: Path) -> None:
    Output(tmp_path).open().close()
    connection = sqlite3.connect(tmp_path / "_state" / "newscrawl.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(FromNewerVersion, match="Upgrade newscrawl"):
        Output(tmp_path).open()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(OutputUnwritable):
            Output(tmp_path / "o").open()
    finally:
        tmp_path.chmod(0o755)


def test_an_output_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "o").write_text("x")
    with pytest.raises(OutputUnwritable, match="o"):
        Output(tmp_path / "o").open()


def test_looks_that_are_due_and_what_they_ask_for(output: Output) -> None:
    day = timedelta(days=1)
    url = UrlState(
        "https://a.example/1", "a", NOW, "0" * 32, "stored",
        next_due=NOW, fetch_url="http://a.example/1?m=1",
    )  # fmt: skip
    others = [
        replace(url, url=f"https://a.example/{name}", next_due=due)
        for name, due in (
            ("later", NOW + day),
            ("mad", NOW + 400 * day),
            ("stale", NOW - 30 * day),
            ("itself", NOW - day),
        )
    ]
    with output.transaction() as tx:
        tx.mark_url(url)
        for other in others:
            itself = other.url.endswith("itself")
            tx.mark_url(replace(other, fetch_url=other.url if itself else other.fetch_url))
        old = NOW - 30 * day
        tx.mark_url(UrlState("https://a.example/no", "a", old, outcome="refused:x", next_due=old))
    due = output.due("a", NOW, not_before=NOW - 14 * day, believed_until=NOW + 8 * day)
    assert [(u.url.rsplit("/", 1)[1], u.fetch_url) for u in due] == [
        ("mad", url.fetch_url),  # a wrong clock wrote it
        ("1", url.fetch_url),
        ("itself", None),
    ]
    with output.transaction() as tx:
        assert tx.forget_overdue(NOW - 14 * day) == 1
        tx.mark_url(replace(url, next_due=None))  # no look is planned any more
    known = output.known([url.url, "https://a.example/stale", "https://a.example/no"])
    assert [state.fetch_url for state in known.values()] == [None, None, None]
    assert known["https://a.example/stale"].next_due is None
    assert known["https://a.example/no"].next_due == old, "asked for when a source names it again"


def test_what_was_learned_of_a_site_is_kept(output: Output) -> None:
    with output.transaction() as tx:
        tx.mark_learned(Learned("a", "etag_hides", 1.0, 2.0))
        tx.mark_learned(Learned("a", "etag_hides", 1.5, 2.0))
        tx.mark_learned(Learned("b", "etag_hides", 9.0, 0.0))
    assert output.learned("a") == [Learned("a", "etag_hides", 1.5, 2.0)]


def test_a_state_of_before_is_brought_up_to_date(output: Output, tmp_path: Path) -> None:
    """As it was before looks were planned: no column for what to ask for, nothing learned."""
    uri = output.uri
    with output.transaction() as tx:
        tx.mark_url(UrlState("https://a.example/1", "a", NOW, "0" * 32, next_due=NOW))
    output.close()
    old = sqlite3.connect(Path(uri) / "_state" / "newscrawl.sqlite")
    old.execute("ALTER TABLE urls DROP COLUMN fetch_url")
    old.execute("DROP TABLE learned")
    old.commit()
    old.close()
    for _ in range(2):  # and once it has been, nothing is done
        with Output(uri) as opened:
            (known,) = opened.due("a", NOW)
            assert known.fetch_url is None
            with opened.transaction() as tx:
                tx.mark_url(replace(known, fetch_url="http://a.example/1"))
                tx.mark_url(replace(known, fetch_url=None))
            assert opened.learned("a") == []
