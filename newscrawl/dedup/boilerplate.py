"""Passages that recur over a site's articles and are no evidence that two of them are one story.

A passage is boilerplate when it stands in at least three articles of a site that have little else
in common with one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from newscrawl.dedup.fingerprints import MOST_CHARS
from newscrawl.dedup.forms import Codes, Mask, passage_codes

RECURRENCES = 3  # articles with little else in common
SHORTEST = 8  # characters of the matching form


@dataclass(frozen=True, slots=True)
class Passages:
    """The matching form of a text, cut into passages; each passage is known by its bytes."""

    codes: Codes
    keys: list[bytes]

    def mask(self, known: Container[bytes]) -> Mask | None:
        """For each character whether it is boilerplate; None if none is."""
        flags = [key in known for key in self.keys]
        if not any(flags):
            return None
        return np.repeat(np.array(flags), [len(key) // 4 for key in self.keys])


def passages(text: str) -> Passages:
    """The passages of the part of a text that is looked at."""
    codes, bounds = passage_codes(text[: 2 * MOST_CHARS])
    codes = codes[:MOST_CHARS]
    return Passages(codes, [codes[a:b].tobytes() for a, b in pairwise(bounds) if a < len(codes)])


def is_passage(key: bytes) -> bool:
    """Whether a passage is long enough to be told from chance."""
    return len(key) >= 4 * SHORTEST


def recurring(articles: Iterable[tuple[str, str, Sequence[bytes]]]) -> dict[str, set[bytes]]:
    """The boilerplate passages of each site, from (site, article key, passages) of many articles.

    Articles with the same key (versions of one article) count once. The context of a passage is
    the rarest other passage of its article: copies of one story have it in common, so that a story
    printed three times is not taken for boilerplate.
    """
    sites: dict[str, dict[str, set[bytes]]] = {}
    for site, key, parts in articles:
        sites.setdefault(site, {}).setdefault(key, set()).update(parts)
    found: dict[str, set[bytes]] = {}
    for site, keyed in sites.items():
        if len(keyed) < RECURRENCES:
            continue
        counts = Counter(part for own in keyed.values() for part in own)
        contexts: dict[bytes, set[bytes]] = {}
        for own in keyed.values():
            often = [part for part in own if counts[part] >= RECURRENCES and is_passage(part)]
            if not often:
                continue
            ranked = sorted(own, key=lambda part: (counts[part], -len(part), part))[:2]
            for part in often:
                known = contexts.setdefault(part, set())
                if len(known) < RECURRENCES:
                    known.add(next((other for other in ranked if other != part), b""))
        learned = {part for part, known in contexts.items() if len(known) >= RECURRENCES}
        if learned:
            found[site] = learned
    return found
