"""The records of dedup: a `Story` goes in, an `Assignment` comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from newscrawl.text import one_line


class DuplicateKind(StrEnum):
    """How a copy relates to the text it matched (column ``duplicate_kind``)."""

    SAME_URL_VERSION = "same_url_version"  # another version of the same article
    EXACT = "exact"  # the same text
    SYNDICATED = "syndicated"  # the same story, edited
    CONTAINED = "contained"  # the matched story stands inside this longer one
    BRIEF = "brief"  # a part of the matched story


@dataclass(frozen=True, slots=True)
class Story:
    """One version of an article as dedup sees it.

    ``url`` is the canonical URL; ``published_at`` is aware UTC, or None if unknown. ``role`` is the
    `newscrawl.dedup.Role` value of the copy where known, ``credit`` the registry name of the site
    that the page credits: by these the originating copy is found.
    """

    version_id: str
    article_id: str
    url: str
    site: str
    title: str
    text: str
    lang: str | None = None
    published_at: datetime | None = None
    role: str | None = None
    credit: str | None = None
    content_hash: str = ""  # computed where empty
    # of the text, if a worker has computed them already: prints, and title and text as kept
    prints: npt.NDArray[np.uint64] | None = field(default=None, compare=False, repr=False)
    packed: bytes | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where a version belongs.

    ``duplicate_of`` is the version it matched best, ``overlap`` the share of the shorter text that
    stands in the other; all three are None for a story of its own.
    """

    version_id: str
    cluster_id: str  # version_id of the first version of the story
    is_primary: bool
    kind: DuplicateKind | None = None
    duplicate_of: str | None = None
    overlap: float | None = None


def same_title(one: str, other: str) -> bool:
    """Whether two headlines read the same; an empty one is like no other."""
    first, second = one_line(one).casefold(), one_line(other).casefold()
    return bool(first) and first == second
