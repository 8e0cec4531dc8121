"""Scrapy's HTTP/1.1 handler with a limit on the bytes of an answer's header.

Twisted reads header lines without end: an endless header made the process grow to 5 GiB. Here the
connection is cut once the header passes the limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.interfaces import IAddress

MAX_HEADER_BYTES = 256 * 1024


class _GuardedProtocol(_LenientHTTP11ClientProtocol):
    """Counts bytes until the body begins."""

    _header_bytes = 0

    def request(self, request: Any) -> Any:
        self._header_bytes = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        parser = self._parser
        # Twisted's parser leaves the states STATUS and HEADER when the header is complete.
        if parser is not None and getattr(parser, "state", "") in {"STATUS", "HEADER"}:
            self._header_bytes += len(data)
            if self._header_bytes > MAX_HEADER_BYTES and b"\r\n\r\n" not in data:
                assert self.transport is not None
                self.transport.abortConnection()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _GuardedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _GuardedProtocol:  # noqa: N802
        return _GuardedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class GuardedHandler(HTTP11DownloadHandler):
    """The handler for ``http`` and ``https``."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _GuardedFactory
