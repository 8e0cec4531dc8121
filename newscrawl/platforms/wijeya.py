"""Wijeya Newspapers (Sri Lanka): its sites share their section pages and their dates."""

from __future__ import annotations

from newscrawl.site import Listing

PUBLISHED = ("meta[itemprop=datePublished]::attr(content)",)  # the clock of the site, no offset


def section(url: str, *, item: str) -> Listing:
    """The newest stories of a section; further pages are not known."""
    return Listing(url=url, item=item, link="a", max_pages=1)
