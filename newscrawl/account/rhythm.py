"""How often a site publishes: a count model of what runs found new, for busy and for slow sites.

Gamma-Poisson (negative binomial): the rate has an effect of the weekday and of the hour in the
site's own zone, both shrunk towards none; counts scatter more than Poisson by ``dispersion``, and
what is not yet known of the rate scatters on top. Method of moments throughout.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

_HOUR = timedelta(hours=1)
_WEEKDAY_PRIOR = 4.0  # articles of "no effect"
_HOUR_PRIOR = 2.0
_DISPERSION_PRIOR, _PRIOR_UNITS = 0.08, 6.0
_DISPERSION_RANGE = (0.02, 2.0)
_UNSURE_DAYS = 7.0
_SHORT = timedelta(hours=6)  # windows of this length still tell hours apart


@dataclass(frozen=True, slots=True)
class Count:
    """So many new articles were found between two looks at a site. Times aware."""

    start: datetime
    end: datetime
    articles: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A site's learned rate: articles an hour, factors by weekday and hour of the site's day."""

    zone: tzinfo
    per_hour: float
    weekday: tuple[float, ...]
    hour: tuple[float, ...]
    dispersion: float
    articles: int  # what it was learned from
    days: float

    @classmethod
    def learn(cls, counts: Sequence[Count], zone: tzinfo) -> Rhythm | None:
        """The rhythm that the counts show, or None if they show nothing at all."""
        counts = [c for c in counts if c.end > c.start]
        if not counts:
            return None
        origin = min(c.start for c in counts).replace(minute=0, second=0, microsecond=0)
        cells = math.ceil((max(c.end for c in counts) - origin) / _HOUR)
        seen, exposure = np.zeros(cells), np.zeros(cells)
        for c in counts:
            for cell, share in _cells(c.start, c.end, origin):
                exposure[cell] += share
                seen[cell] += c.articles * share / ((c.end - c.start) / _HOUR)
        hours = float(exposure.sum())
        total = sum(c.articles for c in counts)
        if not total:
            return None
        base = total / hours
        days, clock = _calendar(origin, cells, zone)
        weekday = _factors(days, seen, base * exposure, 7, _WEEKDAY_PRIOR)
        hour = np.ones(24)
        if sorted(c.end - c.start for c in counts)[len(counts) // 2] <= _SHORT:
            hour = _factors(clock, seen, base * exposure * weekday[days], 24, _HOUR_PRIOR)
            hour = 0.25 * np.roll(hour, 1) + 0.5 * hour + 0.25 * np.roll(hour, -1)
        fitted = float((base * exposure * weekday[days] * hour[clock]).sum())
        flat = cls(
            zone,
            base * total / fitted,
            tuple(weekday.tolist()),
            tuple(hour.tolist()),
            0.0,
            total,
            hours / 24,
        )
        scatter = max(flat._scatter(counts, timedelta(hours=h)) for h in (3, 20))
        return cls(zone, flat.per_hour, flat.weekday, flat.hour, scatter, flat.articles, flat.days)

    def expected(self, start: datetime, end: datetime) -> float:
        """Articles to be expected between two instants."""
        return sum(self._by_day(start, end))

    def per_day(self) -> float:
        """Articles a day, over the week."""
        return self.per_hour * 24

    def at_most(self, articles: int, start: datetime, end: datetime) -> float:
        """How likely so few articles (or fewer) are between two instants."""
        days = self._by_day(start, end)
        mean = sum(days)
        if mean <= 0:
            return 1.0
        # how much counts scatter is itself known badly at first
        unsure = self.dispersion * (1 + _UNSURE_DAYS / self.days)
        scatter = unsure * sum(x * x for x in days) / mean**2
        return lower_tail(articles, mean, scatter + 1 / (self.articles + 1))

    def _by_day(self, start: datetime, end: datetime) -> list[float]:
        if end <= start:
            return [0.0]
        origin = start.replace(minute=0, second=0, microsecond=0)
        cells = math.ceil((end - origin) / _HOUR)
        days, clock = _calendar(origin, cells, self.zone)
        shares = np.zeros(cells)
        for cell, share in _cells(start, end, origin):
            shares[cell] = share
        means = self.per_hour * shares * np.array(self.weekday)[days] * np.array(self.hour)[clock]
        return [float(means[i : i + 24].sum()) for i in range(0, cells, 24)]

    def _scatter(self, counts: Sequence[Count], unit: timedelta) -> float:
        """Variance beyond Poisson over spans of at least ``unit``, shrunk to what is usual."""
        excess, squares, spans = 0.0, 0.0, 0
        start, articles = None, 0
        for c in sorted(counts, key=lambda c: c.start):
            start = start or c.start
            articles += c.articles
            if c.end - start >= unit:
                mean = self.expected(start, c.end)
                excess += (articles - mean) ** 2 - mean
                squares += mean**2
                spans += 1
                start, articles = None, 0
        prior = _PRIOR_UNITS * (squares / spans if spans else 1.0)
        low, high = _DISPERSION_RANGE
        found = (excess + _DISPERSION_PRIOR * prior) / (squares + prior)
        return min(max(found, low), high)


def lower_tail(count: int, mean: float, dispersion: float) -> float:
    """P(Y <= count) of a negative binomial with variance ``mean + dispersion * mean**2``."""
    size = 1 / dispersion
    log_p = -size * math.log1p(mean * dispersion)
    step = math.log(mean * dispersion / (1 + mean * dispersion))
    total = 0.0
    for k in range(count + 1):
        total += math.exp(log_p)
        log_p += step + math.log((k + size) / (k + 1))
    return min(total, 1.0)


def _cells(start: datetime, end: datetime, origin: datetime) -> list[tuple[int, float]]:
    """The hours that a span covers and how much of each, in hours."""
    first, last = (start - origin) / _HOUR, (end - origin) / _HOUR
    return [
        (cell, min(last, cell + 1) - max(first, cell))
        for cell in range(math.floor(first), math.ceil(last))
    ]


def _calendar(
    origin: datetime, cells: int, zone: tzinfo
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Weekday and hour of the day of each cell, in the site's zone."""
    local = origin.astimezone(zone)
    hours = np.arange(cells) + local.hour
    return (local.weekday() + hours // 24) % 7, hours % 24


def _factors(
    kinds: NDArray[np.int64],
    seen: NDArray[np.float64],
    mean: NDArray[np.float64],
    number: int,
    prior: float,
) -> NDArray[np.float64]:
    counted = np.bincount(kinds, weights=seen, minlength=number)
    expected = np.bincount(kinds, weights=mean, minlength=number)
    return np.asarray((counted + prior) / (expected + prior), dtype=np.float64)
