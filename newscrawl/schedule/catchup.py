"""How far back a site is read when nobody says ``--since``: after an outage, to before it."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST = timedelta(days=7)  # of a site never crawled before: archives are asked for on purpose
_SLACK = timedelta(days=2)  # publishers date entries late, and in zones of their own
_FARTHEST = timedelta(days=60)
_MISSED = timedelta(days=1)  # what a feed or first page holds of most papers


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


def missed_since(last_good: datetime | None, at: datetime) -> datetime | None:
    """Since when dated archives are walked, too: since the last good run if it was long ago.

    None where runs were not missed for more than a day, or nothing is known of the site: archives
    of before its first run are asked for on purpose.
    """
    if last_good is None or not at - last_good > _MISSED:
        return None
    return max(last_good, at - _FARTHEST)
