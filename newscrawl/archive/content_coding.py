"""Content-Encoding undone: whole or refused (RFC 9110, section 8.4)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

GZIP = frozenset({"gzip", "x-gzip"})
KNOWN = GZIP | {"deflate"}
MAX_LAYERS = 3
MAX_MEMBERS = 10_000  # of a gzip body
_PIECE = 1 << 14  # bytes
_MAGIC = b"\x1f\x8b\x08"
_PADDING = re.compile(rb"\0*")


class CodingError(ValueError):
    """``reason`` is ``truncated``, ``too_large`` or ``bad_encoding``.

    ``begun`` is what was unpacked before: of use only where a beginning is all that is wanted.
    """

    def __init__(self, reason: str, detail: str, begun: bytes = b"") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail, self.begun = reason, detail, begun


def codings(values: Iterable[str]) -> list[str]:
    """The names in Content-Encoding fields, in lower case and in the order they were applied."""
    names = (name.strip().lower() for value in values for name in value.split(","))
    return [name for name in names if name not in {"", "identity"}]


def unpack_layers(body: bytes, names: list[str], max_size: int) -> bytes:
    """The content under some codings, the last applied undone first. Raises `CodingError`."""
    if len(names) > MAX_LAYERS:
        raise CodingError("bad_encoding", f"{len(names)} layers")
    for name in reversed(names):
        if name not in KNOWN:
            raise CodingError("bad_encoding", name[:40])
        body = unpack(body, name, max_size)
    return body


def unpack(body: bytes, encoding: str, max_size: int) -> bytes:
    """The content of a gzip or deflate body of at most ``max_size`` bytes.

    A gzip body may have several members (RFC 1952); ``deflate`` is zlib (RFC 9110) or, as old
    servers send it, raw. Raises `CodingError`.
    """
    if not body:
        return body
    raw_deflate = encoding == "deflate" and (body[0] & 0x0F) != 8
    wbits = -15 if raw_deflate else (31 if encoding in GZIP else 15)
    out = bytearray()
    decoder = zlib.decompressobj(wbits)
    rest = memoryview(body)
    members = 1
    while True:
        # Piece by piece: what zlib leaves of a long body after each of many members is a copy.
        piece, rest = rest[:_PIECE], rest[_PIECE:]
        try:
            out += decoder.decompress(piece, max_size + 1 - len(out))
        except zlib.error as error:
            raise CodingError("bad_encoding", str(error)) from error
        if len(out) > max_size:
            begun = bytes(out[:max_size])
            raise CodingError("too_large", f"over {max_size} bytes unpacked", begun)
        if decoder.eof:
            if encoding not in GZIP:
                return bytes(out)
            rest = _next_member(body, len(body) - len(rest) - len(decoder.unused_data))
            if not rest:
                return bytes(out)
            members += 1
            if members > MAX_MEMBERS:
                raise CodingError("bad_encoding", f"more than {MAX_MEMBERS} gzip members")
            decoder = zlib.decompressobj(wbits)
        elif not rest:
            detail = f"{encoding} stream without its end"
            raise CodingError("truncated", detail, bytes(out))


def _next_member(body: bytes, start: int) -> memoryview:
    """What follows a gzip member, if it is another one; padding and other bytes are none."""
    padding = _PADDING.match(body, start)
    rest = memoryview(body)[padding.end() if padding else start :]
    return rest if bytes(rest[:3]) == _MAGIC else rest[:0]
