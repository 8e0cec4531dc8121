"""Compressed bodies: feeds and sitemaps sent as gzip, also without saying so."""

from __future__ import annotations

import zlib

from newscrawl.discovery.readings import Notes

_SLICE = 1 << 16
_MEMBERS = 4000  # of one gzip file


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
