"""How many articles a crawl missed, from two independent sources (capture-recapture).

A feed and a sitemap that know nothing of each other are two samples of the articles of a day. With
n1 found by one, n2 by the other and m by both, Chapman's estimator (1951) of the whole is
(n1+1)(n2+1)/(m+1) - 1, with Seber's variance (1970). It is nearly unbiased where n1 + n2 is not
less than the whole; sources that copy one another make it too low, and that is said with it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, tzinfo

from newscrawl.discovery.times import parse_time
from newscrawl.items import Candidate

MIN_SHARED = 3
"""With fewer articles in common an estimate says nothing, and none is given."""


@dataclass(frozen=True, slots=True)
class RecallEstimate:
    """An estimate for one site and day (or window).

    ``found`` counts the articles in either source, ``total`` the estimate of all there were,
    ``low`` and ``high`` bound it with about 95 % (log-normal, so never
    below ``found``; too narrow on days on which almost nothing is missed), ``recall`` is
    found/total in 0..1, ``variance`` in articles squared.
    """

    first: int
    second: int
    both: int
    found: int
    total: float
    variance: float
    low: float
    high: float

    @property
    def missed(self) -> float:
        """Articles in neither source, estimated."""
        return max(0.0, self.total - self.found)

    @property
    def recall(self) -> float:
        """The share of all articles that was found."""
        return min(1.0, self.found / self.total) if self.total else 1.0


def chapman(first: int, second: int, both: int) -> tuple[float, float]:
    """(estimate of the whole, variance) for samples of two sizes with ``both`` in common.

    Raises ValueError if ``both`` is more than either size, or a number is negative.
    """
    if both < 0 or both > min(first, second):
        raise ValueError(f"{both} in common of {first} and {second}")
    total = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (
        (first + 1) * (second + 1) * (first - both) * (second - both)
        / ((both + 1) ** 2 * (both + 2))
    )  # fmt: skip
    return total, variance


def estimate(first: Set[str], second: Set[str]) -> RecallEstimate | None:
    """The estimate from two sets of article ids or URLs; None if they share too little."""
    both = len(first & second)
    if both < MIN_SHARED:
        return None
    found = len(first | second)
    total, variance = chapman(len(first), len(second), both)
    total = max(total, float(found))
    low, high = _bounds(found, total, variance)
    return RecallEstimate(len(first), len(second), both, found, total, variance, low, high)


def _bounds(found: int, total: float, variance: float) -> tuple[float, float]:
    """95 % bounds, log-normal in the number missed (Chao 1987): never below ``found``."""
    missed = total - found
    if missed <= 0 or variance <= 0:
        return total, total
    spread = math.exp(1.96 * math.sqrt(math.log(1 + variance / missed**2)))
    return found + missed / spread, found + missed * spread


def estimate_by_day(
    sightings: Iterable[tuple[str, date, str]], first: str, second: str
) -> dict[date, RecallEstimate]:
    """Estimates for each day from (article, day published, source) sightings of one site."""
    days: dict[date, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for article, day, source in sightings:
        days[day][source].add(article)
    out: dict[date, RecallEstimate] = {}
    for day in sorted(days):
        result = estimate(days[day][first], days[day][second])
        if result is not None:
            out[day] = result
    return out


def pooled(estimates: Iterable[RecallEstimate]) -> RecallEstimate | None:
    """The sum over days (stratified, which a change of coverage between days does not bias)."""
    parts = list(estimates)
    if not parts:
        return None
    found = sum(x.found for x in parts)
    total = sum(x.total for x in parts)
    variance = sum(x.variance for x in parts)
    low, high = _bounds(found, total, variance)
    return RecallEstimate(
        sum(x.first for x in parts), sum(x.second for x in parts), sum(x.both for x in parts),
        found, total, variance, low, high,
    )  # fmt: skip


def independent_pair(by_source: Mapping[str, Set[str]]) -> tuple[str, str] | None:
    """The two sources to compare: of those that share enough, the pair that covers most.

    Pairs where one holds all of the other are left out if there is any other: a sitemap made from
    the same query as the feed says nothing about what both miss.
    """
    names = sorted(by_source)
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    fit = [(a, b) for a, b in pairs if len(by_source[a] & by_source[b]) >= MIN_SHARED]
    own = [(a, b) for a, b in fit if by_source[a] - by_source[b] and by_source[b] - by_source[a]]
    return max(
        own or fit, key=lambda pair: len(by_source[pair[0]] | by_source[pair[1]]), default=None
    )


class Sightings:
    """What each kind of source of one site named, collected while a crawl goes on.

    Articles are known by a key that is the same for all sources (the canonical URL); the day is
    that of the earliest machine-readable time which any source gave, in the site's zone.
    """

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._sources: dict[str, set[str]] = defaultdict(set)
        self._days: dict[str, date] = {}

    def see(self, key: str, candidate: Candidate) -> None:
        """Note that a source (`Candidate.via`) named an article."""
        self._sources[str(candidate.via)].add(key)
        moment = parse_time(candidate.published_raw) or parse_time(candidate.modified_raw)
        if moment is not None:
            day = moment.astimezone(self._zone).date()
            self._days[key] = min(day, self._days.get(key, day))

    def pair(self) -> tuple[str, str] | None:
        """The two kinds of source that are compared, or None."""
        return independent_pair(self._sources)

    def by_day(self) -> dict[date, RecallEstimate]:
        """An estimate for each day on which the two sources share enough."""
        pair = self.pair()
        if pair is None:
            return {}
        sightings = (
            (key, day, source)
            for source in pair
            for key in self._sources[source]
            if (day := self._days.get(key)) is not None
        )
        return estimate_by_day(sightings, *pair)

    def whole(self) -> RecallEstimate | None:
        """The sum over days; without usable days one estimate over all that was named."""
        pair = self.pair()
        if pair is None:
            return None
        return pooled(self.by_day().values()) or estimate(*(self._sources[x] for x in pair))
