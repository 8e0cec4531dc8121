"""Addresses of pages that are numbered or dated.

``{page}`` in a template is a number; ``{yyyy}``, ``{mm}``, ``{dd}`` (two digits), ``{m}``, ``{d}``
(without leading zero) and ``{yy}`` are parts of a local day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from newscrawl.site import Listing

_DATED = re.compile(r"\{(?:yyyy|yy|mm|dd|m|d)\}")
_PARTS = {
    "{yyyy}": r"(?P<yyyy>[12][0-9]{3})",
    "{yy}": r"[0-9]{2}",
    "{mm}": r"[01][0-9]",
    "{dd}": r"[0-3][0-9]",
    "{m}": r"[0-9]{1,2}",
    "{d}": r"[0-9]{1,2}",
}


def page_url(listing: Listing, number: int) -> str:
    """The address of page ``number`` (counted as the site counts, from ``first_page``)."""
    if number == listing.first_page and listing.first_url:
        return listing.first_url
    return listing.url.replace("{page}", str(number))


def page_number(listing: Listing, url: str) -> int | None:
    """Which page of the listing a URL is; None if it is none of its pages."""
    if listing.first_url and url.rstrip("/") == listing.first_url.rstrip("/"):
        return listing.first_page
    if "{page}" not in listing.url:
        return listing.first_page if url == listing.url else None
    pattern = re.escape(listing.url).replace(re.escape("{page}"), "([0-9]{1,6})", 1)
    pattern = pattern.replace(re.escape("{page}"), "[0-9]{1,6}")
    for name, part in _PARTS.items():
        pattern = pattern.replace(re.escape(name), part.replace("?P<yyyy>", "?:"))
    found = re.fullmatch(pattern, url) or re.fullmatch(pattern.rstrip("/"), url.rstrip("/"))
    return int(found[1]) if found else None


def following_page(listing: Listing, url: str, page: int | None = None) -> str | None:
    """The page after ``url``; None after ``max_pages`` or if ``url`` is none of its pages.

    ``page`` is its number where the address does not tell (after a redirect).
    """
    number = page_number(listing, url)
    number = page if number is None else number
    if number is None or number + 1 - listing.first_page >= listing.max_pages:
        return None
    if _DATED.search(listing.url):
        # The day stays; only the number changes.
        tail = listing.url.partition("{page}")[2]
        old = url.removesuffix(tail)
        digits = len(old) - len(old.rstrip("0123456789"))
        return old[: len(old) - digits] + str(number + 1) + tail if digits else None
    return page_url(listing, number + 1)


def is_dated(template: str) -> bool:
    """Does a template hold a part of a day."""
    return bool(_DATED.search(template))


def dated_url(template: str, day: date) -> str:
    """The archive page of one day; ``{page}`` is left for `page_url`."""
    values = {
        "{yyyy}": f"{day.year:04d}",
        "{yy}": f"{day.year % 100:02d}",
        "{mm}": f"{day.month:02d}",
        "{dd}": f"{day.day:02d}",
        "{m}": str(day.month),
        "{d}": str(day.day),
    }
    return _DATED.sub(lambda found: values[found[0]], template)


def archive_urls(template: str, since: date, until: date) -> Iterator[tuple[date, str]]:
    """(first day covered, address) of each archive page of the days in the window, newest first.

    A template without a day gives one address a month, one without a month one a year.
    """
    seen: str | None = None
    day = until
    while day >= since:
        address = dated_url(template, day)
        if address != seen:
            seen = address
            yield _first_day(template, day), address
        if day == date.min:
            return
        day -= timedelta(days=1)


def _first_day(template: str, day: date) -> date:
    if "{dd}" in template or "{d}" in template:
        return day
    return day.replace(day=1) if "{mm}" in template or "{m}" in template else date(day.year, 1, 1)
