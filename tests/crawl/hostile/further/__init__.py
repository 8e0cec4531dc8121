"""More hostile sites: neighbours of the cases in `hostile.cases`, each with its expectations."""

from __future__ import annotations

from hostile.further.framing import framing
from hostile.further.packing import pace, packing
from hostile.further.pages import addresses, content
from hostile.further.places import elsewhere, places
from hostile.further.robots_files import robots
from hostile.further.sources import feeds, sitemaps
from hostile.further.spec import Specified

__all__ = ["Specified", "elsewhere", "further_cases"]


def further_cases(canary_port: int) -> list[Specified]:
    """All further cases; ``canary_port`` is that of the internal service nobody may contact."""
    return [
        *framing(),
        *packing(),
        *pace(),
        *places(canary_port),
        *robots(),
        *feeds(canary_port),
        *sitemaps(canary_port),
        *content(),
        *addresses(),
    ]
