"""Rows to Arrow, and the check that decides whether a row may be written at all.

A row is judged when it is accepted, not when it is flushed: what passes `refusal` builds a batch,
always. Text is never altered here; it has been brought to its stored form by cleaning, and a row
whose text is not in that form is refused with the column and the character.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

import pyarrow as pa

from newscrawl.schema import INSTANT, TABLES, WALL_CLOCK, Column, Table

# the span that nanosecond readers (pandas, Polars by option) can hold
EARLIEST = datetime(1678, 1, 1, tzinfo=UTC)
LATEST = datetime(2262, 1, 1, tzinfo=UTC)
MAX_TEXT = 64 * 1024 * 1024
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_LOCAL = datetime(1970, 1, 1)  # noqa: DTZ001 - wall clock times have no zone
_MICROSECOND = timedelta(microseconds=1)

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NONCHARACTER = re.compile("[\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]")
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_HEX32 = re.compile("[0-9a-f]{32}")
_HEX_COLUMNS = {"article_id", "version_id", "previous_version_id", "content_hash"}
_NFC_COLUMNS = {"title", "kicker", "standfirst", "description", "body"}
_MAY_BE_EMPTY = {"title", "body"}
_INT_BITS = {pa.int32(): 31, pa.int64(): 63}

# Column, reason and detail of a refusal, or None
Fault = tuple[str, str, str]
_Check = Callable[[Any], tuple[str, str] | None]


def refusal(
    row: Any,
    table: Table,
    pending: frozenset[str] = frozenset(),
    only: frozenset[str] | None = None,
) -> Fault | None:
    """Why a record may not be a row of a table, as (column, reason, detail), or None.

    Reasons: ``missing``, ``wrong_type``, ``control_character``, ``lone_surrogate``,
    ``noncharacter``, ``not_nfc``, ``bad_id``, ``out_of_range``, ``not_finite``, ``no_zone``,
    ``too_large``. Columns in ``pending`` are not looked at: something later fills them. ``only``
    names the columns to look at where the others were judged before.
    """
    get, checks = _checks(table.name, only)
    try:
        values = get(row)
    except AttributeError as error:
        return str(error.name), "missing", "the record has no such field"
    for value, (name, nullable, check) in zip(values, checks, strict=True):
        if value is None and nullable:
            continue
        fault = check(value)
        if fault is not None and name not in pending:
            return name, *fault
    return None


def to_batch(rows: Sequence[Any], table: Table) -> pa.RecordBatch:
    """Records that passed `refusal` as one batch in the table's schema."""
    arrays = [
        _array(list(map(attrgetter(column.name), rows)), column.type) for column in table.columns
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=table.arrow)


