"""Every kind of disagreement is seen, and a crawl that goes on is none."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.dataset import Output, compact_output
from newscrawl.items import Article

Build = Callable[..., Article]
Accept = Callable[[Output, list[Article]], int]


@pytest.fixture
def filled(output: Output, article: Build, accept: Accept) -> Output:
    for start in (0, 10):
        accept(output, [article(n) for n in range(start, start + 10)])
        output.flush(force=True)
    return output


def _problem(output: Output) -> str:
    report = output.verify()
    assert not report.ok
    return "\n".join(report.problems)


def _files(output: Output) -> list[Path]:
    return sorted((Path(output.uri) / "articles" / "data").rglob("*.parquet"))


def test_a_missing_file(filled: Output) -> None:
    _files(filled)[0].unlink()
    problem = _problem(filled)
    assert "is in the log and not in the folder" in problem
    assert "10 versions are in the state and in no file" in problem


def test_a_file_in_no_commit(filled: Output) -> None:
    file = _files(filled)[0]
    shutil.copy(file, file.with_name("part-99.parquet"))
    assert "part-99.parquet: stands in no commit" in _problem(filled)


def test_a_truncated_and_a_changed_file(filled: Output) -> None:
    first, second = _files(filled)
    first.write_bytes(first.read_bytes()[:-100])
    data = bytearray(second.read_bytes())
    data[len(data) // 2] ^= 1
    second.write_bytes(data)
    problem = _problem(filled)
    assert "the log says" in problem
    assert "cannot be read" in problem
    assert "the content has changed" in problem


def test_a_version_twice(filled: Output) -> None:
    first, second = filled.logs["articles"].update().files.values()
    actions = filled.logs["articles"].actions(1)
    assert actions is not None
    copy = Path(filled.uri) / "articles" / first.path
    shutil.copy(copy, copy.with_name("part-copy.parquet"))
    added = next(action for action in actions if "add" in action)
    added["add"]["path"] = first.path.replace(Path(first.path).name, "part-copy.parquet")
    filled.logs["articles"].commit([added], datetime(2026, 11, 24, tzinfo=UTC), "WRITE")
    problem = _problem(filled)
    assert problem.count("is there twice") == 10
    assert second.path not in problem


def test_a_state_that_knows_less_or_something_else(filled: Output, article: Build) -> None:
    with filled.transaction() as tx:
        key = bytes.fromhex(article(1).version_id)
        tx.connection.execute("DELETE FROM versions WHERE version_id = ?", (key,))
        other = bytes.fromhex(article(2).version_id)
        tx.connection.execute(
            "UPDATE versions SET article_id = ? WHERE version_id = ?", (bytes(16), other)
        )
    problem = _problem(filled)
    assert f"1 versions are in the files and not in the state ({article(1).version_id})" in problem
    assert "have another article" in problem
    assert "have no article" in problem


def test_a_row_in_the_wrong_month(filled: Output) -> None:
    file = _files(filled)[0]
    log = Path(filled.uri) / "articles" / "_delta_log" / f"{1:020d}.json"
    log.write_text(log.read_text().replace("2026-11", "2026-10"))
    moved = Path(str(file).replace("2026-11", "2026-10"))
    moved.parent.mkdir()
    file.rename(moved)
    with Output(filled.uri) as again:
        assert "rows of 2026-11" in _problem(again)


def test_a_crawl_and_a_compaction_that_go_on_are_no_disagreement(
    filled: Output, article: Build, accept: Accept
) -> None:
    done = threading.Event()

    def crawl() -> None:
        with Output(filled.uri) as output:
            number = 100
            while not done.is_set():
                accept(output, [article(number)])
                output.flush(force=True)
                if number % 4 == 0:
                    compact_output(output)
                number += 1

    crawler = threading.Thread(target=crawl)
    crawler.start()
    try:
        reports = [filled.verify() for _ in range(12)]
    finally:
        done.set()
        crawler.join()
    assert [report.problems for report in reports] == [[]] * 12
    assert reports[-1].rows > reports[0].rows
