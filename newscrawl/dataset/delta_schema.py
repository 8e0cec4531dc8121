"""The Delta ``schemaString`` of a table, made from its columns.

Delta Lake protocol, "Schema Serialization Format".
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from newscrawl.dataset.errors import SchemaConflict
from newscrawl.schema import INSTANT, WALL_CLOCK, Table

_SIMPLE = {
    pa.string(): "string",
    pa.bool_(): "boolean",
    pa.int32(): "integer",
    pa.int64(): "long",
    pa.float32(): "float",
    pa.float64(): "double",
    INSTANT: "timestamp",
    WALL_CLOCK: "timestamp_ntz",
}


def delta_type(type_: pa.DataType) -> str | dict[str, Any]:
    """The Delta name or object of an Arrow type of `newscrawl.schema`."""
    if pa.types.is_list(type_):
        element = type_.value_field
        return {
            "type": "array",
            "elementType": delta_type(element.type),
            "containsNull": element.nullable,
        }
    if pa.types.is_struct(type_):
        fields = [_field(f.name, f.type, f.nullable) for f in type_.fields]
        return {"type": "struct", "fields": fields}
    return _SIMPLE[type_]


def schema_string(table: Table) -> str:
    """The ``schemaString`` of a table, its partition column last."""
    fields = [_field(c.name, c.type, c.nullable, c.doc) for c in table.columns]
    if table.partition:
        fields.append(_field(table.partition, pa.string(), True, "partition, YYYY-MM"))
    return json.dumps({"type": "struct", "fields": fields}, separators=(",", ":"))


def lacking_columns(logged: str, table: Table) -> list[str]:
    """Columns of the table that a logged ``schemaString`` does not have yet.

    Raises:
        SchemaConflict: a column stands there with another type, or null is not allowed there.
    """
    known = {f["name"]: f for f in json.loads(logged)["fields"]}
    lacking = []
    for field in json.loads(schema_string(table))["fields"]:
        name = field["name"]
        if name not in known:
            if not field["nullable"] and not isinstance(field["type"], dict):
                raise SchemaConflict(
                    f"column {table.name}.{name} is new and may not be null, but older rows have"
                    " no value for it"
                )
            lacking.append(name)
        elif known[name]["type"] != field["type"] or known[name]["nullable"] < field["nullable"]:
            raise SchemaConflict(
                f"column {table.name}.{name} is {known[name]['type']} in the output and"
                f" {field['type']} in this newscrawl; use another output"
            )
    return lacking


def _field(name: str, type_: pa.DataType, nullable: bool, doc: str = "") -> dict[str, Any]:
    return {
        "name": name,
        "type": delta_type(type_),
        "nullable": nullable,
        "metadata": {"comment": doc} if doc else {},
    }
