"""The character set a page declares about itself, by the HTML standard's prescan.

WHATWG HTML, 13.2.3.2 "prescan a byte stream to determine its encoding" - over the first 16 KiB
instead of 1 KiB, because news pages put scripts before the declaration.
"""

from __future__ import annotations

import re

from newscrawl.extract.charset_labels import codec_for

PRESCAN_BYTES = 16384

_TAG = re.compile(rb"<(?:(!--)|(meta)(?=[\s/])|(/?[a-zA-Z])|([!/?]))", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rb"""[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?"""
)
_IN_CONTENT = re.compile(rb"""charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))""", re.IGNORECASE)
_XML = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")


def declared_in_page(body: bytes) -> str | None:
    """The codec the page's ``meta`` (or XML declaration) names, or None.

    A declared UTF-16 means UTF-8, as the standard says: a declaration that can be read as ASCII is
    not UTF-16.
    """
    head = body[:PRESCAN_BYTES]
    found = _meta_codec(head)
    if found is None and (xml := _XML.match(head)):
        found = codec_for(xml[1].decode("ascii"))
    return "utf-8" if found in {"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"} else found


def _meta_codec(head: bytes) -> str | None:
    at = 0
    while tag := _TAG.search(head, at):
        at = tag.end()
        if tag[1]:
            end = head.find(b"-->", tag.start() + 2)
            if end < 0:
                return None
            at = end + 3
        elif tag[2]:
            values, at = _attributes(head, at)
            if codec := _codec_of(values):
                return codec
        elif tag[3]:
            name = re.compile(rb"[^\s>]*").match(head, at)
            _, at = _attributes(head, name.end() if name else at)
        else:
            end = head.find(b">", at)
            if end < 0:
                return None
            at = end + 1
    return None


def _attributes(head: bytes, at: int) -> tuple[dict[bytes, bytes], int]:
    """The attributes of a tag and where it ends; a tag that does not end has none."""
    values: dict[bytes, bytes] = {}
    while at < len(head):
        while at < len(head) and head[at] in b"\t\n\f\r /":
            at += 1
        if head[at : at + 1] == b">":
            return values, at + 1
        found = _ATTRIBUTE.match(head, at)
        if found is None or found.end() == at:
            break
        value = next((g for g in found.groups()[1:] if g is not None), b"")
        values.setdefault(found[1].lower(), value)
        at = found.end()
    return {}, len(head)


def _codec_of(values: dict[bytes, bytes]) -> str | None:
    if b"charset" in values:
        return codec_for(values[b"charset"].decode("latin-1"))
    if values.get(b"http-equiv", b"").lower() != b"content-type":
        return None
    found = _IN_CONTENT.search(values.get(b"content", b""))
    if found is None:
        return None
    return codec_for(next(g for g in found.groups() if g is not None).decode("latin-1"))


_IN_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([^\s;"',]+)""", re.IGNORECASE)


def declared_in_header(content_type: str | None) -> str | None:
    """The codec a ``Content-Type`` header names, or None."""
    found = _IN_HEADER.search(content_type or "")
    return codec_for(found[1]) if found else None
