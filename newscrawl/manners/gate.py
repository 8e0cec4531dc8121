"""The outbound gate: which URLs and addresses may be contacted at all.

http and https, the ports that web sites use, and public addresses. A name is judged twice: here by
what it says of itself, and after resolution by `judge_address` for each address; the connection
must then be made to the address that was judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address

from newscrawl.manners.addresses import judge_ip, parse_ipv4, parse_ipv6
from newscrawl.manners.hosts import BadUrl, authority_of, parse_host
from newscrawl.manners.verdict import ALLOWED, Verdict

PORTS = frozenset({80, 443, 8080, 8443})

# Names that only mean something inside somebody's network (RFC 6761, 6762, 8375, 9476, the clouds).
_LOCAL_SUFFIXES = (
    "localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private",
    "home.arpa", "svc", "svc.cluster.local", "in-addr.arpa", "ip6.arpa", "onion", "alt", "invalid",
    "consul", "docker", "kubernetes", "metadata.goog",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AllowedAddresses:
    """Exceptions for tests: exact (address, port) pairs, never read from a site."""

    pairs: frozenset[tuple[IPv4Address | IPv6Address, int]] = frozenset()
    names: frozenset[tuple[str, int]] = frozenset()
    ports: frozenset[int] = field(default=frozenset())

    @classmethod
    def parse(cls, values: Iterable[str]) -> AllowedAddresses:
        """From ``HOST:PORT`` texts, HOST an address (IPv6 in brackets) or a name.

        ``localhost`` stands for both loopback addresses. A name opens the gate for that name and
        port; the address it resolves to must still be public or be listed itself. Raises ValueError
        with the offending text.
        """
        pairs: set[tuple[IPv4Address | IPv6Address, int]] = set()
        names: set[tuple[str, int]] = set()
        for value in values:
            host, _, port_text = value.strip().rpartition(":")
            if not (port_text.isascii() and port_text.isdecimal()) or not host:
                raise ValueError(f"{value!r} is not HOST:PORT")
            port = int(port_text)
            if not 0 < port < 65_536:
                raise ValueError(f"{value!r}: the port must be 1 to 65535")
            try:
                name, address = parse_host(host)
            except BadUrl:
                raise ValueError(f"{value!r} is not HOST:PORT") from None
            if address is not None:
                pairs.add((address, port))
                continue
            names.add((name, port))
            if name == "localhost":
                pairs |= {(IPv4Address("127.0.0.1"), port), (IPv6Address("::1"), port)}
        ports = frozenset(port for _, port in pairs | names)
        return cls(frozenset(pairs), frozenset(names), ports)

    def __bool__(self) -> bool:
        return bool(self.pairs or self.names)


NONE_ALLOWED = AllowedAddresses()


def judge_url(url: str, allowed: AllowedAddresses = NONE_ALLOWED) -> Verdict:
    """May a request be made for this URL, as far as can be told before resolution.

    Reasons: ``forbidden_scheme``, ``bad_url`` (detail says what), ``forbidden_port``,
    ``forbidden_address``, ``forbidden_name``.
    """
    try:
        target = authority_of(url)
    except BadUrl as error:
        reason = str(error)
        if reason != "forbidden_scheme":
            return Verdict(False, "bad_url", reason)
        return Verdict(False, "forbidden_scheme", url[:20])
    if target.address is not None:
        return _judge(target.address, target.port, allowed)
    if (target.host, target.port) in allowed.names or target.port in allowed.ports:
        # Which address it is decides after resolution, and only listed pairs pass there.
        return ALLOWED
    if target.port not in PORTS:
        return Verdict(False, "forbidden_port", str(target.port))
    if "." not in target.host or is_local_name(target.host):
        return Verdict(False, "forbidden_name", target.host[:100])
    return ALLOWED


def is_local_name(host: str) -> bool:
    """Does a name belong to a private or special zone (``localhost``, ``.internal``, ``.svc``)."""
    return any(host == suffix or host.endswith("." + suffix) for suffix in _LOCAL_SUFFIXES)


def judge_address(literal: str, port: int, allowed: AllowedAddresses = NONE_ALLOWED) -> Verdict:
    """May a connection be made to this resolved address and port.

    Reasons: ``bad_address``, ``forbidden_port``, ``forbidden_address``.
    """
    address = parse_ipv6(literal.partition("%")[0]) if ":" in literal else parse_ipv4(literal)
    if address is None:
        return Verdict(False, "bad_address", literal[:60])
    return _judge(address, port, allowed)


def _judge(address: IPv4Address | IPv6Address, port: int, allowed: AllowedAddresses) -> Verdict:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    if (address, port) in allowed.pairs or (mapped is not None and (mapped, port) in allowed.pairs):
        return ALLOWED
    verdict = judge_ip(address)
    if verdict.allowed and port not in PORTS:
        return Verdict(False, "forbidden_port", str(port))
    return verdict
