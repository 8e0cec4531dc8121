"""The record, the Arrow schema and the documentation say the same."""

from __future__ import annotations

from dataclasses import fields

from newscrawl.items import Article, Image, Provenance, Removal
from newscrawl.schema import ARTICLES, IMAGES, PROVENANCE, REMOVALS, TABLES


def test_article_has_the_columns_of_the_table_in_order() -> None:
    assert [f.name for f in fields(Article)] == [c.name for c in ARTICLES.columns]


def test_nested_records_have_the_fields_of_their_structs() -> None:
    for record, type_ in ((Image, IMAGES), (Removal, REMOVALS), (Provenance, PROVENANCE)):
        assert [f.name for f in fields(record)] == [f.name for f in type_.value_type.fields]


def test_every_column_is_documented_and_portable() -> None:
    for table in TABLES.values():
        names = [c.name for c in table.columns]
        assert len(names) == len(set(names))
        assert set(table.key) <= set(names)
        for column in table.columns:
            assert len(column.doc) > 3, column
            assert "uint" not in str(column.type)
            assert "binary" not in str(column.type)
            if str(column.type).startswith("list"):
                assert not column.nullable, f"{column.name}: lists are never null"
