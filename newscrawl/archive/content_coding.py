"""Content-Encoding undone: whole or refused (RFC 9110, section 8.4)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

GZIP = frozenset({"gzip", "x-gzip"})
KNOWN = GZIP | {"deflate"}
MAX_LAYERS = 3


class CodingError(ValueError):
    """``reason`` is ``truncated``, ``too_large`` or ``bad_encoding``."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


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
    rest = body
    while rest:
        decoder = zlib.decompressobj(wbits)
        try:
            out += decoder.decompress(rest, max_size + 1 - len(out))
        except zlib.error as error:
            if out and encoding in GZIP:
                break  # padding after the last member
            raise CodingError("bad_encoding", str(error)) from error
        if len(out) > max_size:
            raise CodingError("too_large", f"over {max_size} bytes unpacked")
        if not decoder.eof:
            raise CodingError("truncated", f"{encoding} stream without its end")
        rest = decoder.unused_data.lstrip(b"\0") if encoding in GZIP else b""
    return bytes(out)
