"""Entries of a feed that is no longer a tree: the text cut at its entries, each read alone.

An unclosed ``<br>`` or a stray end tag in one description moves all that follows into it when the
feed is read as a tree. Here the text is cut at the start tags of ``item`` and ``entry``, and the
fields of a piece are taken between their own start and end tags, whatever stands between. Linear
in the size of the input.
"""

from __future__ import annotations

import re

from lxml import etree

from newscrawl.discovery.feed_entries import Parsed
from newscrawl.discovery.feed_fields import FeedEntry, Names, fill

_ENTRY = re.compile(
    rb"<!\[CDATA\[|<(?:[A-Za-z][\w-]{0,20}:)?(?:item|entry)(?=[\s/>])([^<>]{0,2000})>", re.I
)
_FIELD = re.compile(rb"<((?:[A-Za-z][\w-]{0,20}:)?[A-Za-z][\w-]{0,30})((?:\s[^<>]{0,4000})?)>")
_ATTRIBUTE = re.compile(rb"([\w:.-]{1,60})\s*=\s*(?:\"([^\"]{0,4000})\"|'([^']{0,4000})')")
_FIELDS = {
    b"title", b"link", b"guid", b"id", b"pubdate", b"published", b"updated", b"modified",
    b"issued", b"created", b"date", b"description", b"summary", b"encoded", b"content",
    b"category", b"subject", b"keywords", b"author", b"creator", b"origlink", b"thumbnail",
    b"enclosure", b"language", b"image", b"abstract",
}  # fmt: skip
MAX_PIECE = 1_000_000


def entries_in_pieces(xml: bytes, url: str, limit: int, about: Parsed) -> Parsed:
    """What `feed_entries.entries_of` gives, from broken XML; ``about`` gives kind, title, base."""
    starts: list[tuple[int, int, bytes]] = []
    position = 0
    while len(starts) <= limit and (found := _ENTRY.search(xml, position)):
        if found[1] is None:
            end = xml.find(b"]]>", found.end())
            # A section that never ends must not hide the entries behind it.
            position = end + 3 if end >= 0 else found.end()
            continue
        starts.append((found.start(), found.end(), found[1]))
        position = found.end()
    parsed = Parsed(kind=about.kind, title=about.title, language=about.language, base=url)
    if starts and parsed.kind == "unknown":
        parsed.kind = (
            "atom" if xml[starts[0][0] : starts[0][1]].lower().find(b"entry") > 0 else "rss"
        )
    for number, (_, start, attributes) in enumerate(starts[:limit]):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(xml)
        piece = xml[start : min(end, start + MAX_PIECE)]
        entry = _read_piece(piece, attributes)
        if entry.link or entry.guid or entry.title:
            entry.base = about.base if about.base != url else None
            parsed.entries.append(entry)
    return parsed


def _read_piece(piece: bytes, attributes: bytes) -> FeedEntry:
    entry = FeedEntry()
    names = Names()
    own = {key.lower(): value for key, value in _attributes(attributes)}
    entry.link = own.get("href") or own.get("rdf:about")
    unclosed: set[bytes] = set()
    position = 0
    while found := _FIELD.search(piece, position):
        position = found.end()
        tag = found[1]
        local = tag.rpartition(b":")[2].lower()
        if local not in _FIELDS:
            continue
        name = tag.decode("ascii", "replace")
        # An element of the same name and attributes with the text, so that one reading serves both.
        element = etree.Element("x")
        for key, value in _attributes(found[2]):
            if key.isidentifier():
                element.set(key, _clean(value))
        if not found[2].rstrip().endswith(b"/") and tag not in unclosed:
            end = piece.find(b"</" + tag, position)
            if end < 0:
                unclosed.add(tag)
                end = piece.find(b"<", position)
                end = end if end >= 0 else len(piece)
            element.text = _clean(_content(piece[position:end]))
            if local != b"author" or b"<" not in piece[position:end]:
                position = end
            else:
                inner = re.search(rb"<(?:[\w-]+:)?name>([^<]{1,400})<", piece[position:end])
                element.text = _content(inner[1]) if inner else ""
                position = end
        fill(entry, names.of(name, ""), element, names, "")
    return entry


def _attributes(raw: bytes) -> list[tuple[str, str]]:
    return [
        (key.decode("ascii", "replace"), _content(double or single))
        for key, double, single in _ATTRIBUTE.findall(raw)
    ]


def _content(raw: bytes) -> str:
    """The text that escaped content stands for; unescaped markup stays as it is."""
    out: list[str] = []
    for number, part in enumerate(raw.split(b"<![CDATA[")):
        inside, mark, outside = part.partition(b"]]>") if number else (b"", b"", part)
        if number and not mark:
            inside, outside = part, b""
        out.append(inside.decode("utf-8", "replace"))
        out.append(_unescaped(outside.decode("utf-8", "replace")))
    return "".join(out).strip()


_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6}));")
_FIVE = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def _unescaped(text: str) -> str:
    def meant(found: re.Match[str]) -> str:
        if found[1]:
            return _FIVE[found[1]]
        code = int(found[2]) if found[2] else int(found[3], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""

    return _REFERENCE.sub(meant, text) if "&" in text else text


_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _clean(text: str) -> str:
    return _UNFIT.sub("", text)
