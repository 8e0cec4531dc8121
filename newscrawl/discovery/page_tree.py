"""HTML as a tree, with what makes parsing slow taken out first.

The HTML standard's algorithm looks through all open elements at many tags, so 100,000 nested
``div`` take over ten seconds in any parser that follows it; 100,000 attributes of one tag are as
bad. No real page comes near the limits here.
"""

from __future__ import annotations

import re
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from newscrawl.discovery.readings import Notes

MAX_TAGS = 150_000  # the largest of 1,836 real pages has 20,000; ten megabytes hold three million
MAX_OPEN = 1000
MAX_TAG = 50_000  # characters; long ones are common (state in one attribute), so also:
MAX_ATTRIBUTES = 3000
_FEW = 2000  # tags with which even complete nesting is quick
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,40})[^<>]*")
_NEVER_OPEN = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


def page_tree(html: str, notes: Notes | None = None) -> LexborHTMLParser:
    """The tree of a page; notes ``too_deep`` or ``giant_tag`` where something was cut out, and
    ``too_many_tags`` where all after `MAX_TAGS` was left unread: each costs 300 bytes of memory.
    """
    if html.count("<") > MAX_TAGS:
        if notes is not None:
            notes.add("too_many_tags", f"{MAX_TAGS} read")
        html = up_to_tag(html, MAX_TAGS)
    if html.count("<") > _FEW or len(html) > MAX_TAG:
        html = _disarmed(html, notes or Notes())
    return LexborHTMLParser(html or "<html></html>")


def up_to_tag(html: str, number: int) -> str:
    """The page before its tag with this number, counted from 0."""
    tags = re.finditer("<", html)
    found = next(islice(tags, number, None), None)
    return html[: found.start()] if found else html


def _disarmed(html: str, notes: Notes) -> str:
    """Without giant tags, and without start tags below `MAX_OPEN` elements not closed so far.

    Elements that may be left unclosed (``p``, ``li`` ...) are counted by name and closed by any end
    tag of what holds them, so ordinary pages never come near the limit.
    """
    open_tags: list[str] = []
    kept: list[str] = []
    position = 0
    for found in _TAG.finditer(html):
        closing, name = found[1], found[2].lower()
        too_long = found.end() - found.start() > MAX_TAG and found[0].count("=") > MAX_ATTRIBUTES
        if closing:
            if name in open_tags[-8:]:
                while open_tags.pop() != name:
                    pass
            elif not too_long:
                continue
        elif name not in _NEVER_OPEN and not too_long:
            if len(open_tags) < MAX_OPEN:
                if not (
                    open_tags and open_tags[-1] == name and name in {"p", "li", "option", "dt"}
                ):
                    open_tags.append(name)
                continue
            if name == "a":  # the links are what is wanted, and the standard never nests them
                continue
            notes.add("too_deep", f"more than {MAX_OPEN} open elements")
        elif not too_long:
            continue
        else:
            notes.add("giant_tag", f"{name}, {found.end() - found.start()} characters")
        if closing and not too_long:
            continue
        kept.append(html[position : found.start()])
        position = found.end() + (1 if html[found.end() : found.end() + 1] == ">" else 0)
    return "".join([*kept, html[position:]]) if kept else html
