"""Markup that no parser should be given: nesting and attribute lists without end.

HTML parsing is quadratic in the depth of open elements and in the attributes of one tag; 100,000 of
either take seconds in any parser. Both are cut before parsing, at sizes that no real page reaches.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

MAX_DEPTH: Final = 2_000  # open elements; real pages have up to 60
MAX_TAG: Final = 60_000  # characters of one tag; real ones reach 20,000 (state in data attributes)

_MANY_TAGS: Final = 20_000  # "<" in the page; nested, so many cost a third of a second
_MANY_ATTRIBUTES: Final = 20_000
_LONG_PAGE: Final = 2_000_000
_OPENS, _EQUALS = b"<="
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^<>]*>")
_GIANT: Final = re.compile(rf"<[a-zA-Z][^<>]{{{MAX_TAG}}}")
# void elements, and those that the next of their kind closes
_UNNESTED: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "html",
        "head",
        "body",
        "script",
        "style",
    ]
)
# for each of which a parser goes through all open elements
_LOOKS_UP: Final = frozenset(["option", "optgroup"])


def suspicious(data: bytes) -> bool:
    """Whether a page (in UTF-8) has so many tags or attributes that `disarm` should look at it."""
    if len(data) <= _MANY_TAGS:
        return False
    # numpy counts a byte several times as fast as ``bytes.count``
    codes = np.frombuffer(data, np.uint8)
    return (
        len(data) > _LONG_PAGE
        or int(np.count_nonzero(codes == _EQUALS)) > _MANY_ATTRIBUTES
        or int(np.count_nonzero(codes == _OPENS)) > _MANY_TAGS
    )


def disarm(html: str) -> tuple[str, bool]:
    """The page without traps, and whether any was cut out."""
    cut = False
    if (len(html) > _LONG_PAGE or html.count("=") > _MANY_ATTRIBUTES) and _GIANT.search(html):
        html, cut = _cut_giants(html), True
    if html.count("<") > _MANY_TAGS:
        shallow = _flatten(html)
        if shallow is not None:
            html, cut = shallow, True
    return html, cut


def _cut_giants(html: str) -> str:
    parts, at = [], 0
    for found in _GIANT.finditer(html):
        start = found.start()
        stop = re.compile("[<>]").search(html, found.end())
        end = stop.start() if stop else len(html)
        name = re.match(r"<[a-zA-Z0-9]+", html[start : start + 40])
        parts.append(html[at:start] + (name.group() if name else "<span"))
        at = end
    return "".join([*parts, html[at:]])


def _flatten(html: str) -> str | None:
    """Without the tags that open below `MAX_DEPTH`, or None if there are none."""
    depth = dropped = 0
    parts: list[str] = []
    at = 0
    for found in _TAG.finditer(html):
        closing, name = found.groups()
        if name.lower() in _UNNESTED:
            if depth < MAX_DEPTH or closing or name.lower() not in _LOOKS_UP:
                continue
            parts.append(html[at : found.start()])
            at = found.end()
            continue
        if closing:
            if dropped:
                dropped -= 1
            else:
                depth = max(0, depth - 1)
                continue
        elif depth < MAX_DEPTH:
            depth += 1
            continue
        else:
            dropped += 1
        parts.append(html[at : found.start()])
        at = found.end()
    return "".join([*parts, html[at:]]) if parts else None
