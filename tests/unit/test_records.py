"""The record, the Arrow schema and the documentation say the same."""

from __future__ import annotations

from dataclasses import fields

import pytest

from newscrawl.items import (
    Article,
    ClusterRecord,
    FetchRecord,
    Image,
    Provenance,
    Removal,
    RunRecord,
    TombstoneRecord,
)
from newscrawl.schema import IMAGES, PROVENANCE, REMOVALS, TABLES

RECORDS = {
    "articles": Article,
    "clusters": ClusterRecord,
    "fetch_log": FetchRecord,
    "runs": RunRecord,
    "tombstones": TombstoneRecord,
}


@pytest.mark.parametrize("name", TABLES)
def test_a_record_has_the_columns_of_its_table_in_order(name: str) -> None:
    assert [f.name for f in fields(RECORDS[name])] == [c.name for c in TABLES[name].columns]


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
