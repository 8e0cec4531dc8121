"""The encoding of a feed, sitemap or listing, also where it is declared wrongly or not at all."""

from __future__ import annotations

import codecs
import re

from newscrawl.discovery.readings import Notes
from newscrawl.extract import decode

_SAMPLE = 1 << 17  # bytes by which an encoding is told
_ASCII = bytes(range(128))
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
    # The page decoder knows the region's encodings by their letters.
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
