"""The body by a site's own selectors: its container or its paragraphs, less what it excludes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newscrawl.extract.blocks import Blocks
from newscrawl.extract.dom import Document

_PSEUDO: Final = re.compile(r"::(?:text|attr\([^)]*\))\s*$")


def blocks_under(document: Document, blocks: Blocks, selectors: Sequence[str]) -> list[bool]:
    """For each block whether it stands in an element that one of the selectors matches.

    A selector that cannot be read matches nothing.
    """
    # By elements and not by positions in the text: the piece of white space after a paragraph
    # belongs to its block and stands outside the paragraph.
    elements = {e for selector in selectors for e in _matches(document, selector)}
    spans = [(e, document.end[e]) for e in elements]
    return [any(start <= owner < end for start, end in spans) for owner in blocks.owner]


def first_container(
    document: Document, blocks: Blocks, selectors: Sequence[str]
) -> tuple[str, list[bool]] | None:
    """The first selector, best first, that matches any text, with the blocks under it."""
    for selector in selectors:
        inside = blocks_under(document, blocks, [selector])
        if any(inside):
            return selector, inside
    return None


def _matches(document: Document, selector: str) -> list[int]:
    selector = _PSEUDO.sub("", selector).strip()
    if not selector:
        return []
    try:
        return document.css(selector)
    except ValueError:
        return []
