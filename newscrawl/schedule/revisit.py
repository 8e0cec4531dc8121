"""The revisit plan: a published article is looked at again a few times, then left alone.

Most corrections come within hours of publication; a week later only a changed ``lastmod`` or feed
date is a reason to ask again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

CHECKPOINTS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(days=7),
)


def next_look(born: datetime, fetched_at: datetime) -> datetime | None:
    """When an article is due again, or None if only new evidence is a reason to ask.

    ``born`` is the publication instant, or when the URL was first found if that is unknown or
    lies in the future; ``fetched_at`` when it was last fetched. Both aware.
    """
    born = min(born, fetched_at)
    for checkpoint in CHECKPOINTS:
        if born + checkpoint > fetched_at:
            return born + checkpoint
    return None


def next_try(at: datetime, failures: int) -> datetime:
    """When a page that was refused for good (404, no article) may be asked for again.

    ``failures`` counts refusals in a row, this one included: 6 h, 12 h, ... up to a week.
    """
    doublings = max(0, min(failures - 1, 8))
    return at + min(timedelta(hours=6 << doublings), timedelta(days=7))
