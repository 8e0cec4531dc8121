"""Plain text of the small pieces of HTML that feeds and listings carry."""

from __future__ import annotations

import html
import re

from newscrawl.text import one_line

# Characters of windows-1252 that arrive as C1 controls because the label said ISO 8859-1.
_C1 = {x: bytes([x]).decode("cp1252", "ignore") for x in range(0x80, 0xA0)}
_HAS_C1 = re.compile("[\x80-\x9f]")

_TAG = re.compile(r"<(?:!\[CDATA\[|/?[A-Za-z!?][^<>]{0,4000}>)|\]\]>")
_HIDDEN = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"))
_BREAK = re.compile(
    r"</?(?:p|br|div|li|h[1-6]|tr|td|blockquote|figure|figcaption)\b[^<>]{0,2000}>", re.I
)

MAX_TITLE = 1000
MAX_SUMMARY = 4000


def plain(markup: str | None, limit: int = MAX_SUMMARY) -> str | None:
    """The text of a piece of HTML on one line, entities resolved once; None if there is none.

    At most ``limit`` characters are kept and 16 times as many looked at.
    """
    if not markup:
        return None
    text = markup[: limit * 16]
    if "<" in text:
        for start, end in _HIDDEN:
            text = _without(text, start, end)
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    if _HAS_C1.search(text):
        text = text.translate(_C1)
    return one_line(text)[:limit].rstrip() or None


def plain_title(markup: str | None) -> str | None:
    """A headline as text. Headlines escaped twice (``&amp;amp;``) are resolved twice."""
    text = plain(markup, MAX_TITLE)
    if text and "&" in text and ";" in text:
        text = one_line(html.unescape(text)) or None
    return text


def _without(text: str, start: str, end: str) -> str:
    """The text without what stands between two marks; linear, unlike a lazy regular expression."""
    lower = text.lower()
    if start not in lower or len(lower) != len(text):
        return text
    out: list[str] = []
    position = 0
    while (found := lower.find(start, position)) >= 0:
        out.append(text[position:found])
        close = lower.find(end, found)
        if close < 0:
            return "".join(out)
        position = close + len(end)
        if not end.endswith(">"):
            bracket = lower.find(">", position)
            position = bracket + 1 if bracket >= 0 else len(text)
    out.append(text[position:])
    return "".join(out)
