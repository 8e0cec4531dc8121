"""Content-Encoding: whole or refused.

Scrapy's decoder hands over what it got from a cut gzip stream; here a stream that does not reach
its end is marked as cut, and unpacking stops at the size limit. So is a page marked whose framing
does not say where it ends and that looks cut; `BackoffMiddleware` asks once more or refuses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.responsetypes import responsetypes

from newscrawl.archive import CodingError, codings, unpack_layers
from newscrawl.errand import META, Errand, Kind
from newscrawl.items import Stage
from newscrawl.middlewares.whole import looks_cut
from newscrawl.refusal import Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ACCEPTED = b"gzip, deflate"
_CONDITIONS = (b"If-None-Match", b"If-Modified-Since")
CUT = "newscrawl_cut: "  # begins a flag of a response that is not whole; why follows


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
        names = codings(
            value.decode("latin-1") for value in response.headers.getlist(b"Content-Encoding")
        )
        if response.status == 304:
            if not any(name in request.headers for name in _CONDITIONS):
                raise Refused(Stage.FETCH, "http_304", "nobody asked whether it had changed")
            return response
        if request.method == "HEAD":
            return response
        if not names:
            return _judged(response, length_known="partial" not in response.flags)
        limit = request.meta.get("download_maxsize") or self._max_size
        try:
            body = unpack_layers(response.body, names, limit)
        except CodingError as error:
            if error.begun and _beginning_will_do(request, response, error):
                return response.replace(body=error.begun)
            if error.reason == "truncated":
                return _marked(response, error.detail)
            raise Refused(Stage.FETCH, error.reason, error.detail) from error
        headers = response.headers.copy()
        del headers[b"Content-Encoding"]
        type_ = responsetypes.from_args(headers=headers, url=response.url, body=body)
        unpacked = response.replace(cls=type_, headers=headers, body=body)
        return _judged(unpacked, length_known=True)  # the stream has an end of its own


def _beginning_will_do(request: Request, response: Response, error: CodingError) -> bool:
    """Of robots.txt only the beginning is read; it will do where the rest was refused by us."""
    errand = request.meta.get(META)
    robots = isinstance(errand, Errand) and errand.kind is Kind.ROBOTS
    return robots and (error.reason == "too_large" or "download_stopped" in response.flags)


def _judged(response: Response, *, length_known: bool) -> Response:
    if response.status != 200:
        return response
    why = looks_cut(response.body, length_known=length_known)
    return response if why is None else _marked(response, why)


def _marked(response: Response, why: str) -> Response:
    return response.replace(flags=[*response.flags, CUT + why])


def why_cut(response: Response) -> str | None:
    """Why a response is not whole; None if it is."""
    return next((x.removeprefix(CUT) for x in response.flags if x.startswith(CUT)), None)
