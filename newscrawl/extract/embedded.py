"""Article text that stands only in a script's JSON: Next.js, Nuxt, Arc Fusion and their like.

The state of a page's program holds the article either as one long string (HTML or plain) or as a
list of typed elements (``{"type": "text", "content": ...}``). Both are looked for in any JSON that
a script carries; the text whose neighbourhood names the page's headline wins, then the longest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from newscrawl.extract.blocks import make_blocks
from newscrawl.extract.dom import Document
from newscrawl.text import matching, one_line

MIN_CHARS: Final = 200  # of one string to be taken for an article
_MAX_SCRIPT: Final = 5_000_000
_MAX_SCRIPTS: Final = 12
_MAX_VALUES: Final = 200_000
_MAX_DEPTH: Final = 60

_START: Final = re.compile(r"(?:[=(,]\s*|^\s*)(?=[\[{])")
_PUSHED: Final = re.compile(r'__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)', re.DOTALL)
_TEXT_KEYS: Final = frozenset(
    [
        "body",
        "content",
        "text",
        "html",
        "articlebody",
        "bodyhtml",
        "contenthtml",
        "fulltext",
        "story",
        "description_html",
        "rendered",
        "markup",
        "bodytext",
        "content_html",
        "contentbody",
        "article_body",
        "bodycontent",
        "maincontent",
        "richtext",
        "value",
    ]
)
_PARAGRAPH_TYPES: Final = frozenset(
    [
        "text",
        "paragraph",
        "p",
        "header",
        "heading",
        "h2",
        "h3",
        "h4",
        "subheading",
        "list-item",
        "quote",
        "blockquote",
        "list",
        "html",
    ]
)
_ASIDE_KEYS: Final = re.compile(
    r"relat|recommend|recirc|comment|teaser|promo|newsletter|bio|author|caption|trending|popular|"
    r"latest|footer|nav|cookie|consent|gdpr|privacy|legal|terms|translation|i18n|locale",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EmbeddedText:
    """Paragraphs found in a script; ``titled`` where the same object holds the page's headline."""

    paragraphs: tuple[str, ...]
    titled: bool

    @property
    def chars(self) -> int:
        """Length of the text."""
        return sum(map(len, self.paragraphs))


def embedded_text(document: Document, title: str = "") -> EmbeddedText | None:
    """The likeliest article text in the scripts of a page, or None. Never raises."""
    key = matching(title)
    found = [
        text for data in _states(document) for text in _texts(data, key) if text.chars >= MIN_CHARS
    ]
    return max(found, key=lambda t: (t.titled, t.chars), default=None)


def html_paragraphs(html: str) -> tuple[str, ...]:
    """The blocks of text of an HTML fragment or a plain text with line breaks."""
    if "<" not in html:
        return tuple(line for line in map(one_line, html.splitlines()) if line)
    return tuple(make_blocks(Document.parse(html, "")).texts)


def _states(document: Document) -> Iterator[Any]:
    """The JSON values that the scripts of a page carry."""
    count = 0
    pushed: list[str] = []
    for i in document.find("script"):
        kind = (document.attrs[i].get("type") or "").lower()
        if "ld+json" in kind or document.attrs[i].get("src"):
            continue
        source = "".join(document.texts[document.text_start[i] : document.text_end[i]])
        if not MIN_CHARS < len(source) <= _MAX_SCRIPT:
            continue
        if "__next_f" in source:
            pushed += _PUSHED.findall(source)
            continue
        count += 1
        if count > _MAX_SCRIPTS:
            break
        yield from _json_values(source)
    if pushed:
        yield from _flight(pushed)


def _json_values(source: str) -> Iterator[Any]:
    """Objects and lists that a script assigns or passes, at most three."""
    decoder = json.JSONDecoder(strict=False)
    at = tries = given = 0
    while tries < 20 and given < 3:
        start = _START.search(source, at)
        if start is None:
            return
        tries += 1
        try:
            value, at = decoder.raw_decode(source, start.end())
        except (ValueError, RecursionError):
            at = start.end() + 1
            continue
        given += 1
        yield value


def _flight(pushed: list[str]) -> Iterator[Any]:
    """The rows of React's flight format that Next.js pushes: ``id:json`` or ``id:Tlength,text``."""
    try:
        stream = "".join(json.loads(piece, strict=False) for piece in pushed)
    except ValueError:
        return
    texts = []
    for row in re.split(r"(?:^|\n)[0-9a-f]+:", stream[:_MAX_SCRIPT]):
        if row[:1] in "[{":
            yield from _json_values(row)
        elif row[:1] == "T" and "," in row[:12]:
            texts.append(row.split(",", 1)[1])
    yield from ({"content": text} for text in texts)


def _texts(data: Any, title_key: str) -> Iterator[EmbeddedText]:
    pending: list[tuple[Any, str, int, bool]] = [(data, "", 0, False)]
    seen = 0
    while pending:
        value, name, depth, titled = pending.pop()
        seen += 1
        if seen > _MAX_VALUES or depth > _MAX_DEPTH:
            continue
        if isinstance(value, dict):
            titled = titled or _names_title(value, title_key)
            for key, inner in value.items():
                if isinstance(inner, dict | list | str) and not _ASIDE_KEYS.search(key):
                    pending.append((inner, key, depth + 1, titled))
        elif isinstance(value, list):
            elements = tuple(_elements(value))
            if elements:
                yield EmbeddedText(elements, titled)
            pending += [
                (inner, name, depth + 1, titled)
                for inner in value
                if isinstance(inner, dict | list)
            ]
        elif len(value) >= MIN_CHARS and name.lower() in _TEXT_KEYS and " " * 40 not in value[:400]:
            paragraphs = html_paragraphs(value)
            if not value.lstrip().startswith(("{", "[", "http", "function", "data:")):
                yield EmbeddedText(paragraphs, titled)


def _names_title(value: dict[str, Any], title_key: str) -> bool:
    """Whether an object holds the page's headline as one of its values."""
    if len(title_key) < 8:
        return False
    for inner in value.values():
        if isinstance(inner, dict):
            inner = next((v for v in inner.values() if isinstance(v, str)), "")
        if isinstance(inner, str) and 8 <= len(inner) <= 400 and matching(inner) == title_key:
            return True
    return False


def _elements(items: list[Any]) -> Iterator[str]:
    """The paragraphs of a list of typed content elements; nothing if it is none."""
    for item in items:
        if not isinstance(item, dict):
            return
        kind = str(item.get("type") or item.get("kind") or item.get("__typename") or "").lower()
        if kind not in _PARAGRAPH_TYPES:
            continue
        text = next(
            (item[k] for k in ("content", "text", "html", "value") if isinstance(item.get(k), str)),
            None,
        )
        if text:
            yield from html_paragraphs(text)
        elif isinstance(item.get("items"), list):
            yield from _elements(item["items"])
