"""JSON that is nearly JSON.

Content systems paste texts into JSON templates: raw line breaks and quotes inside strings, a comma
too many or too few, comments, two objects in a row, a semicolon at the end, a cut. Each is repaired
by one linear pass that decides from the characters around a quote whether it ends the string.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

_DECODER = json.JSONDecoder(strict=False, parse_constant=lambda _: None)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|(?://)?\s*<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|(?://)?\s*\]\]>)\s*;?\s*$"
)
_MAX_REPAIR_CHARS = 600_000
_MAX_VALUES = 200
_ESCAPES = frozenset('"\\/bfnrt')
_HEX4 = re.compile(r"[0-9a-fA-F]{4}")


def read_json(text: str) -> tuple[list[Any], bool]:
    """The JSON values in a text, and whether it had to be repaired. Never raises.

    Returns an empty list if nothing can be made of it. Infinity and NaN are read as null.
    """
    text = text.strip().lstrip("\ufeff").strip()
    if not text:
        return [], False
    try:
        return [_DECODER.decode(text)], False
    except (ValueError, RecursionError):
        pass
    text = _WRAPPING.sub("", text).strip().strip(";").strip()
    if not text or text[0] not in "{[":
        start = min((i for i in (text.find("{"), text.find("[")) if i >= 0), default=-1)
        if start < 0 or text[:1] in '"0123456789-tfn':
            return [], True
        text = text[start:]
    if '"' not in text and "&quot;" in text:
        text = html.unescape(text)
    values = _series(text)
    if values:
        return values, True
    if len(text) > _MAX_REPAIR_CHARS:
        return [], True
    return _series(_repaired(text)), True


def _series(text: str) -> list[Any]:
    """One or more values in a row, or nothing if any of them is broken."""
    values: list[Any] = []
    at, length = 0, len(text)
    while at < length and len(values) < _MAX_VALUES:
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return []
        values.append(value)
        while at < length and text[at] in " \t\r\n,;\ufeff":
            at += 1
    return values


def _repaired(text: str) -> str:
    out: list[str] = []
    closers: list[str] = []
    at, length = 0, len(text)
    value_ended = False  # a value stands right before, so another one needs a comma
    while at < length:
        ch = text[at]
        if ch in " \t\r\n\xa0\ufeff":
            at += 1
        elif ch in "\"'":
            if value_ended:
                _add_comma(out)
            string, at = _string(text, at)
            out.append(string)
            value_ended = True
        elif ch in "{[":
            if value_ended and closers:
                _add_comma(out)
            out.append(ch)
            closers.append("}" if ch == "{" else "]")
            at, value_ended = at + 1, False
        elif ch in "}]":
            at += 1
            if ch in closers:
                _drop_comma(out)
                while closers and (closer := closers.pop()) != ch:
                    out.append(closer)
                out.append(ch)
                value_ended = True
        elif ch == ",":
            at += 1
            if value_ended:
                out.append(",")
            value_ended = False
        elif ch == ":":
            out.append(":")
            at, value_ended = at + 1, False
        elif text.startswith("//", at):
            end = text.find("\n", at)
            at = length if end < 0 else end
        elif text.startswith("/*", at):
            end = text.find("*/", at)
            at = length if end < 0 else end + 2
        else:
            start = at
            while at < length and text[at] not in " \t\r\n,:{}[]\"'":
                at += 1
            word = text[start:at] or text[at]
            at = max(at, start + 1)
            if value_ended:
                continue  # stray words after a value
            out.append(_scalar(word, is_key=text[at:].lstrip()[:1] == ":"))
            value_ended = True
    _drop_comma(out)
    if out and out[-1] == ":":
        out.append("null")
    out.extend(reversed(closers))
    return "".join(out)


def _scalar(word: str, *, is_key: bool) -> str:
    if not is_key and word in {"true", "false", "null"}:
        return word
    if not is_key and re.fullmatch(
        r"-?(?:0|[1-9][0-9]{0,300})(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", word
    ):
        return word
    if not is_key and word in {"undefined", "NaN", "None", "Infinity", "-Infinity"}:
        return "null"
    return json.dumps(word)


def _add_comma(out: list[str]) -> None:
    if out and out[-1] not in {",", ":", "{", "["}:
        out.append(",")


def _drop_comma(out: list[str]) -> None:
    while out and out[-1] == ",":
        out.pop()


def _string(text: str, at: int) -> tuple[str, int]:
    """The string that opens at ``at`` as valid JSON, and where it ended."""
    quote = text[at]
    at += 1
    length = len(text)
    piece: list[str] = ['"']
    while at < length:
        ch = text[at]
        if ch == "\\":
            follower = text[at + 1 : at + 2]
            if follower in _ESCAPES and follower:
                piece.append(ch + follower)
                at += 2
            elif follower == "u" and _HEX4.match(text, at + 2):
                piece.append(text[at : at + 6])
                at += 6
            elif follower == "'":
                piece.append("'")
                at += 2
            else:
                piece.append("\\\\")
                at += 1
        elif ch == quote:
            if _closes(text, at + 1):
                return "".join([*piece, '"']), at + 1
            piece.append('\\"' if quote == '"' else ch)
            at += 1
        elif ch == '"':
            piece.append('\\"')
            at += 1
        elif ch < " ":
            piece.append(json.dumps(ch)[1:-1])
            at += 1
        else:
            start = at
            while at < length and text[at] not in "\\\"'" and text[at] >= " ":
                at += 1
            piece.append(text[start:at] if at > start else ch)
            at = max(at, start + 1)
    return "".join([*piece, '"']), at


_AFTER = re.compile(
    r"\s{0,200}(?:$|[}\]:]|,\s{0,200}(?:$|[\"'{\[}\]]|-?[0-9]|true|false|null|/[/*]|[@\w]{1,40}\s{0,9}:)|"
    r"[\"'][^\"']{1,60}[\"']\s{0,9}:)"
)


def _closes(text: str, at: int) -> bool:
    """Whether a quote that ends before ``at`` ends its string."""
    return _AFTER.match(text, at) is not None
