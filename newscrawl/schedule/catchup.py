"""How far back sitemaps are read when nobody says ``--since``."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST = timedelta(days=7)  # of a site never crawled before: archives are asked for on purpose
_SLACK = timedelta(days=2)  # publishers date entries late, and in zones of their own
_FARTHEST = timedelta(days=60)


def window_start(last_good: datetime | None, first_run: datetime | None, at: datetime) -> datetime:
    """The earliest change that may have been missed.

    Since the site's last good run, with some slack; since a week before its first where none was
    good; a week for a new site. Times in the future of ``at`` are of a clock that was wrong.
    """
    if last_good is not None and last_good <= at:
        start = last_good - _SLACK
    elif first_run is not None and first_run <= at:
        start = first_run - FIRST
    else:
        start = at - FIRST
    return max(start, at - _FARTHEST)