def month_of(at: datetime) -> str:
    """The value of ``crawl_month`` for a moment, ``YYYY-MM`` in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m")


def micros(at: datetime) -> int:
    """Microseconds since 1970 of an aware moment."""
    return (at - _EPOCH) // _MICROSECOND


def from_micros(value: int) -> datetime:
    """The moment of `micros`."""
    return _EPOCH + timedelta(microseconds=value)


def _array(values: list[Any], type_: pa.DataType) -> pa.Array:
    if type_ == INSTANT:
        return pa.array([None if v is None else micros(v) for v in values], pa.int64()).cast(type_)
    if type_ == WALL_CLOCK:
        counted = [None if v is None else (v - _EPOCH_LOCAL) // _MICROSECOND for v in values]
        return pa.array(counted, pa.int64()).cast(type_)
    if pa.types.is_floating(type_):
        # Arrow takes no whole number that a float would round
        return pa.array([None if v is None else float(v) for v in values], type_)
    if pa.types.is_list(type_):
        offsets = [0]
        items: list[Any] = []
        for value in values:
            items.extend(value)
            offsets.append(len(items))
        element = type_.value_type
        if pa.types.is_struct(element):
            fields = element.fields
            children = [_array(list(map(attrgetter(f.name), items)), f.type) for f in fields]
            child = pa.StructArray.from_arrays(children, fields=fields)
        else:
            child = _array(items, element)
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), child, type=type_)
    return pa.array(values, type_)


@cache
def _checks(
    table: str, only: frozenset[str] | None
) -> tuple[Callable[[Any], Any], list[tuple[str, bool, _Check]]]:
    columns = [c for c in TABLES[table].columns if only is None or c.name in only]
    checks = [(c.name, c.nullable, _check(c)) for c in columns]
    return attrgetter(*[c.name for c in columns]), checks


def _check(column: Column) -> _Check:
    inner = _check_value(column.name, column.type)
    if column.nullable or column.type != pa.string() or column.name in _MAY_BE_EMPTY:
        return inner
    return lambda value: inner(value) if value else _missing(value, inner)


def _missing(value: Any, inner: _Check) -> tuple[str, str] | None:
    return ("missing", "required") if value is None or value == "" else inner(value)


def _check_value(name: str, type_: pa.DataType) -> _Check:
    if type_ == pa.string():
        if name in _HEX_COLUMNS:
            return _check_hex
        return _check_nfc if name in _NFC_COLUMNS else _check_text
    if type_ == pa.bool_():
        return _check_bool
    if type_ in _INT_BITS:
        limit = 1 << _INT_BITS[type_]
        return lambda value: _check_int(value, limit)
    if pa.types.is_floating(type_):
        return _check_float
    if type_ == INSTANT:
        return _check_instant
    if type_ == WALL_CLOCK:
        return _check_wall_clock
    if pa.types.is_struct(type_.value_type):
        columns = [Column(f.name, f.type, "", f.nullable) for f in type_.value_type.fields]
        # text in a record may be empty: a caption of nothing is for the reader to judge
        parts = [
            (c.name, attrgetter(c.name), c.nullable, _check_value("", c.type)) for c in columns
        ]
        return lambda value: _check_records(value, parts)
    element = _check_value("", type_.value_type)
    return lambda value: _check_list(value, element)


def _check_text(value: Any) -> tuple[str, str] | None:
    if value is None:
        return "missing", "required"
    if type(value) is not str and not isinstance(value, str):
        return "wrong_type", f"text expected, not {type(value).__name__}"
    # printable in Python's sense leaves out all that is unstorable, and is quick to ask
    if (
        value.isprintable()
        or value.replace("\n", "").isprintable()
        or (found := _UNSTORABLE.search(value)) is None
    ):
        return None if len(value) <= MAX_TEXT else ("too_large", f"{len(value)} characters")
    where = f"U+{ord(found.group()):04X} at {found.start()}"
    if _CONTROL.match(found.group()):
        return "control_character", where
    if _SURROGATE.match(found.group()):
        return "lone_surrogate", where
    return "noncharacter", where


def _check_nfc(value: Any) -> tuple[str, str] | None:
    fault = _check_text(value)
    if fault is None and not value.isascii() and not unicodedata.is_normalized("NFC", value):
        return "not_nfc", "text is not in NFC"
    return fault


def _check_hex(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, str):
        return "wrong_type", f"text expected, not {type(value).__name__}"
    return None if _HEX32.fullmatch(value) else ("bad_id", "32 hex digits expected")


def _check_bool(value: Any) -> tuple[str, str] | None:
    if value is None:
        return "missing", "required"
    return None if isinstance(value, bool) else ("wrong_type", "true or false expected")


def _check_int(value: Any, limit: int) -> tuple[str, str] | None:
    if value is None:
        return "missing", "required"
    if isinstance(value, bool) or not isinstance(value, int):
        return "wrong_type", f"whole number expected, not {type(value).__name__}"
    return None if -limit <= value < limit else ("out_of_range", "number too large")


def _check_float(value: Any) -> tuple[str, str] | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "wrong_type", f"number expected, not {type(value).__name__}"
    if abs(value) < 3e38:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return "not_finite", str(value)
    return "out_of_range", "number too large"


def _check_instant(value: Any) -> tuple[str, str] | None:
    if value is None:
        return "missing", "required"
    if not isinstance(value, datetime):
        return "wrong_type", f"moment expected, not {type(value).__name__}"
    if value.utcoffset() is None:
        return "no_zone", "a moment needs a zone"
    return None if EARLIEST <= value < LATEST else ("out_of_range", f"year {value.year}")


def _check_wall_clock(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, datetime):
        return "wrong_type", f"local time expected, not {type(value).__name__}"
    if value.tzinfo is not None:
        return "wrong_type", "a local time has no zone"
    in_range = EARLIEST.year < value.year < LATEST.year
    return None if in_range else ("out_of_range", f"year {value.year}")


def _check_list(value: Any, element: _Check) -> tuple[str, str] | None:
    if not isinstance(value, (list, tuple)):
        return ("missing" if value is None else "wrong_type"), "list expected"
    return next((fault for v in value if (fault := element(v)) is not None), None)


def _check_records(
    value: Any, parts: Sequence[tuple[str, Callable[[Any], Any], bool, _Check]]
) -> tuple[str, str] | None:
    if not isinstance(value, (list, tuple)):
        return ("missing" if value is None else "wrong_type"), "list expected"
    for record in value:
        for name, get, nullable, check in parts:
            try:
                part = get(record)
            except AttributeError:
                return "wrong_type", f"record without {name}"
            if (part is not None or not nullable) and (fault := check(part)) is not None:
                return fault[0], f"{name}: {fault[1]}"
    return None
