"""The documentation of the columns, made from the tables."""

from __future__ import annotations

import pyarrow as pa

from newscrawl.schema import TABLES, Table


def columns_markdown() -> str:
    """All tables as Markdown: a heading, a sentence and a table of columns each."""
    return "\n".join(_table(table) for table in TABLES.values())


def _table(table: Table) -> str:
    lines = [f"### {table.name}", "", table.doc, "", "| column | type | null | meaning |"]
    lines.append("|---|---|---|---|")
    for column in table.columns:
        null = "yes" if column.nullable else "no"
        lines.append(f"| {column.name} | {_type(column.type)} | {null} | {column.doc} |")
    if table.partition:
        lines.append(
            f"| {table.partition} | string | no | partition, in the path only: month in which the"
            " row was crawled, `YYYY-MM`, UTC |"
        )
    return "\n".join([*lines, ""])


def _type(type_: pa.DataType) -> str:
    if pa.types.is_list(type_):
        return f"list of {_type(type_.value_type)}"
    if pa.types.is_struct(type_):
        return "(" + ", ".join(f"{f.name} {_type(f.type)}" for f in type_.fields) + ")"
    return {
        "timestamp[us, tz=UTC]": "timestamp (UTC)",
        "timestamp[us]": "timestamp (no zone)",
        "float": "float32",
    }.get(str(type_), str(type_))
