"""Content-Encoding: whole or refused.

Scrapy's decoder hands over what it got from a cut gzip stream; here a stream that does not reach
its end is refused, and unpacking stops at the size limit.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from scrapy.responsetypes import responsetypes

from newscrawl.items import Stage
from newscrawl.refusal import Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ACCEPTED = b"gzip, deflate"
_GZIP = {"gzip", "x-gzip"}
_MAX_LAYERS = 3


def unpack(body: bytes, encoding: str, max_size: int) -> bytes:
    """The content of a gzip or deflate body of at most ``max_size`` bytes.

    Raises `Refused` with the reason ``truncated``, ``too_large`` or ``bad_encoding``. A gzip body
    may have several members (RFC 1952); ``deflate`` is zlib (RFC 9110) or, as old servers send
    it, raw.
    """
    if not body:
        return body
    raw_deflate = encoding == "deflate" and (body[0] & 0x0F) != 8
    wbits = -15 if raw_deflate else (31 if encoding in _GZIP else 15)
    out = bytearray()
    rest = body
    while rest:
        decoder = zlib.decompressobj(wbits)
        try:
            out += decoder.decompress(rest, max_size + 1 - len(out))
        except zlib.error as error:
            if out and encoding in _GZIP:
                break  # padding after the last member
            raise Refused(Stage.FETCH, "bad_encoding", str(error)) from error
        if len(out) > max_size:
            raise Refused(Stage.FETCH, "too_large", f"over {max_size} bytes unpacked")
        if not decoder.eof:
            raise Refused(Stage.FETCH, "truncated", f"{encoding} stream without its end")
        rest = decoder.unused_data.lstrip(b"\0") if encoding in _GZIP else b""
    return bytes(out)


class CompressionMiddleware:
    """Asks for and undoes gzip and deflate."""

    def __init__(self, max_size: int) -> None:
        self._max_size = max_size

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CompressionMiddleware:
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        request.headers.setdefault(b"Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        encodings = [
            name.strip().lower()
            for value in response.headers.getlist(b"Content-Encoding")
            for name in value.decode("latin-1").split(",")
            if name.strip().lower() not in {"", "identity"}
        ]
        if not encodings or request.method == "HEAD" or response.status == 304:
            return response
        if len(encodings) > _MAX_LAYERS:
            raise Refused(Stage.FETCH, "bad_encoding", f"{len(encodings)} layers")
        body = response.body
        limit = request.meta.get("download_maxsize", self._max_size)
        for encoding in reversed(encodings):
            if encoding not in _GZIP | {"deflate"}:
                raise Refused(Stage.FETCH, "bad_encoding", encoding[:40])
            body = unpack(body, encoding, limit)
        headers = response.headers.copy()
        del headers[b"Content-Encoding"]
        type_ = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(cls=type_, headers=headers, body=body)
