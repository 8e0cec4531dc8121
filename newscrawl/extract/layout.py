"""A site's own selectors: the `Layout` of its record applied to a page.

Selectors are CSS with two additions at the end: ``::attr(name)`` takes an attribute, ``::text``
only the text that stands directly in the element. Without either it is all text of the element.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from newscrawl.extract.dom import Document
from newscrawl.extract.jsonld import plain
from newscrawl.site import Layout, Site
from newscrawl.text import one_line

_ENDING = re.compile(r"::(?:attr\(\s*([\w:.-]+)\s*\)|(text))\s*$")


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector as written in a `Layout`, taken apart."""

    css: str
    attribute: str | None = None
    own_text: bool = False

    @classmethod
    def parse(cls, written: str) -> Selector:
        """Take ``::attr(name)`` or ``::text`` off the end."""
        match = _ENDING.search(written)
        if match is None:
            return cls(written.strip())
        return cls(written[: match.start()].strip() or "*", match[1], match[2] is not None)


def fitting_layout(document: Document, site: Site, day: date | None) -> Layout | None:
    """The layout in force on the day a page was published; None if the site has none.

    An old story may stand in the new design by now, and a date may be wrong: where nothing of the
    page is what that layout calls the body, the first other layout of the site that fits is taken.
    """
    chosen = site.layout_for(day)
    if chosen is None:
        return None
    for layout in (chosen, *(other for other in site.layouts if other is not chosen)):
        if any(elements(document, Selector.parse(written).css) for written in layout.body):
            return layout
        if not chosen.body:
            break
    return chosen


def select(document: Document, selectors: tuple[str, ...]) -> list[str]:
    """The values of the first selector that gives any, in document order, without empty ones.

    A selector that CSS cannot read matches nothing.
    """
    for written in selectors:
        selector = Selector.parse(written)
        values = [_value(document, i, selector) for i in elements(document, selector.css)]
        if kept := [value for value in values if value]:
            return kept
    return []


def select_first(document: Document, selectors: tuple[str, ...]) -> str:
    """The first value of the first selector that gives one, or an empty string."""
    return next(iter(select(document, selectors)), "")


def elements(document: Document, css: str) -> list[int]:
    """Indices of the elements a selector matches; none if it is no valid CSS."""
    try:
        return document.css(css)
    except ValueError:
        return []


def _value(document: Document, i: int, selector: Selector) -> str:
    if selector.attribute is not None:
        return plain(document.attrs[i].get(selector.attribute) or "")
    if selector.own_text:
        span = range(document.text_start[i], document.text_end[i])
        return one_line(" ".join(document.texts[k] for k in span if document.text_owner[k] == i))
    return document.text(i)
