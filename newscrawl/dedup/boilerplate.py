"""Passages that recur over a site's articles and are no evidence that two of them are one story.

A passage is what stands between line ends, brackets and sentence ends. It is boilerplate when it
stands in at least three articles of a site that have nothing else in common with one another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence

import numpy as np

from newscrawl.dedup.forms import Mask
from newscrawl.text import matching

RECURRENCES = 3  # articles with nothing else in common
SHORTEST = 8  # characters of the matching form

_ENDS = re.compile(
    r"[\n()\[\]\u3002\uff01\uff1f\uff61!?\u0964\u0965\u17d4\u104b\u06d4\u061f\u2026]+|\.(?=\s|\Z)"
)


def passages(text: str) -> list[str]:
    """The passages of a text in their matching form; joined they are the text's matching form."""
    return [form for form in map(matching, _ENDS.split(text)) if form]


def recurring(articles: Iterable[tuple[str, str, Sequence[str]]]) -> dict[str, set[str]]:
    """The boilerplate passages of each site, from (site, article key, passages) of many articles.

    Articles with the same key (versions of one article) count once. The context of a passage is
    the rarest other passage of its article: copies of one story have it in common, so that a story
    printed three times is not taken for boilerplate.
    """
    sites: dict[str, dict[str, list[str]]] = {}
    for site, key, parts in articles:
        own = sites.setdefault(site, {}).setdefault(key, [])
        own += parts
    found: dict[str, set[str]] = {}
    for site, keyed in sites.items():
        if len(keyed) < RECURRENCES:
            continue
        counts = Counter(part for parts in keyed.values() for part in set(parts))
        contexts: dict[str, set[str]] = {}
        for parts in keyed.values():
            ranked = sorted(set(parts), key=lambda part: (counts[part], -len(part), part))[:2]
            for part in set(parts):
                if counts[part] >= RECURRENCES and len(part) >= SHORTEST:
                    context = next((other for other in ranked if other != part), "")
                    known = contexts.setdefault(part, set())
                    if len(known) < RECURRENCES:
                        known.add(context)
        learned = {part for part, known in contexts.items() if len(known) >= RECURRENCES}
        if learned:
            found[site] = learned
    return found


def boilerplate_mask(parts: Sequence[str], known: Container[str]) -> Mask | None:
    """For each character of the text's matching form whether it is boilerplate; None if none is."""
    flags = [part in known for part in parts]
    if not any(flags):
        return None
    return np.repeat(np.array(flags, dtype=np.bool_), [len(part) for part in parts])
