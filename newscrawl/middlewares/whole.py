"""Does a page look whole, where its framing cannot tell or may lie."""

from __future__ import annotations

import re

_TAIL = 4096  # bytes at the end that are looked at for an end tag
_OPEN = re.compile(rb"<(?:html|body)[\s>]", re.I)
_CLOSED = re.compile(rb"</(?:html|body)\s*>", re.I)
_ELEMENT_END = re.compile(rb"</(?:p|div|article|section|main|nav|header|ul|li|h[1-6])\s*>", re.I)
_BLOCK_OPEN = re.compile(rb"<(?:p|div|article|section|main|span|li)[\s>]", re.I)


def looks_cut(body: bytes, *, length_known: bool) -> str | None:
    """Why an HTML page looks cut off; None if it does not, or is no HTML page.

    Where the end of the connection alone says where the page ends (RFC 9112, 6.3 (8)), a page that
    opens ``html`` or ``body`` must close one of them. Where the length was kept, a page is cut only
    if it closes elements elsewhere and yet ends in the middle of text or of a tag: one whose own
    server broke off while writing it.
    """
    if not _OPEN.search(body, 0, 65_536):
        return None
    if _CLOSED.search(body):
        return None
    if not length_known:
        return "neither length nor end tag"
    tail = body[-_TAIL:].rstrip()
    if tail.endswith((b">", b";", b"}")) or not _ELEMENT_END.search(body):
        return None
    last_open = max((m.start() for m in _BLOCK_OPEN.finditer(tail)), default=-1)
    last_end = max((m.start() for m in _ELEMENT_END.finditer(tail)), default=-1)
    inside_tag = tail.rfind(b"<") > tail.rfind(b">")
    if inside_tag or last_open > last_end:
        return "ends in mid-text without end tags"
    return None
