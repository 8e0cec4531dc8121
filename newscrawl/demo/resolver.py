"""Name resolution for the demo: its papers' names lead to the demo's server, all others nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address

from newscrawl.downloader.resolver import JudgingReceiver, JudgingResolver

if TYPE_CHECKING:
    from scrapy.crawler import CrawlerProcessBase
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IAddress


class DemoResolver(JudgingResolver):
    """The setting ``TWISTED_DNS_RESOLVER`` of a demo.

    ``NEWSCRAWL_DEMO_PORT`` is the port of the server, which ``NEWSCRAWL_ALLOW_ADDRESSES`` must
    name as ``127.0.0.1:PORT``. Port 80 of a paper is that port of 127.0.0.1, so that the addresses
    of articles are the same in every run. A name outside the demo has no address: no request
    leaves the machine.
    """

    port = 0

    @classmethod
    def from_crawler(cls, crawler: CrawlerProcessBase, reactor: ReactorBase) -> DemoResolver:  # type: ignore[override]
        resolver = super().from_crawler(crawler, reactor)
        assert isinstance(resolver, DemoResolver)
        resolver.port = crawler.settings.getint("NEWSCRAWL_DEMO_PORT")
        return resolver

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        receiver = JudgingReceiver(resolutionReceiver, hostName, self.port, self._allowed)
        resolution: Any = HostResolution(hostName)
        receiver.resolutionBegan(resolution)
        if hostName.endswith(".example"):
            address: Any = IPv4Address("TCP", "127.0.0.1", self.port)
            receiver.addressResolved(address)
        receiver.resolutionComplete()
        return resolution
