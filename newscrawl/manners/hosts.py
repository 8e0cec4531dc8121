"""The host of a URL as browsers read it (WHATWG URL, sections 3.5, 4.4).

A gate that reads a URL otherwise than the client behind it can be talked past. So the strictest
reading is taken, and a URL that another common reading (`urllib.parse`) understands differently is
not taken at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import unquote_to_bytes, urlsplit

import idna

from newscrawl.manners.addresses import parse_ipv4, parse_ipv6

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_FORBIDDEN = re.compile('[\x00-\x20"#%/:<>?@\\[\\\\\\]^`{|}\x7f]')
_NUMERIC = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*", re.ASCII)
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Authority:
    """Where a URL leads. ``host`` is ASCII, in lower case, without a final dot and brackets;
    ``address`` is set if the host is a literal one.
    """

    scheme: str
    host: str
    port: int
    address: IPv4Address | IPv6Address | None = None


class BadUrl(ValueError):  # noqa: N818 (a value, not a bug)
    """The URL means nothing, or not the same to everyone; the text is a stable reason."""


def authority_of(url: str) -> Authority:
    """The authority of an http or https URL.

    Raises `BadUrl`: ``forbidden_scheme``, ``userinfo`` (names and passwords serve deception only
    here), ``bad_host``, ``bad_port``, ``ambiguous`` (readings differ).
    """
    if len(url) > 65_536:
        raise BadUrl("too_long")
    cleaned = url.strip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None})
    found = _SCHEME.match(cleaned)
    if found is None or found[1].lower() not in DEFAULT_PORTS:
        raise BadUrl("forbidden_scheme")
    scheme = found[1].lower()
    rest = cleaned[found.end() :].lstrip("/\\")
    raw = re.split(r"[/\\?#]", rest, maxsplit=1)[0]
    if "@" in raw:
        raise BadUrl("userinfo")
    host, port = _split_port(raw, scheme)
    name, address = parse_host(host)
    if _other_reading(cleaned) != (scheme, name, port):
        raise BadUrl("ambiguous")
    return Authority(scheme, name, port, address)


def _split_port(raw: str, scheme: str) -> tuple[str, int]:
    if raw.startswith("["):
        host, bracket, rest = raw.partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise BadUrl("bad_host")
        host, port = host + "]", rest[1:]
    else:
        host, _, port = raw.partition(":")
    if not port:
        return host, DEFAULT_PORTS[scheme]
    digits = port.lstrip("0") or "0"
    if not (port.isascii() and port.isdecimal()) or len(digits) > 5 or int(digits) > 65_535:
        raise BadUrl("bad_port")
    return host, int(digits)


def parse_host(raw: str) -> tuple[str, IPv4Address | IPv6Address | None]:
    """(ASCII host, address if it is a literal one); raises `BadUrl` (``bad_host``)."""
    if raw.startswith("["):
        literal = parse_ipv6(raw[1:-1]) if raw.endswith("]") else None
        if literal is None:
            raise BadUrl("bad_host")
        return literal.compressed, literal
    try:
        decoded = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeError:  # lone surrogates cannot be encoded, other bytes not decoded
        raise BadUrl("bad_host") from None
    name = _to_ascii(decoded)
    if not name or _FORBIDDEN.search(name):
        raise BadUrl("bad_host")
    last = name.removesuffix(".").rpartition(".")[2]
    if _NUMERIC.fullmatch(last):
        address = parse_ipv4(name)
        if address is None:
            raise BadUrl("bad_host")
        return str(address), address
    name = name.removesuffix(".")
    if not name or ".." in name or name[0] == "." or name[-1] == "." or len(name) > 253:
        raise BadUrl("bad_host")
    if any(len(label) > 63 for label in name.split(".")):
        raise BadUrl("bad_host")
    return name, None


def _to_ascii(host: str) -> str:
    """UTS 46 to ASCII, non-transitional, as browsers do it."""
    if host.isascii() and "xn--" not in host.lower():
        return host.lower()
    try:
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
        return ".".join(_label(label) for label in mapped.split("."))
    except (idna.IDNAError, UnicodeError, IndexError, ValueError):
        raise BadUrl("bad_host") from None


def _label(label: str) -> str:
    if not label.isascii():
        return idna.alabel(label).decode("ascii")
    if label.startswith("xn--"):
        idna.ulabel(label)  # raises for what no registry could have made
    return label


def _other_reading(url: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.netloc.rpartition("@")[2]
        host = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
        default = DEFAULT_PORTS.get(parts.scheme, 0)
        return parts.scheme, parse_host(host)[0], default if port is None else port
    except ValueError:
        return None
