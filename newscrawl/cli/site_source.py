"""A `Site` record as the source of its class, or as a TOML table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date

from newscrawl.site import Site

_WIDTH = 100
_PATTERNS = frozenset({"article", "not_article", "publisher_id", "credits"})


def class_source(site: Site) -> str:
    """The module of a spider class with this record, formatted as the others are."""
    words = re.sub(r"[^A-Za-z0-9 ]", "", site.title).split()
    name = "".join(word[:1].upper() + word[1:] for word in words)
    if not name or name[0].isdigit():
        name = site.name.title().replace("_", "")
    used = ["Layout"] if site.layouts else []
    used += ["Listing"] if site.listings else []
    lines = [
        f'"""{site.title}."""',
        "",
        *(["from datetime import date", ""] if any(x.until for x in site.layouts) else []),
        f"from newscrawl.site import {', '.join([*used, 'Site', 'Verified'])}",
        "from newscrawl.spider import NewsSpider",
        "",
        "",
        f"class {name}(NewsSpider):",
        f"    name = {_text(site.name)}",
        *_call("site = ", site, 4, {"name": "name"}),
    ]
    return "\n".join(lines) + "\n"


def toml_source(site: Site) -> str:
    """A ``[[site]]`` table that `newscrawl.sites_toml` reads back as this record."""
    lines = ["[[site]]"]
    tables: list[tuple[str, object]] = []
    for key, value in _set_fields(site):
        if is_dataclass(value) or (isinstance(value, tuple) and is_dataclass(value[0])):
            tables.append((key, value))
        else:
            lines.append(f"{key} = {_toml(value)}")
    for key, value in tables:
        many = value if isinstance(value, tuple) else (value,)
        head = f"[[site.{key}]]" if isinstance(value, tuple) else f"[site.{key}]"
        for item in many:
            lines += ["", head, *(f"{k} = {_toml(v)}" for k, v in _set_fields(item))]
    return "\n".join(lines) + "\n"


def _set_fields(record: object) -> Iterator[tuple[str, object]]:
    """The fields of a record that differ from their default."""
    assert is_dataclass(record)
    for field in fields(record):
        value = getattr(record, field.name)
        if field.default is MISSING or value != field.default:
            yield field.name, value


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    # a JSON string without escaped characters above U+FFFF is a TOML basic string
    return json.dumps(value, ensure_ascii=False)


def _call(start: str, record: object, indent: int, instead: dict[str, str]) -> list[str]:
    pad = " " * indent
    lines = [f"{pad}{start}{type(record).__name__}("]
    for key, value in _set_fields(record):
        lines += _argument(key, value, indent + 4, instead)
    return [*lines, f"{pad})"]


def _argument(key: str, value: object, indent: int, instead: dict[str, str]) -> list[str]:
    pad = " " * indent
    if key in instead:
        return [f"{pad}{key}={instead[key]},"]
    if is_dataclass(value):
        lines = _call(f"{key}=", value, indent, {})
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        lines = [f"{pad}{key}=("]
        for item in value:
            lines += _comma(_call("", item, indent + 4, {}))
        lines.append(f"{pad})")
    else:
        text = _value(key, value)
        if isinstance(value, tuple) and len(pad + key + text) + 2 > _WIDTH:
            inner = [f"{pad}    {_value(key, item)}," for item in value]
            lines = [f"{pad}{key}=(", *inner, f"{pad})"]
        else:
            lines = [f"{pad}{key}={text}"]
    return _comma(lines)


def _comma(lines: list[str]) -> list[str]:
    return [*lines[:-1], lines[-1] + ","]


def _value(key: str, value: object) -> str:
    if isinstance(value, tuple):
        inner = ", ".join(_value(key, item) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, str):
        if key in _PATTERNS and '"' not in value:
            return f'r"{value}"'
        return _text(value)
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    return repr(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
