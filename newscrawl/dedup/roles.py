"""The role of a copy: whose story it is, and which copy stands for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from newscrawl.dedup.stories import Story


class Role(StrEnum):
    """Whose story a copy is (column ``source_kind``)."""

    OWN = "own"
    PARTNER = "partner"
    AGENCY = "agency"
    PRESS_RELEASE = "press_release"


# Which role stands nearest to the origin; a copy of unknown role says nothing against it.
_RANK: dict[str | None, int] = {
    Role.OWN: 0,
    None: 1,
    Role.PRESS_RELEASE: 2,
    Role.AGENCY: 2,
    Role.PARTNER: 3,
}


def primary(copies: Sequence[tuple[int, Story]]) -> int:
    """The position of the copy that stands for its story; `copies` in order of time.

    The originating paper's own copy before all, else the earliest; a partner's copy only if there
    is nothing else.
    """
    return min(copies, key=lambda c: (_RANK.get(c[1].role, 1), c[0]))[0]
