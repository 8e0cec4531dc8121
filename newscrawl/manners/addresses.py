"""Which IP addresses a crawler may contact: those of the public internet only.

The networks are written out here (IANA special-purpose registries for IPv4 and IPv6, RFC 6890 and
its successors) instead of asking ``ipaddress``: its ``is_global`` differs between Python versions
and lets several kinds of address through. IPv6 addresses that carry an IPv4 address are judged by
what they carry.
"""

from __future__ import annotations

from ipaddress import (
    AddressValueError,
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
)

from newscrawl.manners.verdict import ALLOWED, Verdict

_V4 = tuple(
    (IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared (carrier-grade NAT)"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "cloud metadata"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # everything else in IPv6 is special or unassigned
_V6 = tuple(
    (IPv6Network(network), what)
    for network, what in (
        ("2001::/32", "Teredo"),
        ("2001::/23", "protocol assignments"),  # benchmarking, ORCHID, AMT, AS112 and others
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3ffe::/16", "6bone"),
        ("3fff::/20", "documentation"),
    )
)
# For the message only: what lies outside global unicast.
_V6_NAMES = tuple(
    (IPv6Network(network), what)
    for network, what in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("64:ff9b:1::/48", "local NAT64"),
        ("100::/64", "discard-only"),
        ("5f00::/16", "segment routing"),
        ("fc00::/7", "unique local"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: the interface id's upper half


def parse_ipv4(text: str) -> IPv4Address | None:
    """An IPv4 address as ``inet_aton`` and WHATWG URL (3.5) read it; None if it is none.

    One to four parts, each decimal, octal (leading 0) or hexadecimal (leading 0x); the last part
    fills the rest; one dot may end it.
    """
    if not text or len(text) > 260 or not text.isascii():
        return None
    parts = text.removesuffix(".").split(".")
    if len(parts) > 4:
        return None
    numbers: list[int] = []
    for part in parts:
        number = _number(part)
        if number is None:
            return None
        numbers.append(number)
    *upper, last = numbers
    if any(number > 255 for number in upper) or last >= 256 ** (5 - len(numbers)):
        return None
    value = last
    for position, number in enumerate(upper):
        value += number << (8 * (3 - position))
    return IPv4Address(value)


def _number(part: str) -> int | None:
    try:
        if part[:2].lower() == "0x":
            return int(part[2:], 16) if _only(part[2:], "0123456789abcdefABCDEF") else None
        if len(part) > 1 and part[0] == "0":
            return int(part, 8) if _only(part, "01234567") else None
        return int(part) if part and _only(part, "0123456789") else None
    except ValueError:
        return 0 if part[:2].lower() == "0x" and len(part) == 2 else None


def _only(text: str, characters: str) -> bool:
    return all(ch in characters for ch in text)


def parse_ipv6(text: str) -> IPv6Address | None:
    """An IPv6 address without brackets; None for none, and for one with a zone (``%eth0``)."""
    if "%" in text or len(text) > 45:
        return None
    try:
        return IPv6Address(text)
    except (AddressValueError, ValueError):
        return None


def special_use(address: IPv4Address | IPv6Address) -> str | None:
    """What an address is reserved for; None for one of the public internet."""
    if isinstance(address, IPv4Address):
        return next((what for network, what in _V4 if address in network), None)
    carried = address.ipv4_mapped
    if carried is None and address in _NAT64:
        carried = IPv4Address(int(address) & 0xFFFFFFFF)
    if carried is not None:
        return special_use(carried)
    if address not in _GLOBAL_UNICAST:
        named = next((what for network, what in _V6_NAMES if address in network), None)
        if named is None and address in _COMPATIBLE:
            return "IPv4-compatible"
        return named or "not global unicast"
    if found := next((what for network, what in _V6 if address in network), None):
        return found
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return special_use(IPv4Address(int(address) & 0xFFFFFFFF))
    return None


def judge_ip(address: IPv4Address | IPv6Address) -> Verdict:
    """Allowed if public; else reason ``forbidden_address``."""
    what = special_use(address)
    return ALLOWED if what is None else Verdict(False, "forbidden_address", f"{address} ({what})")
