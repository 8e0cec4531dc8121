"""Redirects followed as far as they lead somewhere: each dead end has its own reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware as ScrapyRedirects
from scrapy.exceptions import IgnoreRequest

from newscrawl.errand import META, Errand, Kind
from newscrawl.items import Stage
from newscrawl.manners import AllowedAddresses, judge_url
from newscrawl.refusal import Refused

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class RedirectMiddleware(ScrapyRedirects):
    """Scrapy's, with reasons: ``bad_redirect`` (the location is no address), ``redirect_loop``,
    ``too_many_redirects``, and those of the gate, before anything is asked of the new place.

    A robots.txt that leads nowhere counts as one that is not there (RFC 9309, 2.3.1.2): for it the
    redirect itself is the answer.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RedirectMiddleware:
        middleware = super().from_crawler(crawler)
        allowed = crawler.settings.getlist("NEWSCRAWL_ALLOW_ADDRESSES")
        middleware._allowed = AllowedAddresses.parse(allowed)
        return middleware

    _allowed: AllowedAddresses

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        if response.status not in _REDIRECTS or b"Location" not in response.headers:
            return response
        try:
            return self._followed(request, response)
        except Refused:
            errand = request.meta.get(META)
            if isinstance(errand, Errand) and errand.kind is Kind.ROBOTS:
                return response
            raise

    def _followed(self, request: Request, response: Response) -> Request:
        location = (response.headers[b"Location"] or b"").decode("utf-8", "replace").strip()
        if not location:
            raise Refused(Stage.FETCH, "bad_redirect", "no location")
        scheme = _SCHEME.match(location)
        if scheme is not None and scheme[1].lower() not in {"http", "https"}:
            raise Refused(Stage.GATE, "forbidden_scheme", location[:100])
        seen = {request.url, *request.meta.get("redirect_urls", ())}
        try:
            followed = super().process_response(request, response)
        except ValueError as error:
            raise Refused(
                Stage.FETCH, "bad_redirect", f"{location[:100]} ({error})"[:200]
            ) from error
        except IgnoreRequest as error:
            loop = urljoin(request.url, location) in seen
            reason = "redirect_loop" if loop else "too_many_redirects"
            raise Refused(Stage.FETCH, reason, location[:200]) from error
        assert isinstance(followed, Request)
        verdict = judge_url(followed.url, self._allowed)
        if not verdict.allowed:
            raise Refused(Stage.GATE, verdict.reason, followed.url[:200])
        return followed
