"""JSON from foreign hands: loaded without surprises, read without exceptions."""

from __future__ import annotations

import json
import re

from newscrawl.discovery.readings import Notes

_START = re.compile(r"[\[{]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _short_int(digits: str) -> int | float:
    return int(digits) if len(digits) <= 20 else float(digits[:300])


def load_json(utf8: bytes, notes: Notes) -> object:
    """The value of a JSON text, or None with a problem (``not_json``, ``too_deep``).

    A byte order mark, text before the value (PHP warnings) and text after it are passed over.
    """
    text = utf8.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    decoder = json.JSONDecoder(strict=False, parse_int=_short_int)
    position = 0
    for _ in range(8):
        found = _START.search(text, position)
        if found is None:
            break
        try:
            value, _end = decoder.raw_decode(text, found.start())
        except RecursionError:
            notes.add("too_deep")
            return None
        except ValueError:
            position = found.start() + 1
            continue
        if found.start():
            notes.add("text_before_json")
        return value
    notes.add("not_json", text[:60])
    return None


def as_object(value: object) -> dict[str, object]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[object]:
    """The value if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str | None:
    """A non-empty text, or a number as text; None for anything else.

    Halves of a character, which escapes may spell and no encoding can hold, become U+FFFD.
    """
    if isinstance(value, str):
        if not value.isascii():
            value = _SURROGATE.sub("\ufffd", value)
        return value.strip() or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    return None


def at_path(value: object, path: str) -> object:
    """The value at a dotted path (``data.items``, ``photos.0.url``); None if there is none.

    An empty path is the value itself. A step on an array that is no number is taken on each of its
    elements, the results in one array.
    """
    for step in path.split(".") if path else ():
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            if step.isascii() and step.isdecimal():
                value = value[int(step)] if int(step) < len(value) else None
            else:
                value = [x.get(step) for x in value if isinstance(x, dict) and step in x]
        else:
            return None
    return value
