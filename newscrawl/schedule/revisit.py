"""The revisit plan: a published article is looked at again a few times, then left alone.

Most corrections come within hours of publication; a week later only a changed ``lastmod`` or feed
date is a reason to ask again. How often each look finds a change is learned for each site, apart
for articles that have changed before; a look that practically never finds one is made at one
article in ten only, which keeps the learning going.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from newscrawl.schedule.memory import Odds, SiteMemory

LOOKS = {
    "1h": timedelta(hours=1),
    "6h": timedelta(hours=6),
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
}
CHECKPOINTS = tuple(LOOKS.values())
FARTHEST = timedelta(days=8)  # no plan reaches further: a later time is of a clock that was wrong
STALE = timedelta(days=14)  # a look so long overdue is let go
_WORTH = 0.03  # requests are worth it up to some thirty for a change found
_PRIOR = Odds(1.0, 9.0)
_MEMORY = 0.99
_ONE_IN = 10
_FEWEST = 30


@dataclass(frozen=True, slots=True)
class RevisitPlan:
    """Which looks are worth it at a site: ``rare`` ones are made at one article in ten."""

    rare: frozenset[str] = frozenset()

    @classmethod
    def of(cls, memory: SiteMemory) -> RevisitPlan:
        """The plan that a site has taught."""
        names = (_name(look, again) for look in LOOKS for again in (False, True))
        return cls(frozenset(name for name in names if rate(memory, name) < _WORTH))

    def next_look(
        self, born: datetime, fetched_at: datetime, *, url: str = "", again: bool = False
    ) -> datetime | None:
        """When an article is due again, or None if only new evidence is a reason to ask.

        ``born`` is the publication instant, or when the URL was first found if that is unknown or
        lies in the future; ``fetched_at`` when it was last fetched. Both aware. ``again`` says that
        the article has changed before.
        """
        born = min(born, fetched_at)
        for look, after in LOOKS.items():
            if born + after > fetched_at:
                name = _name(look, again)
                if name not in self.rare or _is_sample(url, look):
                    return born + after
        return None


EVERY_LOOK = RevisitPlan()


def next_look(born: datetime, fetched_at: datetime) -> datetime | None:
    """When an article is due again at a site of which nothing is known (`RevisitPlan`)."""
    return EVERY_LOOK.next_look(born, fetched_at)


def look_made(
    born: datetime, fetched_at: datetime, at: datetime, *, again: bool = False
) -> str | None:
    """The name of the planned look that is made at ``at``; None if it comes early or too late.

    A look so late that the next one is due tells nothing of either.
    """
    born = min(born, fetched_at)
    planned = [look for look, after in LOOKS.items() if fetched_at < born + after <= at]
    return _name(planned[0], again) if len(planned) == 1 else None


def note_look(memory: SiteMemory, name: str, *, changed: bool) -> None:
    """Learn whether a planned look found a change."""
    memory.note(name, changed, memory=_MEMORY)


def rate(memory: SiteMemory, name: str | None) -> float:
    """How often a look finds a change, 0 to 1; half the worth of one where there is no plan."""
    return _WORTH / 2 if name is None else memory.odds(name).share(_PRIOR)


def is_look_due(next_due: datetime | None, at: datetime) -> bool:
    """Whether a planned look's time has come.

    A time beyond any plan was written by a clock that was wrong, and counts as come.
    """
    return next_due is not None and (next_due <= at or next_due > at + FARTHEST)


def most_revisits(requests: int) -> int:
    """How many revisits a run may make of a site that has been sent ``requests`` otherwise.

    At most half of what is asked, so that they never stand in the way of what is new.
    """
    return max(_FEWEST, requests)


def next_try(at: datetime, failures: int) -> datetime:
    """When a page that was refused for good (404, no article) may be asked for again.

    ``failures`` counts refusals in a row, this one included: 6 h, 12 h, ... up to a week.
    """
    doublings = max(0, min(failures - 1, 8))
    return at + min(timedelta(hours=6 << doublings), timedelta(days=7))


def _name(look: str, again: bool) -> str:
    return f"changed_{look}_again" if again else f"changed_{look}"


def _is_sample(url: str, look: str) -> bool:
    digest = hashlib.sha256(f"{url}\n{look}".encode()).digest()
    return int.from_bytes(digest[:4]) % _ONE_IN == 0
