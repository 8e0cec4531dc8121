"""Scrapy's HTTP/1.1 handler, stricter where an answer would be taken for what it is not.

Twisted reads header lines and interim answers without end, takes a body that a TCP reset ended for
a whole one where no length was announced, and drops what comes after the announced length without
a word. Here such answers are refused, each with its own reason.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError, StopDownload
from twisted.internet.error import ConnectionClosed, ConnectionLost
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError
from twisted.web.http import _DataLoss, _IdentityTransferDecoder
from twisted.web.http_headers import InvalidHeaderName

from newscrawl.downloader.resolver import refused_addresses
from newscrawl.items import Stage
from newscrawl.refusal import Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.interfaces import IAddress

MAX_HEADER_BYTES = 256 * 1024  # of all headers of an answer, interim ones (1xx) among them
BEGINNING = "newscrawl_beginning"  # in Request.meta: bytes after which no more is wanted
_RECEIVED = "newscrawl_received"  # in Request.meta: bytes of the answer so far
MAX_INTERIM = 16  # answers 1xx before the one that counts


class HeaderTooLargeError(Exception):
    """The header passed the limit, or one interim answer followed another."""


class _CutBody(_IdentityTransferDecoder):
    """Stands for a body decoder that knows that what it was given is not whole."""

    def __init__(self) -> None:
        super().__init__(None, lambda _: None, lambda _: None)  # type: ignore[no-untyped-call]

    def noMoreData(self) -> None:  # noqa: N802 (Twisted's name)
        raise _DataLoss("the answer is not whole")


class _GuardedParser(_LenientHTTPClientParser):
    MAX_LENGTH = MAX_HEADER_BYTES  # of a line; the header as a whole is counted by the protocol
    _interim = 0

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802
        # No name, or a blank before the colon: skipped, as a line without a colon is.
        with suppress(InvalidHeaderName):
            super().headerReceived(name, value)  # type: ignore[no-untyped-call]

    def allHeadersReceived(self) -> None:  # noqa: N802
        if 100 <= self.response.code < 200:
            self._interim += 1
            if self.response.code == 101:
                raise ValueError("switching protocols unasked")
            if self._interim > MAX_INTERIM:
                raise HeaderTooLargeError("interim answers without end")
        # RFC 9112, 6.3: the same length said twice is one length.
        lengths = self.connHeaders.getRawHeaders(b"content-length", [])
        if len(lengths) > 1 and len(set(lengths)) == 1:
            self.connHeaders.setRawHeaders(b"content-length", lengths[:1])
        super().allHeadersReceived()  # type: ignore[no-untyped-call]

    def _finished(self, rest: bytes) -> None:
        if rest.strip() and self.request.method != b"HEAD":
            self.request.persistent = False
            # What begins like an answer was pushed; anything else is the rest of a longer body.
            if self.bodyDecoder is not None and not rest.lstrip().startswith(b"HTTP/"):
                self.bodyDecoder = _CutBody()
        super()._finished(rest)  # type: ignore[no-untyped-call]

    def connectionLost(self, reason: Failure | None = None) -> None:  # noqa: N802
        decoder = self.bodyDecoder
        if self.state == "STATUS" and self._buffer and not self._buffer.startswith(b"HTTP/"):
            error = ValueError(f"no HTTP: {self._buffer[:40]!r}")
            reason = Failure(error)  # type: ignore[no-untyped-call]
        if (
            isinstance(decoder, _IdentityTransferDecoder)
            and decoder.contentLength is None
            and reason is not None
            and reason.check(ConnectionLost)  # type: ignore[no-untyped-call]
        ):
            self.bodyDecoder = _CutBody()
        super().connectionLost(reason)


class _GuardedProtocol(_LenientHTTP11ClientProtocol):
    """Counts bytes until the body begins."""

    _header_bytes = 0

    def request(self, request: Any) -> Any:
        self._header_bytes = 0
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _GuardedParser
        return answer

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        if self._in_header():
            self._header_bytes += len(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._header_bytes > MAX_HEADER_BYTES and self._in_header():
            assert self.transport is not None
            self.transport.abortConnection()
            self._disconnectParser(Failure(HeaderTooLargeError("the header has no end")))  # type: ignore[no-untyped-call]

    def _in_header(self) -> bool:
        # Twisted's parser leaves the states STATUS and HEADER when the header is complete.
        return getattr(self._parser, "state", "") in {"STATUS", "HEADER"}


class _GuardedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _GuardedProtocol:  # noqa: N802
        return _GuardedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


def stop_when_enough(data: bytes, request: Request) -> None:
    """Receives ``bytes_received``: ends a download of which only a beginning is wanted."""
    if (enough := request.meta.get(BEGINNING)) is not None:
        request.meta[_RECEIVED] = received = request.meta.get(_RECEIVED, 0) + len(data)
        if received >= enough:
            raise StopDownload(fail=False)


class GuardedHandler(HTTP11DownloadHandler):
    """The handler for ``http`` and ``https``.

    Raises what Scrapy's does, and `Refused` for what a second try would not change:
    ``header_too_large``, ``bad_answer`` (no HTTP) and ``forbidden_address`` (a name that has only
    addresses that the gate refuses).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _GuardedFactory
        crawler.signals.connect(stop_when_enough, signals.bytes_received)
        # said once a site by Scrapy, and the account says it for each page
        self._fail_on_dataloss_warned = True

    async def download_request(self, request: Request) -> Response:
        request.meta.pop(_RECEIVED, None)  # of an earlier try
        try:
            return await super().download_request(request)
        except CannotResolveHostError as error:
            if (refused := refused_addresses(urlsplit(request.url).hostname or "")) is not None:
                raise Refused(Stage.GATE, "forbidden_address", refused) from error
            raise
        except DownloadFailedError as error:
            for failure in getattr(error.__cause__, "reasons", ()):
                value = getattr(failure, "value", failure)
                if isinstance(value, HeaderTooLargeError):
                    raise Refused(Stage.FETCH, "header_too_large", str(value)) from error
                if isinstance(value, (ParseError, ValueError, KeyError, AttributeError)):
                    # what Twisted's parser raises for a status line or length that is none
                    detail = f"{type(value).__name__}: {value}"[:200]
                    raise Refused(Stage.FETCH, "bad_answer", detail) from error
                if isinstance(value, ConnectionClosed):
                    break
            raise
