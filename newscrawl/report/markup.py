"""HTML that cannot be injected into: a builder that escapes whatever is not made by it."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

_VOID = frozenset({"meta", "br", "rect", "line", "circle", "path"})
_LONGEST = 400  # characters of a text that a site sent


class Markup(str):
    """Text that is HTML already: only `element` and `fragment` make it."""

    __slots__ = ()


def text(value: object) -> Markup:
    """A value as text: escaped, without control and direction characters, and cut if endless.

    Overriding directions could make the page around a hostile title read backwards.
    """
    if isinstance(value, Markup):
        return value
    raw = str(value)
    if len(raw) > _LONGEST:
        raw = raw[:_LONGEST] + "…"
    kept = "".join(
        c
        for c in raw
        if c in "\n\t\u200b\u200c\u200d" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"}
    )
    return Markup(html.escape(kept, quote=True))


def element(tag: str, /, *children: object, **attributes: object) -> Markup:
    """An element; ``class_`` stands for class, and ``_`` within a name for a hyphen."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Markup(f"<{tag}{given}>" if tag in {"meta", "br"} else f"<{tag}{given}/>")
    return Markup(f"<{tag}{given}>{fragment(children)}</{tag}>")


def fragment(parts: Iterable[object]) -> Markup:
    """Parts one after another; whatever is not markup is escaped."""
    return Markup("".join(text(part) for part in parts))


def link(url: str, label: object) -> Markup:
    """A link to a web page; any other scheme (javascript:) becomes plain text."""
    try:
        web = urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        web = False
    if not web:
        return text(label)
    return element(
        "a", Markup(f"<bdi>{text(label)}</bdi>"), href=url, rel="noopener noreferrer nofollow"
    )


def foreign(value: object, language: str | None = None) -> Markup:
    """A text that a site wrote, apart from the direction of what stands around it."""
    return element("bdi", value, lang=language)
