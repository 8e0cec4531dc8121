"""Name resolution that hands out only addresses the gate allows.

Scrapy connects to the address this resolver returns, so the address that was judged is the one
that is contacted: a name that resolves differently a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scrapy.resolver import CachingHostnameResolver
from scrapy.utils.datatypes import LocalCache
from twisted.internet.interfaces import IAddress, IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from newscrawl.manners import AllowedAddresses, judge_address

if TYPE_CHECKING:
    from scrapy.crawler import CrawlerProcessBase
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IHostResolution

logger = logging.getLogger(__name__)

# host -> why none of its addresses may be contacted; for the account, which would say "no address"
_refused: LocalCache[str, str] = LocalCache(1000)


def refused_addresses(host: str) -> str | None:
    """What was wrong with the addresses of a name of which none was allowed; None if none was."""
    return _refused.get(host)


@implementer(IResolutionReceiver)
class JudgingReceiver:
    """Passes on the addresses that may be contacted."""

    def __init__(self, inner: Any, host: str, port: int, allowed: AllowedAddresses) -> None:
        self._inner, self._host, self._port, self._allowed = inner, host, port, allowed
        self._passed = False
        self._wrong: list[str] = []

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 (Twisted's name)
        self._inner.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        literal = getattr(address, "host", "")
        verdict = judge_address(literal, self._port, self._allowed)
        if verdict.allowed:
            self._passed = True
            self._inner.addressResolved(address)
        else:
            self._wrong.append(verdict.detail or verdict.reason)

    def resolutionComplete(self) -> None:  # noqa: N802
        _refused.pop(self._host, None)
        if self._wrong:
            named = ", ".join(self._wrong[:3]) + (" ..." if len(self._wrong) > 3 else "")
            logger.warning("Refused addresses of %s: %s", self._host, named)
            if not self._passed:
                _refused[self._host] = named
        self._inner.resolutionComplete()


@implementer(IHostnameResolver)
class JudgingResolver(CachingHostnameResolver):
    """The setting ``TWISTED_DNS_RESOLVER``: a caching resolver behind the gate."""

    def __init__(self, reactor: ReactorBase, cache_size: int, allowed: AllowedAddresses) -> None:
        super().__init__(reactor, cache_size)
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: CrawlerProcessBase, reactor: ReactorBase) -> JudgingResolver:  # type: ignore[override]
        settings = crawler.settings
        size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(
            reactor, size, AllowedAddresses.parse(settings.getlist("NEWSCRAWL_ALLOW_ADDRESSES"))
        )

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        judging: Any = JudgingReceiver(resolutionReceiver, hostName, portNumber, self._allowed)
        return super().resolveHostName(
            judging, hostName, portNumber, addressTypes, transportSemantics
        )
