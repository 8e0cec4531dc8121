"""Users' own sites: the `Site` record from a TOML file, checked.

A file holds ``[[site]]`` tables with the fields of `Site`; ``[[site.layouts]]`` and
``[[site.listings]]`` tables hold those of `Layout` and `Listing`, ``[site.verified]`` those of
`Verified`. A wrong table gives `Problem`s that name the file, the key and what was expected, and
the other sites of the file still load.
"""

from __future__ import annotations

import re
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.site_checks import check_site, near_name

_HINTS = {cls: typing.get_type_hints(cls) for cls in (Site, Layout, Listing, Verified)}
_ENOUGH = 50  # problems of one table that are told
_FAR_TOO_MANY = 1000  # of a file
_DEEP_KEY = re.compile(r"(?:\.[A-Za-z0-9_-]{1,30}){100}")  # the parser is quadratic in these
_EXPECTED = {
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2024-12-31",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one key of a file."""

    file: str
    key: str  # dotted, tables counted from 1: site[2].layouts[1].body; empty for the whole file
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.reason}"


class _WrongError(Exception):
    """What is wrong with a table: (key, reason) pairs."""

    def __init__(self, *wrong: tuple[str, str]) -> None:
        super().__init__(wrong)
        self.wrong = wrong


def load_sites(path: Path) -> tuple[dict[str, Site], list[Problem]]:
    """The sites of a TOML file by name, and everything that is wrong with the rest of it.

    Never raises for what the file holds, nor for a file that cannot be read.
    """
    file = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if _DEEP_KEY.search(text):
            return {}, [Problem(file, "", "holds a key of more than a hundred parts")]
        data = tomllib.loads(text)
    except OSError as error:
        return {}, [Problem(file, "", f"cannot be read: {error.strerror or error}")]
    except UnicodeDecodeError as error:
        return {}, [Problem(file, "", f"is not UTF-8 (byte {error.start})")]
    except RecursionError:
        return {}, [Problem(file, "", "is not valid TOML: nested too deeply")]
    except ValueError as error:  # TOMLDecodeError, and whole numbers of thousands of digits
        return {}, [Problem(file, "", f"is not valid TOML: {error}")]
    return read_sites(data, file)


def read_sites(data: Mapping[str, object], file: str) -> tuple[dict[str, Site], list[Problem]]:
    """`load_sites` for a table that is parsed already; ``file`` is only named in messages."""
    problems = [
        Problem(file, key, f"unknown table{near_name(key, ['site'])}; expected [[site]]")
        for key in data
        if key != "site"
    ]
    tables = data.get("site", [])
    if isinstance(tables, dict):
        tables = [tables]  # [site] in a file of one site
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        return {}, [*problems, Problem(file, "site", "expected [[site]] tables")]
    if not tables:
        problems.append(Problem(file, "", "holds no [[site]] table"))
    sites: dict[str, Site] = {}
    for number, table in enumerate(tables, 1):
        if len(problems) > _FAR_TOO_MANY:
            problems.append(Problem(file, "", "further tables were not looked at"))
            break
        label = f"site[{number}]"
        try:
            site = _record(Site, table, label)
            wrong = [(f"{label}.{key}", reason) for key, reason in check_site(site)]
            if site.name in sites:
                wrong.append((f"{label}.name", f"{site.name!r} stands twice in this file"))
            if wrong:
                raise _WrongError(*wrong)
        except _WrongError as error:
            problems += [Problem(file, key, reason) for key, reason in error.wrong]
        else:
            sites[site.name] = site
    return sites, problems


def _record(cls: type[Any], table: Mapping[str, object], label: str) -> Any:
    """The dataclass ``cls`` from a table; raises `_WrongError` with all that is wrong with it."""
    known = {field.name: field for field in fields(cls)}
    hints = _HINTS[cls]
    wrong: list[tuple[str, str]] = []
    values: dict[str, object] = {}
    for key, value in table.items():
        if len(wrong) >= _ENOUGH:
            break
        if key not in known:
            wrong.append((f"{label}.{key}", f"unknown field{near_name(key, known)}"))
            continue
        try:
            values[key] = _value(hints[key], value, f"{label}.{key}")
        except _WrongError as error:
            wrong += error.wrong
    for name, field in known.items():
        if name not in table and field.default is MISSING and field.default_factory is MISSING:
            wrong.append((f"{label}.{name}", "is missing"))
    if wrong:
        raise _WrongError(*wrong)
    return cls(**values)


def _value(hint: Any, value: object, key: str) -> object:
    """A TOML value as the type of the field wants it; raises `_WrongError`."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):  # X | None; TOML has no null
        return _value(next(x for x in inner if x is not type(None)), value, key)
    if origin is typing.Literal:
        if value not in inner:
            choices = ", ".join(repr(x) for x in inner)
            hint_text = near_name(value, inner) if isinstance(value, str) else ""
            raise _WrongError((key, f"{value!r}: expected one of {choices}{hint_text}"))
        return value
    if origin is tuple:
        return _tuple(inner[0], value, key)
    if is_dataclass(hint):
        if not isinstance(value, dict):
            raise _WrongError((key, f"{value!r}: expected a table"))
        return _record(typing.cast("type[Any]", hint), value, key)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError as error:
            raise _WrongError((key, "a number of many digits: expected a number")) from error
    wrong_kind = not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool)
    if wrong_kind or isinstance(value, datetime):
        raise _WrongError((key, f"{value!r}: expected {_EXPECTED[hint]}"))
    return value


def _tuple(inner: Any, value: object, key: str) -> tuple[object, ...]:
    many = isinstance(value, list)
    if not many and (inner is not str or not isinstance(value, str)):
        what = "[[...]] tables" if is_dataclass(inner) else "a list"
        raise _WrongError((key, f"{value!r}: expected {what}"))
    items = value if isinstance(value, list) else [value]  # one string may stand without brackets
    out: list[object] = []
    wrong: list[tuple[str, str]] = []
    for number, item in enumerate(items, 1):
        try:
            out.append(_value(inner, item, f"{key}[{number}]" if many else key))
        except _WrongError as error:
            wrong += error.wrong
    if wrong:
        raise _WrongError(*wrong)
    return tuple(out)
