"""A state filled from the files holds what the lost one held, and every page is written once."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil

from newscrawl.dataset import Output, UrlState, compact_output, open_dataset
from newscrawl.dataset.filling import fill
from newscrawl.dataset.state import State
from newscrawl.items import Article

Build = Callable[..., Article]

TABLES = {
    "versions": "version_id, article_id",
    "articles": "*",
    "run_rows": "*",
    "urls": "url, site, article_id, outcome, first_seen_at, fetched_at, etag, last_modified,"
    " raw_sha256, failures, next_due",
}


def _content(output: Output) -> dict[str, list[Any]]:
    return {
        table: output.state.connection.execute(
            f"SELECT {columns} FROM {table} ORDER BY 1"
        ).fetchall()
        for table, columns in TABLES.items()
    }


def _accept(output: Output, articles: list[Article]) -> None:
    with output.transaction() as tx:
        for item in articles:
            assert item.first_seen_at is not None
            tx.add_article(item)
            tx.mark_url(
                UrlState(
                    item.canonical_url, item.site, item.first_seen_at, item.article_id,
                    outcome="stored", fetched_at=item.fetched_at, etag=item.etag,
                    last_modified=item.last_modified, raw_sha256=item.raw_sha256,
                )
            )  # fmt: skip
    output.flush(force=True)


def test_it_holds_what_was_lost(tmp_path: Path, article: Build) -> None:
    numbers = list(range(40))
    dice = random.Random(5)
    with Output(tmp_path / "o") as output:
        for edit in range(3):
            dice.shuffle(numbers)
            group = []
            for number in numbers[: 40 - 12 * edit]:
                item = article(number, edit=edit, run=f"run-{edit}", etag=f'"{number} {edit}"')
                assert item.fetched_at is not None
                item.title = f"{item.title} {edit}"
                item.fetched_at += timedelta(days=9 * edit)  # into the next month
                group.append(item)
            _accept(output, group)
            if edit == 1:
                compact_output(output)
        expected = _content(output)
    for file in (tmp_path / "o" / "_state").glob("newscrawl.sqlite*"):
        file.unlink()
    with Output(tmp_path / "o") as output:
        assert _content(output) == expected
        assert output.verify().ok
        indices = output.state.connection.execute("PRAGMA index_list(articles)").fetchall()
        assert "articles_text" in {row[1] for row in indices}


def test_no_page_is_written_again_and_again(tmp_path: Path, article: Build) -> None:
    with Output(tmp_path / "o") as output:
        _accept(output, [article(number) for number in range(2_000)])
        snapshot = open_dataset(output.uri)
    state = State(tmp_path / "state")
    state.connection.execute("PRAGMA cache_size = 16")  # pages: far less than the tables have
    written = _written()
    with state.transaction() as connection:
        assert fill(connection, snapshot) == 2_000
    written = _written() - written
    state.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert written < 3 * state.path.stat().st_size
    state.close()


def _written() -> int:
    """Bytes that this process has written."""
    return int(psutil.Process().io_counters().write_chars)
