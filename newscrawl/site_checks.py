"""What the types of a `Site` record cannot say: zones, expressions, selectors, addresses."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import fields
from difflib import get_close_matches
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from newscrawl.site import Layout, Listing, Site

_PSEUDO = re.compile(r"::(?:text|attr\([^()]+\))$")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"\{(?:yyyy|yy|mm|dd|m|d)\}")
_UNDATED = "a list of a day or month belongs to archives"
_EMPTY = LexborHTMLParser("")
_URL_EXPECTED = "expected a URL with http:// or https://"


def check_site(site: Site) -> Iterator[tuple[str, str]]:
    """Everything that is wrong with a record: (key, reason) pairs, none for a sound one."""
    yield from _check_identity(site)
    yield from _check_addresses(site)
    yield from _check_patterns(site)
    for key, selector in selectors_of(site):
        try:
            _EMPTY.css(_PSEUDO.sub("", selector))
        except SelectolaxError:
            yield key, f"{selector!r} is no CSS selector that the parser knows"
    if site.delay is not None and not 0 <= site.delay <= 3600:
        yield "delay", f"{site.delay}: expected seconds from 0 to 3600"
    named = site.feeds or site.news_sitemaps or site.sitemaps or site.listings or site.archives
    if not (site.discover or named):
        yield "discover", "no feed, sitemap or listing is named: expected one, or discover = true"


def selectors_of(site: Site) -> Iterator[tuple[str, str]]:
    """All CSS selectors of a record with their keys (``layouts[1].body[2]``)."""
    for number, layout in enumerate(site.layouts, 1):
        for field in fields(Layout):
            if field.name != "until":
                for place, selector in enumerate(getattr(layout, field.name), 1):
                    yield f"layouts[{number}].{field.name}[{place}]", selector
    for where, listing in _lists(site):
        if listing.kind == "html":
            for key in ("item", "link", "title", "published", "section"):
                if selector := getattr(listing, key):
                    yield f"{where}.{key}", selector


def near_name(word: str, known: Iterable[str]) -> str:
    """A hint such as ``(did you mean 'feeds'?)`` after a space, or an empty string."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _lists(site: Site) -> Iterator[tuple[str, Listing]]:
    for number, listing in enumerate(site.listings, 1):
        yield f"listings[{number}]", listing
    for number, listing in enumerate(site.archives, 1):
        yield f"archives[{number}]", listing


def _check_identity(site: Site) -> Iterator[tuple[str, str]]:
    if not re.fullmatch(r"[a-z0-9_]+", site.name):
        yield "name", f"{site.name!r}: expected lower-case ASCII letters, digits and _"
    if not re.fullmatch(r"[A-Z]{2}", site.country):
        yield "country", f"{site.country!r}: expected an ISO 3166 code such as KH"
    if not site.languages:
        yield "languages", "expected at least one BCP 47 tag such as km"
    for tag in site.languages:
        if not _TAG.fullmatch(tag):
            yield "languages", f"{tag!r}: expected a BCP 47 tag such as zh-Hant"
    try:
        ZoneInfo(site.timezone)
    except (KeyError, ValueError, OSError):
        near = near_name(site.timezone, sorted(available_timezones()))
        expected = "expected an IANA zone such as Asia/Phnom_Penh"
        yield "timezone", f"{site.timezone!r}: {expected}{near}"


def _check_addresses(site: Site) -> Iterator[tuple[str, str]]:
    if not site.domains:
        yield "domains", "expected at least one host name such as example.com"
    for host in site.domains:
        if not _HOST.fullmatch(host):
            yield "domains", f"{host!r}: expected a host name such as example.com"
    if not _is_url(site.home):
        yield "home", f"{site.home!r}: {_URL_EXPECTED}"
    for key in ("feeds", "news_sitemaps", "sitemaps"):
        for number, url in enumerate(getattr(site, key), 1):
            if not _is_url(url):
                yield f"{key}[{number}]", f"{url!r}: {_URL_EXPECTED}"
    for where, listing in _lists(site):
        for key in ("url", "first_url"):
            url = getattr(listing, key)
            if url is not None and not _is_url(url):
                yield f"{where}.{key}", f"{url!r}: {_URL_EXPECTED}"
        if listing.max_pages < 1:
            yield f"{where}.max_pages", f"{listing.max_pages}: expected 1 or more"
        elif listing.max_pages > 1 and "{page}" not in listing.url:
            yield f"{where}.url", "expected {page} in it, or max_pages = 1"
        if listing.kind == "json" and not listing.link:
            yield f"{where}.link", "expected the path of the link in an item"
        if where.startswith("archives") != bool(_DAY.search(listing.url)):
            expected = "expected {yyyy} and perhaps {mm}, {dd} in it"
            yield f"{where}.url", expected if where.startswith("archives") else _UNDATED


def _check_patterns(site: Site) -> Iterator[tuple[str, str]]:
    patterns = [(key, getattr(site, key)) for key in ("article", "not_article", "publisher_id")]
    patterns += [(f"credits[{number}]", x) for number, x in enumerate(site.credits, 1)]
    for key, pattern in patterns:
        if pattern is None:
            continue
        try:
            with warnings.catch_warnings():
                # what a later Python will read otherwise, such as "[" within a set
                warnings.simplefilter("error", FutureWarning)
                groups = re.compile(pattern).groups
        except FutureWarning as error:
            yield key, f"{pattern!r} may be read in two ways: {error}"
        except (re.error, OverflowError, RecursionError) as error:
            yield key, f"{pattern!r} is no regular expression: {error}"
        else:
            if key == "publisher_id" and not groups:
                yield key, f"{pattern!r}: expected a group around the id"


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in url
