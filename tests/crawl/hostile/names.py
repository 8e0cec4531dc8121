"""A resolver for tests: most names are 127.0.0.1, some are what attackers make of names."""

from __future__ import annotations

from collections import Counter
from typing import Any

from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

from hostile.lag import watch
from newscrawl.downloader.resolver import JudgingResolver

_NAMES: dict[str, tuple[str, ...]] = {
    "dns-mixed": ("10.0.0.1", "::1", "127.0.0.1", "169.254.169.254"),
    "dns-many": (*(f"10.0.{n // 250}.{n % 250 + 1}" for n in range(2000)), "127.0.0.1"),
    "dns-inner": ("10.0.0.1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"),
    "dns-none": (),
}
_asked: Counter[str] = Counter()


@implementer(IHostnameResolver)
class _Table:
    """Stands for the system's resolver."""

    def resolveHostName(
        self, receiver: Any, name: str, port: int = 0, *_: Any, **__: Any
    ) -> HostResolution:
        label = name.partition(".")[0]
        _asked[label] += 1
        literals = _NAMES.get(label, ("127.0.0.1",))
        if label == "dns-changing" and _asked[label] > 1:
            literals = ("10.0.0.1",)  # rebinding
        resolution = HostResolution(name)
        receiver.resolutionBegan(resolution)
        for literal in literals:
            kind = IPv6Address if ":" in literal else IPv4Address
            receiver.addressResolved(kind("TCP", literal, port))
        receiver.resolutionComplete()
        return resolution


class HostileNames(JudgingResolver):
    """Use it with ``--set TWISTED_DNS_RESOLVER=hostile.names.HostileNames``."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        watch()
        self.original_resolver = _Table()
