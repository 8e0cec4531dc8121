"""The caption and the credit of one picture: in its figure, near it, or where the site has them."""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.extract.dom import Document
from newscrawl.extract.layout import Selector, elements
from newscrawl.extract.roles import Role
from newscrawl.extract.structured import Structured
from newscrawl.site import Layout
from newscrawl.text import one_line

_CAPTION = int(Role.CAPTION)
_CREDIT = int(Role.CREDIT)
_MOST = 40  # captions of a layout looked at
_LEVELS = 4  # between a caption and what holds it and its picture
_WRAPPER = 60  # elements in that


def by_layout(
    document: Document, structured: Structured, layout: Layout
) -> Iterator[tuple[int, str, str]]:
    """For each caption that the layout points at: the element of its picture, caption, credit.

    The first selector that matches counts. A credit inside of the caption is taken out of it.
    """
    credits = _first(document, layout.credit)
    for caption in _first(document, layout.caption)[:_MOST]:
        picture, wrapper = _nearest(document, structured, caption)
        if picture < 0:
            continue
        inside = [c for c in credits if caption < c < document.end[caption]]
        near = [c for c in credits if wrapper < c < document.end[wrapper] and c != caption]
        text = _text_without(document, caption, inside) if inside else document.text(caption)
        yield picture, text, " ".join(document.text(c) for c in inside or near[:1])


def _first(document: Document, selectors: tuple[str, ...]) -> list[int]:
    for written in selectors:
        if found := elements(document, Selector.parse(written).css):
            return found
    return []


def _nearest(document: Document, structured: Structured, caption: int) -> tuple[int, int]:
    """The picture before a caption, else after it, in the smallest element that holds both."""
    above = document.parent[caption]
    for _ in range(_LEVELS):
        if above < 0 or document.end[above] - above > _WRAPPER:
            break
        inside = [i for i in structured.seen.images if above < i < document.end[above]]
        if inside:
            before = [i for i in inside if i < caption]
            return (before[-1] if before else inside[0]), above
        above = document.parent[above]
    return -1, -1


def _text_without(document: Document, element: int, inside: list[int]) -> str:
    spans = [(i, document.end[i]) for i in inside]
    pieces = range(document.text_start[element], document.text_end[element])
    owners = document.text_owner
    kept = [k for k in pieces if not any(a <= owners[k] < b for a, b in spans)]
    return one_line(" ".join(document.texts[k] for k in kept)).strip(" |/–—-")


def beside(
    document: Document, structured: Structured, image: int, figure: tuple[int, int] | None
) -> tuple[str, str]:
    """Caption and credit in the picture's figure, or in an element called caption near it."""
    seen = structured.seen
    if figure is None:
        above = document.parent[image]
        for _ in range(3):  # a wrapper of picture and caption holds little else
            if above < 0 or document.end[above] - above > 25:
                return "", ""
            figure = (above, document.end[above])
            if any(
                seen.roles[k] & _CAPTION or document.tags[k] == "figcaption"
                for k in range(image, figure[1])
            ):
                break
            above = document.parent[above]
        else:
            return "", ""
    caption = credit = ""
    for k in range(figure[0] + 1, figure[1]):
        roles = seen.roles[k]
        if roles & _CREDIT and not credit:
            credit = document.text(k)
        elif (document.tags[k] == "figcaption" or roles & _CAPTION) and not caption:
            caption = document.text(k)
    if credit and caption.endswith(credit) and caption != credit:
        caption = caption[: -len(credit)].rstrip(" |/–—-(")
    if credit == caption:
        credit = ""
    return caption, credit
