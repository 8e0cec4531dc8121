"""Absolute addresses from what a source wrote."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

MAX_URL = 4096
"""Characters of a URL that is kept. The sitemap protocol says 2,048, but percent-encoded slugs in
Thai, Khmer or Bengali go beyond it on real sites."""

_DROPPED = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\ufeff]+")
_SPACES = re.compile("[ \u00a0\u3000]+")
_PLAIN = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?/[!-\"$-;=?-\[\]-~]*", re.ASCII)


def absolute_url(raw: str | None, base: str) -> str | None:
    """The http or https URL that ``raw`` means on a page at ``base``; None if it means none.

    White space, control characters and the fragment are dropped (as browsers do, WHATWG URL 4.4);
    the characters of an international address stay as written.
    """
    if not raw or len(raw) > 4 * MAX_URL:
        return None
    if len(raw) <= MAX_URL and _PLAIN.fullmatch(raw) and "[" not in raw:
        return raw
    url = _DROPPED.sub("", raw.strip()).strip(" \u00a0\u3000")
    if not url:
        return None
    try:
        if not url[:8].lower().startswith(("http://", "https://")):
            url = urljoin(base, url)
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or not host.strip("."):
        return None
    url = _SPACES.sub("%20", url.partition("#")[0])
    if len(url) > MAX_URL:
        return None
    return url


def host_of(url: str) -> str:
    """The host name in lower case without ``www.``; empty if there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def in_domains(url: str, domains: tuple[str, ...]) -> bool:
    """Is the URL's host one of the domains or below one of them."""
    host = host_of(url)
    for domain in domains:
        bare = domain.lower().removeprefix("www.")
        if host == bare or host.endswith("." + bare):
            return True
    return False
