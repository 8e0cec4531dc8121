"""From the bytes of a feed or sitemap to XML that can be parsed safely.

Four steps, all linear in the size of the input and without any network or file access:
`inflate` (compressed bodies, with a ceiling), `to_utf8` (encodings, also wrongly declared),
`repair` (the document type goes, with it every entity declaration; undeclared entities, bare
``&`` and ``<`` become what was meant) and `elements` (lxml in recovering, streaming form).
Since no entity declaration is left, no expansion can happen: billion laughs, quadratic blow-up
and external entities have nothing to work with.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from html.entities import html5
from io import BytesIO
from typing import Literal

from lxml import etree

from newscrawl.discovery.readings import Notes

_SLICE = 1 << 16
_SAMPLE = 1 << 17  # bytes by which an encoding is told
_MEMBERS = 4000  # of one gzip file
_PART = 1 << 20  # bytes repaired at a time
_CONTROLS = bytes(x for x in range(32) if x not in (9, 10, 13))
_ASCII = bytes(range(128))
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
_XML_DECLARATION = re.compile(
    rb"^\s*<\?xml[^>]{0,400}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:()-]{1,40})", re.I
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:()-]{1,40})", re.I)

# Labels that publishers use for a superset (WHATWG Encoding), or that Python does not know.
_SUPERSET = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "cp950",
}
_ALIASES = {
    "sjis": "shift_jis", "windows-31j": "cp932", "unicode": "utf-16", "ms-ansi": "cp1252",
    "ms-cyrl": "cp1251", "ms-ee": "cp1250", "ms-greek": "cp1253", "ms-turk": "cp1254",
    "ms-hebr": "cp1255", "ms-arab": "cp1256", "winbaltrim": "cp1257", "ks_c_5601-1987": "cp949",
}  # fmt: skip
# Codecs that are no character sets, cost more than linear time, or execute escapes.
_NO_CHARSET = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs"}
_STATEFUL = ("iso2022", "hz", "utf-7")  # ASCII bytes whose meaning only the label tells


def inflate(body: bytes, limit: int, notes: Notes) -> bytes:
    """The body without gzip, zlib or raw deflate around it, at most ``limit`` bytes.

    Notes ``too_large`` where there was more, ``compressed_cut`` where the stream ends early; what
    came before is given back. Two layers are undone (a ``.gz`` file sent with Content-Encoding).
    """
    for _ in range(2):
        if body[:2] == b"\x1f\x8b":
            body = _inflate(body, 31, limit, notes)
        elif body[:1] == b"\x78" and len(body) > 2 and int.from_bytes(body[:2], "big") % 31 == 0:
            body = _inflate(body, 15, limit, notes)
        else:
            break
    else:
        return body[:limit]
    if len(body) > limit:
        notes.add("too_large", f"{len(body)} bytes, {limit} read")
        body = body[:limit]
    return body


def _inflate(body: bytes, wbits: int, limit: int, notes: Notes) -> bytes:
    out: list[bytes] = []
    size = position = 0
    for _ in range(_MEMBERS):
        stream = zlib.decompressobj(wbits)
        try:
            # Fed in slices: what follows a member is handed back as a copy, and there may be many.
            while not stream.eof and size <= limit and position < len(body):
                fed = stream.unconsumed_tail or body[position : position + _SLICE]
                position += 0 if stream.unconsumed_tail else len(fed)
                chunk = stream.decompress(fed, min(1 << 20, limit + 1 - size))
                out.append(chunk)
                size += len(chunk)
            while not stream.eof and stream.unconsumed_tail and size <= limit:
                chunk = stream.decompress(stream.unconsumed_tail, min(1 << 20, limit + 1 - size))
                out.append(chunk)
                size += len(chunk)
        except zlib.error as error:
            notes.add("compressed_cut", str(error))
            break
        if size > limit:
            break
        if not stream.eof:
            notes.add("compressed_cut")
            break
        position -= len(stream.unused_data)
        if body[position : position + 2] != b"\x1f\x8b":  # another member, or padding
            break
    if size > limit:
        notes.add("too_large", f"more than {limit} bytes unpacked")
    return b"".join(out)[:limit]


def charset(label: str | None) -> str | None:
    """The Python codec for a label, its superset where WHATWG says so; None if unknown."""
    if not label:
        return None
    name = label.strip().lower()
    if name.startswith("x-") and name not in {"x-mac-cyrillic"}:
        name = name[2:]
    name = _ALIASES.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if info.name in _NO_CHARSET or not getattr(info, "_is_text_encoding", True):
        return None
    return _SUPERSET.get(info.name, info.name)


def to_utf8(body: bytes, content_type: str | None, notes: Notes) -> bytes:
    """The document as valid UTF-8 without byte order mark.

    Order of trust: byte order mark; the pattern of UTF-16 and UTF-32; validity as UTF-8 (bytes
    that are valid UTF-8 by chance are rarer than wrong labels); the XML declaration; the
    Content-Type; the letters of the text. Notes ``encoding`` where bytes had to be replaced or the
    label was not true.
    """
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if body.startswith(mark):
            return _transcode(body[len(mark) :], name, notes)
    head = body[:4]
    for start, name in (
        (b"<\x00\x00\x00", "utf-32-le"),
        (b"\x00\x00\x00<", "utf-32-be"),
        (b"<\x00", "utf-16-le"),
        (b"\x00<", "utf-16-be"),
        (b"\x4c\x6f\xa7\x94", "cp037"),
    ):
        if head.startswith(start):
            if name == "cp037":
                text = body[:200].decode("cp037", "replace").encode("utf-8")
                found = _XML_DECLARATION.match(text)
                name = charset(found[1].decode("ascii") if found else None) or name
            return _transcode(body, name, notes)
    found = _XML_DECLARATION.match(body[:512])
    declared = charset(found[1].decode("ascii")) if found else None
    in_header = _CHARSET.search(content_type[:400]) if content_type else None
    sent = charset(in_header[1]) if in_header else None
    for label in (declared, sent):
        if label and label.startswith(_STATEFUL) and body.isascii():
            return _transcode(body, label, notes)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.end >= len(body)
    else:
        return body
    wrong = len(body) - len(body.decode("utf-8", "ignore").encode("utf-8"))
    if cut or wrong * 20 < len(body.translate(None, _ASCII)):  # UTF-8 with a few damaged bytes
        return _transcode(body, "utf-8", notes)
    labels = [x for x in (declared, sent) if x and not x.startswith("utf-")]
    for label in labels:
        try:
            return body.decode(label).encode("utf-8", "replace")
        except (UnicodeError, ValueError):
            continue
    # The page decoder knows the region's encodings by their letters; loaded only when needed.
    from newscrawl.extract import decode

    # Without brackets there is no markup to look for, only letters.
    guess = decode(body[:_SAMPLE].translate(None, b"<>"), content_type)
    notes.add("encoding", f"not {declared or sent or 'utf-8'}, read as {guess.encoding}")
    codec = charset(guess.encoding)
    whole = body.decode(codec, "replace") if codec else decode(body, content_type).text
    return whole.encode("utf-8", "replace")


def _transcode(body: bytes, name: str, notes: Notes) -> bytes:
    try:
        return body.decode(name).encode("utf-8")
    except (UnicodeError, ValueError):
        notes.add("encoding", f"damaged {name}")
        return body.decode(name, "replace").encode("utf-8", "replace")


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
