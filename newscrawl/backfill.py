"""Backfill: the pages of a site's dated archives for a window, newest first, each once.

What was read whole and can change no more is not asked for again, so a backfill that was stopped
goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from newscrawl.dataset import Output
from newscrawl.discovery import archive_urls, page_url
from newscrawl.site import Listing, Site

# A day's archive page is final once the day is over in every edition's time zone and then some.
_SETTLED = timedelta(days=2)
_A_MONTH = timedelta(days=32)


def within_window(
    listing: Listing, site: Site, since: datetime, until: datetime | None, most_pages: int
) -> Listing:
    """A listing asked for a window: as many pages as it takes, and only its days where it can.

    The WordPress API filters by the site's own clock.
    """
    url = listing.url
    if listing.kind == "wordpress":
        zone = ZoneInfo(site.timezone)
        for name, at in (("after", since), ("before", until)):
            if at is not None:
                moment = at.astimezone(zone).replace(tzinfo=None).isoformat(timespec="seconds")
                url += f"&{name}={moment}"
    return replace(listing, url=url, max_pages=max(listing.max_pages, most_pages))


def archive_listings(
    site: Site, since: datetime, until: datetime, output: Output
) -> Iterator[tuple[str, Listing]]:
    """(first page, listing) of each archive page of the window that is not known to be read.

    ``since`` and ``until`` are aware; days are those of the site's clock. The window's last month
    or year page covers days beyond it, which the window of the run then leaves out.
    """
    zone = ZoneInfo(site.timezone)
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    for archive in site.archives:
        covered = _SETTLED if "{dd}" in archive.url or "{d}" in archive.url else _A_MONTH
        for day, template in archive_urls(archive.url, first, last):
            listing = replace(archive, url=template, first_url=None)
            url = page_url(listing, listing.first_page)
            known = output.source(url)
            read = known.good_at if known is not None else None
            over = datetime(day.year, day.month, day.day, tzinfo=zone) + covered
            if read is None or read < over:
                yield url, listing
