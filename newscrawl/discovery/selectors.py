"""CSS selectors as a `Listing` writes them: with ``::attr(name)`` or ``::text`` at the end."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from newscrawl.discovery.readings import Notes
from newscrawl.text import one_line

_ENDING = re.compile(r"::(?:attr\(\s*([\w:-]{1,60})\s*\)|(text))\s*$")


def select(node: LexborNode, selector: str | None, notes: Notes) -> list[LexborNode]:
    """The elements that a selector names, in document order; a wrong one is ``bad_selector``."""
    css = _ENDING.sub("", selector or "").strip()
    if not css:
        return []
    try:
        return node.css(css)
    except Exception as error:  # noqa: BLE001 - the engine raises bare RuntimeError and ValueError
        notes.add("bad_selector", f"{css}: {error}")
        return []


def first_value(node: LexborNode, selector: str | None, notes: Notes) -> str | None:
    """The first non-empty value that a selector gives: an attribute, or the text on one line.

    Without an ending, ``datetime`` and ``content`` come before the text: they hold exact times.
    """
    if not selector:
        return None
    ending = _ENDING.search(selector)
    for found in select(node, selector, notes):
        if ending and ending[1]:
            value = attribute(found, ending[1])
        elif ending:
            value = found.text(deep=True)
        else:
            value = (
                attribute(found, "datetime") or attribute(found, "content") or found.text(deep=True)
            )
        if value and (value := one_line(value)):
            return value
    return None


def attribute(node: LexborNode | None, name: str) -> str | None:
    """An attribute's value; None if it is missing or empty."""
    if node is None:
        return None
    return node.attributes.get(name) or None
