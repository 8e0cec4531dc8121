"""Choosing the cluster of one story among the known stories that may be the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from newscrawl.dedup.boilerplate import RECURRENCES, Passage
from newscrawl.dedup.cluster import LINKED, kind_of
from newscrawl.dedup.known import Known, StoryKeys
from newscrawl.dedup.stories import Assignment, DuplicateKind, Story, same_title
from newscrawl.dedup.verify import Overlap, Reading, compare, read, same_story

_COPY = 0.85  # share from which common passages are the story's, not the site's


class SitePassages:
    """The passages seen in several articles of one site, by hash, each with its contexts."""

    def __init__(self, contexts: dict[int, set[int]]) -> None:
        self.contexts = contexts
        self.recurring = {p for p, c in contexts.items() if len(c) >= RECURRENCES}


class Recurring:
    """Boilerplate learned from articles of one site that share passages and little else."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._sites: dict[int, SitePassages] = {}
        self._pending: list[tuple[int, int, int]] = []

    def forget(self) -> None:
        """Read the tables anew when next asked."""
        self._sites.clear()
        self._pending.clear()

    def of(self, site: int) -> SitePassages:
        """What is known of a site."""
        if site not in self._sites:
            contexts: dict[int, set[int]] = {}
            for passage, context in self._db.execute(
                "SELECT passage, context FROM dedup_recurring WHERE site = ?", (site,)
            ):
                contexts.setdefault(passage, set()).add(context)
            self._sites[site] = SitePassages(contexts)
        return self._sites[site]

    def learn(self, site: int, one: Sequence[Passage], other: Sequence[Passage]) -> None:
        """Note the passages that two articles of a site have in common.

        The context that counts is the longest passage that the other article lacks.
        """
        common = {p.mark for p in set(one) & set(other) if p.tells}
        if not common:
            return
        known = self.of(site)
        for parts in (one, other):
            rest = [p for p in parts if p.mark not in common]
            context = max(rest, key=lambda p: (p.chars, p.mark)).mark if rest else 0
            for passage in sorted(common):
                seen = known.contexts.setdefault(passage, set())
                if len(seen) < RECURRENCES and context not in seen:
                    seen.add(context)
                    self._pending.append((site, passage, context))
                    if len(seen) >= RECURRENCES:
                        known.recurring.add(passage)

    def save(self) -> None:
        """Write what was learned, in the caller's transaction."""
        self._db.executemany("INSERT OR IGNORE INTO dedup_recurring VALUES(?,?,?)", self._pending)
        self._pending.clear()


class Matcher:
    """Compares the stories of one batch with known ones and with one another."""

    MOST = 12  # known stories compared with one story

    def __init__(self, recurring: Recurring, texts: dict[int, tuple[str, str]]) -> None:
        self._recurring = recurring
        self._texts = texts
        self._here: dict[int, Known] = {}
        self._readings: dict[int, tuple[int, Reading]] = {}

    def add(self, known: Known, story: Story, position: int) -> None:
        """Let later stories of the batch see this one."""
        self._here[known.number] = known
        self._texts[known.number] = (story.title, story.text)
        mine = -1 - position
        if mine in self._readings:
            self._readings[known.number] = self._readings.pop(mine)

    def here(self, number: int) -> Known:
        """A story added by `add`."""
        return self._here[number]

    def exact(self, story: Story, keys: StoryKeys, known: Known) -> Assignment:
        """The assignment of a story whose text is known."""
        same = known.article == keys.article_check
        kind = DuplicateKind.SAME_URL_VERSION if same else DuplicateKind.EXACT
        return Assignment(story.version_id, known.cluster, False, kind, known.version, 1.0)

    def best(
        self,
        story: Story,
        keys: StoryKeys,
        position: int,
        known: Sequence[Known],
        here: Sequence[int],
    ) -> Assignment:
        """The cluster of the best match, or one of the story's own.

        A cluster counts only if at least half of its members that were compared match.
        """
        article, site, at = keys.article_check, keys.site, keys.at
        tested: dict[str, int] = {}
        matched: dict[str, list[tuple[Overlap, Known, bool]]] = {}
        lost: Known | None = None  # an earlier version of the article whose text is gone
        mine = -1 - position
        self._texts[mine] = (story.title, story.text)
        recent = [self._here[n] for n in here[: self.MOST]]
        for other in {k.number: k for k in (*known, *recent)}.values():
            same_article = other.article == article
            if other.number not in self._texts:
                if same_article and (lost is None or other.number > lost.number):
                    lost = other
                continue
            overlap = self._compare(mine, site, other)
            same_site = other.site == site
            if same_site and not same_article and overlap.share < _COPY:
                self._recurring.learn(
                    site, self._reading(mine, site).parts, self._reading(other.number, site).parts
                )
                overlap = self._compare(mine, site, other)
            tested[other.cluster] = tested.get(other.cluster, 0) + 1
            days = abs(at - other.at) / 86400 if at and other.at else None
            if overlap.share and same_story(
                overlap,
                same_article=same_article,
                same_site=same_site,
                same_title=same_title(story.title, self._texts[other.number][0]),
                days=days,
            ):
                matched.setdefault(other.cluster, []).append((overlap, other, same_article))
        del self._texts[mine]
        found = [
            max(matches, key=lambda m: (m[0].score, -m[1].number))
            for cluster, matches in matched.items()
            if len(matches) >= LINKED * tested[cluster]
        ]
        if not found:
            if lost is not None:
                kind = DuplicateKind.SAME_URL_VERSION
                return Assignment(story.version_id, lost.cluster, False, kind, lost.version, None)
            return Assignment(story.version_id, story.version_id, True)
        overlap, other, same_article = max(found, key=lambda m: (m[0].score, -m[1].number))
        kind = kind_of(overlap, overlap.shorter_is_first, same_article=same_article)
        share = round(overlap.share, 4)
        return Assignment(story.version_id, other.cluster, False, kind, other.version, share)

    def _compare(self, mine: int, site: int, other: Known) -> Overlap:
        return compare(self._reading(mine, site), self._reading(other.number, other.site))

    def _reading(self, number: int, site: int) -> Reading:
        """The text made ready; made anew when more boilerplate of its site is known."""
        known = self._recurring.of(site)
        held = self._readings.get(number)
        if held is None or held[0] != len(known.recurring):
            reading = read(self._texts[number][1], known.recurring)
            held = self._readings[number] = (len(known.recurring), reading)
        return held[1]
