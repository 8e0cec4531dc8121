"""An output of an earlier schema: read, written on, compacted; a breaking change is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import deltalake
import polars
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from newscrawl.dataset import Accepted, Output, SchemaConflict, compact_output, open_dataset
from newscrawl.items import Article
from newscrawl.schema import ARTICLES, SCHEMA_VERSION, TABLES, Column, Table

LATER = {"rights", "quality_flags"}


def _earlier() -> Table:
    columns = tuple(column for column in ARTICLES.columns if column.name not in LATER)
    return replace(ARTICLES, columns=columns)


@pytest.fixture
def old(tmp_path: Path, article: Callable[..., Article], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An output written before three of the columns existed; its outbox holds rows, too."""
    with monkeypatch.context() as patch:
        patch.setitem(TABLES, "articles", _earlier())
        with Output(tmp_path / "o") as output:
            with output.transaction() as tx:
                tx.add_article(article(1))
            output.flush(force=True)
            with output.transaction() as tx:
                tx.add_article(article(2))
    return tmp_path / "o"


def test_columns_are_added(old: Path, article: Callable[..., Article]) -> None:
    with Output(old) as output:
        with output.transaction() as tx:
            tx.add_article(article(3, rights="CC BY", quality_flags=["no_date"]))
        output.flush(force=True)
        for _ in range(2):
            rows = open_dataset(old).to_table(["title", "rights", "quality_flags"]).to_pylist()
            by_title = {row["title"]: row for row in rows}
            assert len(by_title) == 3
            assert by_title[article(3).title]["quality_flags"] == ["no_date"]
            assert by_title[article(1).title]["rights"] is None
            assert not by_title[article(1).title]["quality_flags"]
            assert not by_title[article(2).title]["quality_flags"]
            assert output.verify().ok
            table = str(old / "articles")
            assert deltalake.DeltaTable(table).to_pyarrow_table().num_rows == 3
            frame = polars.scan_delta(table).sort("title").collect()
            assert frame["rights"].to_list() == [None, None, "CC BY"]
            compact_output(output)
        assert len(open_dataset(old).files) == 1
        versions = open_dataset(old).version
    with Output(old):
        assert open_dataset(old).version == versions, "the columns are added once"
    assert open_dataset(old, 1).count() == 1


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_an_output_of_every_schema_version_is_read_and_written_on(
    version: int, tmp_path: Path, article: Callable[..., Article]
) -> None:
    shutil.copytree(Path(__file__).parent / "versions" / str(version), tmp_path / "o")
    with Output(tmp_path / "o") as output:
        assert output.verify().ok
        with output.transaction() as tx:
            assert isinstance(tx.add_article(article(1)), Accepted)
            latest = tx.latest("0" * 31 + "1")
            assert latest is not None
            assert latest.title == "Lighthouse lit again"
        output.flush(force=True)
        assert output.verify().ok
        compact_output(output)
        assert output.verify().ok
    (row,) = open_dataset(tmp_path / "o").to_table(filter=pc.field("site") == "paper").to_pylist()
    assert row["schema_version"] == version
    assert row["removed"] == [{"text": "Share", "reason": "share", "position": 0}]
    assert row["body"].endswith("\u200bឡើងវិញ។")
    assert row["published_at"] == row["fetched_at"]


def test_an_older_newscrawl_writes_on_without_the_columns(
    old: Path, article: Callable[..., Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    Output(old).open().close()
    monkeypatch.setitem(TABLES, "articles", _earlier())
    with Output(old) as output:
        with output.transaction() as tx:
            tx.add_article(article(5))
        output.flush(force=True)
    monkeypatch.undo()
    assert open_dataset(old).to_table(["rights"]).num_rows == 3


def test_a_new_column_that_may_not_be_null_is_refused(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = Column("mood", pa.string(), "of the article", nullable=False)
    changed = replace(ARTICLES, columns=(*ARTICLES.columns, column))
    monkeypatch.setitem(TABLES, "articles", changed)
    with pytest.raises(SchemaConflict, match="mood is new and may not be null"):
        Output(old).open()


def test_a_changed_type_is_refused(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = Column("title", pa.int64(), "a number", nullable=False)
    columns = tuple(changed if c.name == "title" else c for c in ARTICLES.columns)
    monkeypatch.setitem(TABLES, "articles", replace(ARTICLES, columns=columns))
    with pytest.raises(SchemaConflict, match=r"articles\.title is string"):
        Output(old).open()
