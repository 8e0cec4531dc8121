"""JSON-LD as news sites write it: whole, broken, doubled, or as a bomb.

Follows JSON-LD 1.1 only as far as publishers do: ``@graph``, lists of types, ``@id`` references
within the page, values as ``{"@value": ...}``. Text that is no JSON is repaired where the intent is
plain (see `newscrawl.extract.json_repair`); what cannot be read is named in ``problems``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newscrawl.extract.json_repair import read_json
from newscrawl.extract.mojibake import mended_line

Node = Mapping[str, Any]

MAX_SCRIPTS = 60
MAX_SCRIPT_CHARS = 3_000_000
MAX_NODES = 3_000
MAX_VALUES = 500  # values read from one property
MAX_TEXT = 200_000  # characters read from one value
_MAX_DEPTH = 12

# Properties whose objects are nodes of the page in their own right.
_DOORS = ("@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate", "hasPart", "subjectOf")
_MARKUP = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class JsonLd:
    """All objects of a page's JSON-LD in document order, and what could not be read."""

    nodes: tuple[Node, ...] = ()
    by_id: Mapping[str, Node] | None = None
    problems: tuple[str, ...] = ()

    def resolve(self, value: Any) -> Any:
        """The object that a bare ``{"@id": ...}`` refers to on this page, else the value."""
        if isinstance(value, dict) and self.by_id:
            ident = value.get("@id")
            if isinstance(ident, str) and not value.keys() - {"@id", "@type"}:
                return self.by_id.get(ident, value)
        return value


def read_jsonld(scripts: Iterable[str]) -> JsonLd:
    """Read the texts of a page's ``application/ld+json`` scripts. Never raises."""
    nodes: list[Node] = []
    problems: list[str] = []
    for number, script in enumerate(scripts):
        if number >= MAX_SCRIPTS or len(nodes) >= MAX_NODES:
            problems.append("jsonld_too_many")
            break
        if len(script) > MAX_SCRIPT_CHARS:
            problems.append("jsonld_too_large")
            continue
        values, repaired = read_json(script)
        if repaired:
            problems.append("jsonld_repaired" if values else "jsonld_unreadable")
        for value in values:
            for node in _walk(value, 0):
                nodes.append(node)
                if len(nodes) >= MAX_NODES:
                    break
    by_id: dict[str, Node] = {}
    for node in nodes:
        ident = node.get("@id")
        if isinstance(ident, str) and len(node) > 1:
            by_id.setdefault(ident, node)
    return JsonLd(tuple(nodes), by_id, tuple(dict.fromkeys(problems)))


def _walk(value: Any, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value[:MAX_NODES]:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        if len(value) > 1 or "@graph" not in value:
            yield value
        for door in _DOORS:
            inside = value.get(door)
            if isinstance(inside, dict | list):
                yield from _walk(inside, depth + 1)


def types_of(node: Node) -> frozenset[str]:
    """The types of an object in lower case, without a namespace."""
    value = node.get("@type", node.get("type"))
    names = value if isinstance(value, list) else [value]
    return frozenset(
        name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].strip().lower()
        for name in names[:20]
        if isinstance(name, str)
    )


def plain(text: str) -> str:
    """A metadata value as text on one line: entities resolved (also doubly), no markup."""
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT]
    if "&" in text:
        text = html.unescape(text)
        if "&" in text and ";" in text:
            text = html.unescape(text)
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    return mended_line(text)


def texts(value: Any, keys: Sequence[str] = ("name", "@value"), *, depth: int = 0) -> list[str]:
    """Every text in a value: a string, a number, an object's ``keys``, or a list of these."""
    if isinstance(value, str):
        text = plain(value)
        return [text] if text else []
    if isinstance(value, bool) or value is None or depth > 6:
        return []
    if isinstance(value, int | float):
        return [str(value)]
    out: list[str] = []
    if isinstance(value, list):
        for item in value[:MAX_VALUES]:
            out += texts(item, keys, depth=depth + 1)
            if len(out) >= MAX_VALUES:
                break
    elif isinstance(value, dict):
        for key in keys:
            if key in value:
                out = texts(value[key], keys, depth=depth + 1)
                if out:
                    break
    return out[:MAX_VALUES]


def first_text(node: Node, *names: str) -> str:
    """The first text of the first of these properties that has one, or an empty string."""
    for name in names:
        if name in node and (found := texts(node[name])):
            return found[0]
    return ""
