"""From the bytes of a feed or sitemap to XML that can be parsed safely.

Steps that are all linear in the size of the input, without any network or file access, after
`packing.inflate` and `charsets.to_utf8`: `repair` (the document type goes, with it every entity
declaration; undeclared entities, bare ``&`` and ``<`` become what was meant) and `elements` (lxml
in recovering, streaming form).
Since no entity declaration is left, no expansion can happen: billion laughs, quadratic blow-up
and external entities have nothing to work with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from io import BytesIO
from typing import Literal

from lxml import etree

from newscrawl.discovery.readings import Notes

_PART = 1 << 20  # bytes repaired at a time
_CONTROLS = bytes(x for x in range(32) if x not in (9, 10, 13))
_HALF = re.compile(
    rb"&#(?:0*5(?:529[6-9]|5[3-9][0-9]{2}|6[0-9]{3}|7(?:[0-2][0-9]{2}|3[0-3][0-9]|34[0-3]))"
    rb"|[xX]0*[dD][89a-fA-F][0-9A-Fa-f]{2});"
)
_ENTITY_DECLARATION = re.compile(
    rb"<!ENTITY\s+([A-Za-z_][\w.-]{0,63})\s+(?:\"([^\"&%<]{0,256})\"|'([^'&%<]{0,256})')\s*>"
)
# Everything that a well-formed text may not hold: a named reference other than XML's own five, a
# reference to a C1 control (written by authors who meant windows-1252), a bare ampersand, a bare
# less-than sign.
_ILL = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos);|#(?:3[2-9]|[4-9][0-9]|1[6-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3});)"
    rb"(?:#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{0,31};)?|<(?![A-Za-z_:/!?\x80-\xff])"
)


def without_cut_tail(xml: bytes) -> bytes:
    """The document up to its last whole tag, or the last text that a begun tag ends.

    An address that was cut in the middle must not pass for a whole one.
    """
    if xml[-200:].rstrip().endswith(b">"):
        return xml
    bracket = xml.rfind(b">")
    opened = xml.find(b"<", bracket + 1)  # a tag that was begun proves the text before it whole
    return xml[:opened] if opened >= 0 else xml[: bracket + 1]


def repair(xml: bytes, notes: Notes) -> bytes:
    """UTF-8 XML without declaration and document type, its text well-formed as far as possible."""
    xml, entities = without_prolog(xml.translate(None, _CONTROLS), notes)
    if b"&" not in xml and b"<![CDATA[" not in xml and not _ILL.search(xml):
        return xml
    budget = [1 << 16]

    def meant(match: re.Match[bytes]) -> bytes:
        found = match[0]
        if found == b"&":
            return b"&amp;"
        if found == b"<":
            return b"&lt;"
        if found.startswith(b"&#"):
            code = int(found[3:-1], 16) if found[2] in b"xX" else int(found[2:-1])
            if 128 <= code < 160:
                return bytes([code]).decode("cp1252", "ignore").encode()
            kept = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
            return b"&#%d;" % code if kept or 0x10000 <= code < 0x110000 else b""
        if not found.endswith(b";"):
            return b"&amp;"
        name = found[1:-1].decode("ascii")
        own = entities.get(name)
        if own is not None:
            budget[0] -= len(own)
            return own if budget[0] > 0 else b""
        text = html5.get(name + ";")
        if text is None:
            return b"&amp;" + found[1:]
        return text.encode() if text not in "<>&\"'" else b"&#%d;" % ord(text)

    out: list[bytes] = []
    position = 0
    while position < len(xml):
        start = xml.find(b"<![CDATA[", position)
        stop = start if start >= 0 else len(xml)
        while position < stop:
            end = _part_end(xml, position, stop)
            out.append(_ILL.sub(meant, xml[position:end]))
            position = end
        if start < 0:
            break
        end = xml.find(b"]]>", start)
        if end < 0:
            notes.add("cdata_open")
            out.append(xml[start:])
            break
        out.append(xml[start : end + 3])
        position = end + 3
    whole = b"".join(out)
    # Also in what only looks like a CDATA section: halves of surrogate pairs pass the parser and
    # break the strings made of it.
    return _HALF.sub(b"", whole) if b"&#" in whole else whole


def _part_end(xml: bytes, start: int, stop: int) -> int:
    """Where a part to repair may end: before a tag, so that nothing is cut in two."""
    if stop - start <= _PART:
        return stop
    before = xml.rfind(b"<", start + 1, start + _PART)
    return before if before > 0 else start + _PART


def without_prolog(xml: bytes, notes: Notes) -> tuple[bytes, dict[str, bytes]]:
    """The document from its root on, and the harmless entities that its document type declares."""
    entities: dict[str, bytes] = {}
    position = 0
    while True:
        start = xml.find(b"<", position)
        if start < 0:
            return b"", entities
        if xml.startswith(b"<?", start):
            end = xml.find(b"?>", start)
            closing = 2
            if end < 0:  # a declaration that ends with a plain bracket
                end, closing = xml.find(b">", start), 1
        elif xml.startswith(b"<!--", start):
            end, closing = xml.find(b"-->", start), 3
        elif xml[start : start + 9].upper() == b"<!DOCTYPE":
            end, closing = _doctype_end(xml, start), 1
            if end > 0:
                # Only short plain values are taken, so nothing can grow.
                for declaration in _ENTITY_DECLARATION.finditer(
                    xml, start, min(end, start + 65536)
                ):
                    value = declaration[2] if declaration[2] is not None else declaration[3]
                    entities.setdefault(declaration[1].decode("ascii", "ignore"), value)
        elif xml.startswith(b"<!", start):
            end, closing = xml.find(b">", start), 1
        elif _is_name_start(xml[start + 1 : start + 2]):
            return xml[start:], entities
        else:
            end, closing = start, 1
        if end < 0:
            notes.add("prolog_open")
            root = re.compile(rb"<(?:[\w-]+:)?(?:rss|feed|rdf|urlset|sitemapindex|channel)\b", re.I)
            found = root.search(xml, start + 1)
            return (xml[found.start() :] if found else b""), entities
        position = end + closing


def _is_name_start(byte: bytes) -> bool:
    return byte.isalpha() or byte in (b"_", b":") or byte >= b"\x80"


def _doctype_end(xml: bytes, start: int) -> int:
    """Index of the bracket that ends the document type; -1 if it never ends."""
    depth = 0
    for match in re.compile(rb"\"[^\"]*\"|'[^']*'|<!--|[\[\]<>]").finditer(xml, start + 2):
        mark = match[0]
        if mark == b"[":
            depth += 1
        elif mark == b"]":
            depth = max(0, depth - 1)
        elif mark == b">" and depth == 0:
            return match.start()
    return -1


def elements(
    xml: bytes,
    notes: Notes,
    *,
    events: tuple[Literal["start", "end"], ...] = ("end",),
    tags: tuple[str, ...] | None = None,
) -> Iterator[tuple[str, etree._Element]]:
    """(event, element) of repaired XML, in recovering mode, as far as it can be read.

    Notes ``malformed`` with the first error of the parser. libxml2's own ceilings stay on (depth
    256, 10 MB a text). Never raises.
    """
    parser = etree.iterparse(
        BytesIO(xml),
        events=events,
        tag=tags,
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        yield from parser
    except (etree.LxmlError, ValueError, AssertionError) as error:
        notes.add("malformed", str(error))
        return
    log = parser.error_log
    if len(log):
        notes.add("malformed", log[0].message)
