"""The persistent index of stories: over runs, processes and years.

The open run is rows in the caller's SQLite database, written in the caller's transaction; closed
runs are segment files. Within the caller's transaction nothing is committed here: what the caller
rolls back has never been. Assigning needs the database's write lock (``BEGIN IMMEDIATE``), so
processes take turns.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from newscrawl.dedup.cluster import candidate_pairs, exact_key
from newscrawl.dedup.fingerprints import Hashes
from newscrawl.dedup.identity import content_hash
from newscrawl.dedup.known import Known, StoryKeys, article_keys
from newscrawl.dedup.matching import Matcher, Recurring
from newscrawl.dedup.signing import prints_of
from newscrawl.dedup.stories import Assignment, Story
from newscrawl.dedup.story_store import SEAL_AT, Entry, IndexSize, StoryStore

NEAR_DAYS = 30  # two stories further apart in time are no near-duplicates of one another
POSTINGS = 32  # newest stories looked at for one print, in each segment
VERSIONS = 8  # newest versions looked at for one article, in each segment
ALL_VERSIONS = 1 << 24
LOADED = 1000  # stories that a rebuild adds at a time


@dataclass(slots=True)
class _Found:
    """What the keys of a story lead to: the same text, and other versions of its article."""

    exact: Known | None = None
    versions: list[Known] = field(default_factory=list)


class StoryIndex:
    """Assigns stories to clusters, and remembers them.

    `folder` holds the segment files and belongs to the index alone. Methods that write work inside
    the caller's transaction, and outside of one in a transaction of their own. Stories more than
    `near_days` apart match only by text or address.
    """

    def __init__(
        self, connection: sqlite3.Connection, folder: Path, *, near_days: int = NEAR_DAYS
    ) -> None:
        self._db = connection
        self._store = StoryStore(connection, Path(folder))
        self._near = timedelta(days=near_days)
        self._recurring = Recurring(connection)

    def assign(self, stories: Sequence[Story]) -> list[Assignment]:
        """Find each story's cluster, in order, and add the stories to the index.

        Stories of one call see one another. Their ``version_id`` must be 32 hex digits
        (ValueError). A version that is known already keeps its cluster and is not added again.
        """
        if not stories:
            return []
        with self._transaction():
            return self._assign(stories)

    def _assign(self, stories: Sequence[Story]) -> list[Assignment]:
        self._refresh()
        keys = [_keys(story) for story in stories]
        prints = prints_of(stories)
        found = self._by_key(stories, keys)
        near = self._by_print(keys, prints, [f.exact is None for f in found])
        earlier = _earlier(prints, stories)
        wanted = {known.number for row in near for known in row}
        wanted |= {known.number for f in found if f.exact is None for known in f.versions}
        matcher = Matcher(self._recurring, self._store.texts(wanted))
        entries: list[Entry] = []
        out: list[Assignment] = []
        numbers: dict[int, int] = {}  # position in this call -> number in the index
        texts: dict[tuple[int, int], Known] = {}
        versions: dict[str, Assignment] = {}
        for i, story in enumerate(stories):
            if story.version_id in versions:
                out.append(versions[story.version_id])
                continue
            exact = found[i].exact or texts.get((keys[i].content, keys[i].content_check))
            if exact is not None and exact.version == story.version_id:
                assignment = Assignment(
                    story.version_id, exact.cluster, exact.version == exact.cluster
                )
            else:
                if exact is not None:
                    assignment = matcher.exact(story, keys[i], exact)
                else:
                    here = [numbers[k] for k in earlier[i] if k in numbers]
                    assignment = matcher.best(
                        story, keys[i], i, [*found[i].versions, *near[i]], here
                    )
                number = self._store.next_number + len(entries)
                known = Known.of(number, story, keys[i], assignment.cluster_id)
                entries.append(_entry(known, story, keys[i], prints[i], copy=exact is not None))
                matcher.add(known, story, i)
                numbers[i] = number
                texts.setdefault((keys[i].content, keys[i].content_check), known)
            versions[story.version_id] = assignment
            out.append(assignment)
        self._store.insert(entries)
        self._recurring.save()
        if self._store.open_count >= SEAL_AT:
            self._store.seal()
        return out

    def rebuild(self, rows: Iterable[tuple[Story, str]]) -> int:
        """Forget everything and add stories with the clusters they have, in order of time.

        `rows` are (story, cluster_id) of the dataset; returns how many were added. Call `sweep`
        after the commit.
        """
        with self._transaction():
            return self._rebuild(rows)

    def _rebuild(self, rows: Iterable[tuple[Story, str]]) -> int:
        self._store.clear()
        self._recurring.forget()
        batch: list[tuple[Story, str]] = []
        total = 0
        for row in rows:
            batch.append(row)
            if len(batch) == LOADED:
                total += self._load(batch)
                batch = []
        return total + self._load(batch)

    def _load(self, batch: Sequence[tuple[Story, str]]) -> int:
        stories = [story for story, _ in batch]
        keys = [_keys(story) for story in stories]
        found = self._by_key(stories, keys)
        marks = prints_of(stories)
        entries: list[Entry] = []
        texts: set[tuple[int, int]] = set()
        for story, key, (_, cluster_id), known_by, mark in zip(
            stories, keys, batch, found, marks, strict=True
        ):
            copy = known_by.exact is not None or (key.content, key.content_check) in texts
            texts.add((key.content, key.content_check))
            known = Known.of(self._store.next_number + len(entries), story, key, cluster_id)
            entries.append(_entry(known, story, key, mark, copy=copy))
        self._store.insert(entries)
        if self._store.open_count >= SEAL_AT:
            self._store.seal()
        return len(entries)

    def seal(self) -> None:
        """Close the open run: write it as a segment, and merge segments of about one size."""
        with self._transaction():
            self._refresh()
            self._store.seal()

    def merge(self, now: datetime | None = None) -> None:
        """Merge small segments; with the present moment also forget what can match no more.

        Prints and texts of stories older than the bound go; keys of texts and addresses stay.
        """
        with self._transaction():
            self._refresh()
            if now is not None:
                self._store.forget_before(now - self._near)
            self._store.merge()

    def check(self) -> None:
        """Open everything that belongs to it. Raises `IndexDamagedError`: `rebuild`."""
        with self._transaction():
            self._refresh()

    def take_down(self, article_id: str) -> int:
        """Delete the texts kept of an article; returns how many. Its address stays known."""
        with self._transaction():
            self._refresh()
            key, check = article_keys(article_id)
            found = self._store.look_up("keys", np.array([key], dtype=np.uint64), ALL_VERSIONS)
            numbers = [n for _, n in found if self._store.known(n).article == check]
            return self._store.drop_texts(numbers)

    def sweep(self) -> int:
        """Remove segment files that no committed state names; returns how many.

        Takes the write lock for itself: call it outside of a transaction (else RuntimeError), at
        start or after a run.
        """
        return self._store.sweep()

    def size(self) -> IndexSize:
        """How large the index is."""
        with self._transaction():
            self._refresh()
            return self._store.size()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _refresh(self) -> None:
        if self._store.refresh():
            self._recurring.forget()

    def _by_key(self, stories: Sequence[Story], keys: Sequence[StoryKeys]) -> list[_Found]:
        out = [_Found() for _ in stories]
        contents = np.array([key.content for key in keys], dtype=np.uint64)
        for i, number in self._store.look_up("keys", contents, 1):
            known = self._store.known(number)
            if out[i].exact is None and known.content == keys[i].content_check:
                out[i].exact = known
        articles = np.array([key.article for key in keys], dtype=np.uint64)
        for i, number in self._store.look_up("keys", articles, VERSIONS):
            known = self._store.known(number)
            if known.article == keys[i].article_check:
                out[i].versions.append(known)
                if known.version == stories[i].version_id:
                    out[i].exact = known
        return out

    def _by_print(
        self, keys: Sequence[StoryKeys], prints: Sequence[Hashes], wanted: Sequence[bool]
    ) -> list[list[Known]]:
        """For each wanted story the known ones with common prints and near in time, best first."""
        chosen = [p if want else p[:0] for p, want in zip(prints, wanted, strict=True)]
        owner = np.repeat(np.arange(len(chosen)), [len(p) for p in chosen]).tolist()
        shared: list[dict[int, int]] = [{} for _ in keys]
        if owner:
            for i, number in self._store.look_up("prints", np.concatenate(chosen), POSTINGS):
                counts = shared[owner[i]]
                counts[number] = counts.get(number, 0) + 1
        bound = self._near.total_seconds()
        out = []
        for key, counts in zip(keys, shared, strict=True):
            at = key.at
            ranked = sorted(counts, key=lambda n: (-counts[n], -n))[: 4 * Matcher.MOST]
            known = [self._store.known(n) for n in ranked]
            near = [k for k in known if not at or not k.at or abs(at - k.at) <= bound]
            out.append(near[: Matcher.MOST])
        return out


def _keys(story: Story) -> StoryKeys:
    return StoryKeys.of(story, exact_key(story, story.content_hash or content_hash(story.text)))


def _earlier(prints: Sequence[Hashes], stories: Sequence[Story]) -> list[list[int]]:
    """For each story of a call the earlier ones to compare it with, those most alike first."""
    found: list[list[int]] = [[] for _ in stories]
    for first, second in candidate_pairs(prints, [story.article_id for story in stories]).tolist():
        found[second].append(first)
    held = [set(p.tolist()) if row else set() for p, row in zip(prints, found, strict=True)]
    return [
        sorted(row, key=lambda k: (-len(held[i].intersection(prints[k].tolist())), -k))
        for i, row in enumerate(found)
    ]


def _entry(known: Known, story: Story, keys: StoryKeys, prints: Hashes, *, copy: bool) -> Entry:
    """An exact copy is found by its address; prints, text key and text stand for the first one."""
    if copy:
        return Entry(known, [keys.article], prints[:0], None)
    return Entry(known, [keys.article, keys.content], prints, story)
