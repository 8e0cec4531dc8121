"""HTML as a tree, with what makes parsing slow taken out first.

The HTML standard's algorithm looks through all open elements at many tags, so 100,000 nested
``div`` take over ten seconds in any parser that follows it; 100,000 attributes of one tag are as
bad. No real page comes near the limits here.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from newscrawl.discovery.readings import Notes

MAX_OPEN = 1000
MAX_TAG = 50_000  # characters; long ones are common (state in one attribute), so also:
MAX_ATTRIBUTES = 3000
_FEW = 2000  # tags with which even complete nesting is quick
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,40})[^<>]*")
_NEVER_OPEN = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


def page_tree(html: str, notes: Notes | None = None) -> LexborHTMLParser:
    """The tree of a page; notes ``too_deep`` or ``giant_tag`` where something was cut out."""
    if html.count("<") > _FEW or len(html) > MAX_TAG:
        html = _disarmed(html, notes or Notes())
    return LexborHTMLParser(html or "<html></html>")


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
