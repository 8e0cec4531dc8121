"""Through a site's sitemaps: which to ask next, newest first, and when to stop.

An index may name indexes without end, every page number may answer page 1, and archives hold
millions of addresses; so the walk is bounded in depth and number, asks the children that changed
last first, leaves out what is older than the window, and notices answers it has already had.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newscrawl.discovery.readings import Problem, SitemapChild, SitemapReading
from newscrawl.discovery.times import parse_time
from newscrawl.items import Candidate, Via

MAX_DEPTH = 3
MAX_SITEMAPS = 50
STALE_AFTER = timedelta(days=14)
_SLACK = timedelta(days=1)  # day-precision times, and clocks ahead of or behind UTC


@dataclass(slots=True)
class _Waiting:
    url: str
    depth: int
    changed: datetime | None
    order: int


class SitemapWalk:
    """One walk over the sitemaps of one site.

    ``since`` leaves out children whose ``lastmod`` says they have not changed since; children
    without one are asked after those with one. ``news_since`` is the same for the entries of news
    sitemaps, which by the protocol hold two days. Use: `take` the next URL, fetch and read it,
    `give` the reading; until `take` gives None.
    """

    def __init__(
        self,
        starts: Iterable[str],
        *,
        since: datetime | None = None,
        news_since: datetime | None = None,
        max_depth: int = MAX_DEPTH,
        max_sitemaps: int = MAX_SITEMAPS,
    ) -> None:
        self._since, self._news_since = since, news_since
        self._max_depth = max_depth
        self._max_sitemaps = max_sitemaps
        self._waiting: list[_Waiting] = []
        self._depth_of: dict[str, int] = {}
        self._prints: dict[str, str] = {}
        self._taken = 0
        self.problems: list[tuple[str, Problem]] = []
        """(sitemap URL, problem) of the walk itself: ``repeats``, ``too_deep``, ``too_many``."""
        self.add(starts)

    def add(self, starts: Iterable[str]) -> None:
        """More sitemaps to start from; known ones are left out."""
        for url in starts:
            self._add(url, 1, None)

    def _add(self, url: str, depth: int, changed: datetime | None) -> None:
        if url not in self._depth_of:
            self._depth_of[url] = depth
            self._waiting.append(_Waiting(url, depth, changed, len(self._depth_of)))

    def take(self) -> str | None:
        """The next sitemap to ask, newest ``lastmod`` first, or None at the end of the walk."""
        if not self._waiting:
            return None
        if self._taken >= self._max_sitemaps:
            self.problems.append((self._waiting[0].url, Problem("too_many_sitemaps")))
            self._waiting.clear()
            return None
        best = min(self._waiting, key=_urgency)
        self._waiting.remove(best)
        self._taken += 1
        return best.url

    def give(self, url: str, reading: SitemapReading) -> tuple[Candidate, ...]:
        """Take a reading into the walk; the candidates that belong in the window.

        Empty for an answer that another sitemap gave before (problem ``repeats``).
        """
        depth = self._depth_of.get(url, 1)
        mark = reading.fingerprint
        if mark and self._prints.setdefault(mark, url) != url:
            self.problems.append((url, Problem("repeats", self._prints[mark])))
            return ()
        if reading.children and depth >= self._max_depth:
            self.problems.append((url, Problem("too_deep", f"depth {depth}")))
        else:
            for child in newest_first(reading.children):
                changed = parse_time(child.lastmod)
                if self._since and changed and changed < self._since - _SLACK:
                    continue
                self._add(child.loc, depth + 1, changed)
        news = [x for x in reading.candidates if x.via is Via.NEWS_SITEMAP]
        others = [x for x in reading.candidates if x.via is not Via.NEWS_SITEMAP]
        return (
            *changed_since(news, self._news_since),
            *changed_since(others, self._since),
        )


def _urgency(waiting: _Waiting) -> tuple[bool, float, int]:
    # Starts (from robots.txt or the site's record) come first: few, and named on purpose.
    if waiting.depth == 1:
        return False, float("-inf"), waiting.order
    if waiting.changed is None:
        return True, 0.0, waiting.order
    return False, -waiting.changed.timestamp(), waiting.order


def newest_first(children: Sequence[SitemapChild]) -> list[SitemapChild]:
    """Children ordered by ``lastmod`` downwards; those without one keep their order at the end."""
    dated = [(parse_time(x.lastmod), x) for x in children]
    with_time = sorted(
        ((t, x) for t, x in dated if t is not None), key=lambda pair: pair[0], reverse=True
    )
    return [x for _, x in with_time] + [x for t, x in dated if t is None]


def time_of(candidate: Candidate) -> datetime | None:
    """The latest of a candidate's machine-readable times, or None."""
    times = [parse_time(candidate.published_raw), parse_time(candidate.modified_raw)]
    return max((x for x in times if x is not None), default=None)


def changed_since(
    candidates: Iterable[Candidate], since: datetime | None, until: datetime | None = None
) -> tuple[Candidate, ...]:
    """Candidates that may lie in the window, newest first; those without a time come last.

    ``until`` compares with the publication time only: what was published earlier may have been
    modified at any time since.
    """
    kept: list[tuple[float, Candidate]] = []
    for candidate in candidates:
        moment = time_of(candidate)
        if since and moment and moment < since - _SLACK:
            continue
        published = parse_time(candidate.published_raw)
        if until and published and published > until + _SLACK:
            continue
        kept.append((-moment.timestamp() if moment else 1.0, candidate))
    kept.sort(key=lambda pair: pair[0])
    return tuple(candidate for _, candidate in kept)


def newest_time(reading: SitemapReading) -> datetime | None:
    """The newest time that a sitemap names, in its entries or its children."""
    times = [time_of(x) for x in reading.candidates]
    times += [parse_time(x.lastmod) for x in reading.children]
    return max((x for x in times if x is not None), default=None)


def staleness(
    reading: SitemapReading, now: datetime, after: timedelta = STALE_AFTER
) -> Problem | None:
    """Problem ``stale`` for a sitemap that dates its entries and has none newer than ``after``."""
    newest = newest_time(reading)
    if newest is None or now - newest <= after:
        return None
    return Problem("stale", f"newest entry {newest:%Y-%m-%d}")
