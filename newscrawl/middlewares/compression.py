"""Content-Encoding: whole or refused.

Scrapy's decoder hands over what it got from a cut gzip stream; here a stream that does not reach
its end is refused, and unpacking stops at the size limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.responsetypes import responsetypes

from newscrawl.archive import CodingError, codings, unpack_layers
from newscrawl.items import Stage
from newscrawl.refusal import Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ACCEPTED = b"gzip, deflate"


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
        if not names or request.method == "HEAD" or response.status == 304:
            return response
        limit = request.meta.get("download_maxsize", self._max_size)
        try:
            body = unpack_layers(response.body, names, limit)
        except CodingError as error:
            raise Refused(Stage.FETCH, error.reason, error.detail) from error
        headers = response.headers.copy()
        del headers[b"Content-Encoding"]
        type_ = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(cls=type_, headers=headers, body=body)
