"""Passages that recur over a site's articles and are no evidence that two of them are one story.

A passage is boilerplate when it stands in at least three articles of a site that have little else
in common with one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from newscrawl.dedup.fingerprints import MOST_CHARS
from newscrawl.dedup.forms import Codes, Mask, passage_codes

RECURRENCES = 3  # articles with little else in common
SHORTEST = 8  # characters of the matching form


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage by its hash (64 bits, signed) and its length in characters."""

    mark: int
    chars: int

    @property
    def tells(self) -> bool:
        """Whether it is long enough to be told from chance."""
        return self.chars >= SHORTEST


def passages(text: str) -> tuple[Codes, list[Passage]]:
    """The matching form of the part of a text that is looked at, and its passages in order."""
    codes, bounds = passage_codes(text[: 2 * MOST_CHARS])
    codes = codes[:MOST_CHARS]
    data = codes.tobytes()
    parts = []
    for begin, end in pairwise(bounds):
        part = data[4 * begin : 4 * end]
        if part:
            mark = int.from_bytes(blake2b(part, digest_size=8).digest(), "big", signed=True)
            parts.append(Passage(mark, len(part) // 4))
    return codes, parts


def boilerplate_mask(parts: Sequence[Passage], known: Container[int]) -> Mask | None:
    """For each character whether it is boilerplate; None if none is.

    `known` are marks of passages.
    """
    flags = [part.mark in known for part in parts]
    if not any(flags):
        return None
    return np.repeat(np.array(flags), [part.chars for part in parts])


def recurring(
    articles: Iterable[tuple[str, str, Sequence[Passage]]],
) -> dict[str, set[int]]:
    """The marks of each site's boilerplate, from (site, article key, passages) of many articles.

    Articles with the same key (versions of one article) count once. The context of a passage is
    the rarest other passage of its article: copies of one story have it in common, so that a story
    printed three times is not taken for boilerplate.
    """
    sites: dict[str, dict[str, dict[int, int]]] = {}
    for site, key, parts in articles:
        own = sites.setdefault(site, {}).setdefault(key, {})
        own.update((part.mark, part.chars) for part in parts)
    found: dict[str, set[int]] = {}
    for site, keyed in sites.items():
        if len(keyed) < RECURRENCES:
            continue
        counts = Counter(mark for own in keyed.values() for mark in own)
        contexts: dict[int, set[int]] = {}
        for own in keyed.values():
            often = [
                m for m, chars in own.items() if counts[m] >= RECURRENCES and chars >= SHORTEST
            ]
            if not often:
                continue
            ranked = sorted(own, key=lambda mark: (counts[mark], -own[mark], mark))[:2]
            for mark in often:
                known = contexts.setdefault(mark, set())
                if len(known) < RECURRENCES:
                    known.add(next((other for other in ranked if other != mark), 0))
        learned = {mark for mark, known in contexts.items() if len(known) >= RECURRENCES}
        if learned:
            found[site] = learned
    return found
