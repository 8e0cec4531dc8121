"""Hands what came over the wire to the archive of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import NotConfigured

from newscrawl.answers import raw_headers
from newscrawl.archive import Archive, ArchiveUnwritable, Exchange
from newscrawl.clock import now
from newscrawl.errand import EXCHANGE, META, Errand, Kind
from newscrawl.items import Stage
from newscrawl.refusal import Refused
from newscrawl.run import Run

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class ArchiveMiddleware:
    """Stands outside of the downloader, where content encodings are still on the body.

    An article's page waits in ``request.meta`` for the spider, which keeps it together with what
    it was fetched for; everything else is kept at once, but for answers 304, which have no page.
    """

    def __init__(self, run: Run, archive: Archive) -> None:
        self._run, self._archive = run, archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveMiddleware:
        run = crawler.settings["NEWSCRAWL_RUN"]
        if not isinstance(run, Run) or run.archive is None:
            raise NotConfigured
        return cls(run, run.archive)

    def process_response(self, request: Request, response: Response) -> Response:
        errand = request.meta.get(META)
        if response.status == 304:
            return response
        exchange = Exchange(
            url=request.url,
            method=request.method,
            request_headers=raw_headers(request.headers),
            request_body=request.body,
            status=response.status,
            headers=raw_headers(response.headers),
            body=response.body,
            address=str(response.ip_address) if response.ip_address else None,
        )
        if isinstance(errand, Errand) and errand.kind is Kind.ARTICLE and response.status == 200:
            request.meta[EXCHANGE] = exchange
            return response
        try:
            self._archive.keep(exchange, now())
        except ArchiveUnwritable as error:
            self._run.unwritable(error)
            raise Refused(Stage.WRITE, "output_unwritable", str(error)) from error
        return response
