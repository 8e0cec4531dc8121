"""The documentation names every table and column as the schema has it."""

from __future__ import annotations

from pathlib import Path

from newscrawl.dataset import columns_markdown
from newscrawl.schema import TABLES

PAGE = Path(__file__).parents[3] / "docs" / "dataset.md"
MARK = "newscrawl.dataset.columns_markdown -->\n"


def test_the_page_holds_the_columns_of_the_schema() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.partition(MARK)[2].strip() == columns_markdown().strip(), (
        "write columns_markdown() below the mark in docs/dataset.md"
    )


def test_every_column_is_there() -> None:
    text = columns_markdown()
    for table in TABLES.values():
        for column in table.columns:
            assert f"| {column.name} | " in text
