"""A resolver for tests: every name is 127.0.0.1, and is judged like any other answer."""

from __future__ import annotations

from typing import Any

from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address

from newscrawl.downloader.resolver import JudgingReceiver, JudgingResolver


class LoopbackResolver(JudgingResolver):
    """Use it with ``--set TWISTED_DNS_RESOLVER=loopback.LoopbackResolver``."""

    def resolveHostName(
        self, resolutionReceiver: Any, hostName: str, portNumber: int = 0, *_: Any, **__: Any
    ) -> Any:
        receiver = JudgingReceiver(resolutionReceiver, hostName, portNumber, self._allowed)
        resolution = HostResolution(hostName)
        receiver.resolutionBegan(resolution)
        receiver.addressResolved(IPv4Address("TCP", "127.0.0.1", portNumber))
        receiver.resolutionComplete()
        return resolution
