"""The outbound gate: no request leaves for a scheme, port or address that is not allowed.

Literal addresses are judged here, names after resolution in `newscrawl.downloader.resolver`.
Redirects, robots.txt, feeds and sitemaps all pass here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.items import Stage
from newscrawl.manners import AllowedAddresses, judge_url
from newscrawl.refusal import Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class GateMiddleware:
    """Refuses requests to where a crawler has no business."""

    def __init__(self, allowed: AllowedAddresses) -> None:
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GateMiddleware:
        allowed = crawler.settings.getlist("NEWSCRAWL_ALLOW_ADDRESSES")
        return cls(AllowedAddresses.parse(allowed))

    def process_request(self, request: Request) -> None:
        verdict = judge_url(request.url, self._allowed)
        if not verdict.allowed:
            raise Refused(Stage.GATE, verdict.reason, request.url[:200])
