"""The persistent index of stories: over runs, processes and years.

The open run is rows in the caller's SQLite database, written in the caller's transaction; closed
runs are segment files. Nothing here commits: what the caller rolls back has never been. Assigning
needs the database's write lock (``BEGIN IMMEDIATE``), so processes take turns.
"""

from __future__ import annotations

import secrets
import sqlite3
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from newscrawl.dedup.cluster import candidate_pairs, exact_key
from newscrawl.dedup.fingerprints import MOST_CHARS, Hashes, fingerprints
from newscrawl.dedup.identity import content_hash
from newscrawl.dedup.known import Known, article_key, check, content_key, seconds
from newscrawl.dedup.matching import Matcher, Recurring
from newscrawl.dedup.open_run import OpenRun
from newscrawl.dedup.segments import (
    MOST_STORIES,
    RECORD,
    SUFFIX,
    Segment,
    look_up,
    merge_segments,
    open_segment,
    write_segment,
)
from newscrawl.dedup.stories import Assignment, Story

NEAR_DAYS = 30  # two stories further apart in time are no near-duplicates of one another
SEAL_AT = 16_384  # stories of the open run
FAN = 4  # segments of about one size that are merged into one
LARGEST = 1 << 22  # stories; larger segments are left alone, so a merge stays affordable
POSTINGS = 32  # newest stories looked at for one print
_DAY = 86_400

_TABLES = """
CREATE TABLE IF NOT EXISTS dedup_open(
    n INTEGER PRIMARY KEY, token INTEGER NOT NULL, record BLOB NOT NULL,
    keys BLOB NOT NULL, prints BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS dedup_text(n INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS dedup_segment(
    first INTEGER PRIMARY KEY, name TEXT NOT NULL, stories INTEGER NOT NULL,
    newest INTEGER NOT NULL, printed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS dedup_recurring(
    site INTEGER NOT NULL, passage INTEGER NOT NULL, context INTEGER NOT NULL,
    PRIMARY KEY(site, passage, context)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class IndexSize:
    """How large an index is: stories, segments, and bytes on disk (texts apart)."""

    stories: int
    open_stories: int
    segments: int
    index_bytes: int
    text_bytes: int


class StoryIndex:
    """Assigns stories to clusters, and remembers them.

    `folder` holds the segment files and belongs to the index alone. All methods but `sweep` work
    inside the caller's transaction.
    """

    def __init__(
        self, connection: sqlite3.Connection, folder: Path, *, near_days: int = NEAR_DAYS
    ) -> None:
        self._db = connection
        self._folder = Path(folder)
        self._near = near_days * _DAY
        for statement in _TABLES.split(";"):
            if statement.strip():
                connection.execute(statement)
        self._segments: list[Segment] = []
        self._listed: list[tuple[int, str]] = []
        self._open = OpenRun(1)
        self._recurring = Recurring(connection)

    # -- assigning -------------------------------------------------------------------------

    def assign(self, stories: Sequence[Story]) -> list[Assignment]:
        """Find each story's cluster, in order, and add the stories to the index.

        Stories of one call see one another. ``version_id`` must be 32 hex digits. A version that
        is known already keeps its cluster and is not added again.
        """
        if not stories:
            return []
        self._refresh()
        keyed = [_keyed(story) for story in stories]
        marks = fingerprints([story.text for story in keyed])
        prints = [mark.prints for mark in marks]
        by_key = self._by_key(keyed)
        fresh = [i for i, k in enumerate(by_key) if k.exact is None]
        near = self._by_print(keyed, prints, set(fresh))
        pairs = candidate_pairs(prints, [story.article_id for story in keyed])
        earlier: list[list[int]] = [[] for _ in keyed]
        for a, b in pairs.tolist():
            earlier[b].append(a)
        matcher = Matcher(self._recurring, self._texts(near, by_key))
        first = self._open.first + self._open.count
        out: list[Assignment] = []
        added: dict[int, int] = {}  # position in this call -> number in the index
        rows: list[tuple[Known, list[int], Hashes, str | None]] = []
        seen: dict[str, int] = {}
        versions: dict[str, Assignment] = {}
        for i, story in enumerate(keyed):
            if story.version_id in versions:
                out.append(versions[story.version_id])
                continue
            found = by_key[i]
            exact = found.exact
            if exact is None and story.content_hash in seen:
                exact = matcher.here(seen[story.content_hash])
            if exact is not None and exact.version == story.version_id:
                out.append(
                    Assignment(story.version_id, exact.cluster, exact.version == exact.cluster)
                )
                versions[story.version_id] = out[-1]
                continue
            if exact is not None:
                assignment = matcher.exact(story, exact)
            else:
                here = [added[k] for k in earlier[i] if k in added]
                assignment = matcher.best(story, i, [*found.article, *near[i]], here)
            number = first + len(rows)
            added[i] = number
            known = Known.of(number, story, assignment.cluster_id)
            matcher.add(known, story, i)
            keys = (
                [article_key(story)]
                if exact is not None
                else [article_key(story), content_key(story)]
            )
            rows.append(
                (
                    known,
                    keys,
                    np.empty(0, dtype=np.uint64) if exact else prints[i],
                    None if exact else story.text,
                )
            )
            if exact is None:
                seen[story.content_hash] = number
            out.append(assignment)
            versions[story.version_id] = assignment
        self._insert(rows)
        self._recurring.save()
        if self._open.count >= SEAL_AT:
            self.seal()
        return out

    def load(self, rows: Iterable[tuple[Story, Assignment]]) -> None:
        """Add stories with the clusters that they have: rebuilding from the dataset's rows."""
        self._refresh()
        batch: list[tuple[Story, Assignment]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == 1000:
                self._load(batch)
                batch = []
        self._load(batch)

    def _load(self, batch: Sequence[tuple[Story, Assignment]]) -> None:
        if not batch:
            return
        keyed = [_keyed(story) for story, _ in batch]
        exact = [k.exact for k in self._by_key(keyed)]
        marks = fingerprints([story.text for story in keyed])
        first = self._open.first + self._open.count
        rows: list[tuple[Known, list[int], Hashes, str | None]] = []
        seen: set[str] = set()
        for story, (_, assignment), head, mark in zip(keyed, batch, exact, marks, strict=True):
            copy = head is not None or story.content_hash in seen
            seen.add(story.content_hash)
            known = Known.of(first + len(rows), story, assignment.cluster_id)
            keys = [article_key(story)] if copy else [article_key(story), content_key(story)]
            rows.append(
                (
                    known,
                    keys,
                    mark.prints[:0] if copy else mark.prints,
                    None if copy else story.text,
                )
            )
        self._insert(rows)
        if self._open.count >= SEAL_AT:
            self.seal()

    # -- keeping ---------------------------------------------------------------------------

    def seal(self) -> None:
        """Write the open run as a segment, and merge segments of about one size."""
        self._refresh()
        run = self._open
        if not run.count:
            return
        name = f"{run.first:012d}-{run.count}-{secrets.token_hex(4)}{SUFFIX}"
        keys, prints = run.whole("keys"), run.whole("prints")
        write_segment(self._folder, name, run.first, run.records, keys, prints)
        newest = int(run.records["at"].max())
        self._db.execute(
            "INSERT INTO dedup_segment VALUES(?,?,?,?,?)",
            (run.first, name, run.count, newest, int(len(prints) > 0)),
        )
        self._db.execute("DELETE FROM dedup_open")
        self._refresh()
        while self._merge_tier():
            pass

    def merge(self, now: datetime | None = None) -> None:
        """Forget what can match no more: prints and texts of stories older than the bound.

        `now` is the present moment; without it only segments are merged.
        """
        self._refresh()
        if now is not None:
            cut = int(now.timestamp()) - self._near
            old = [
                part
                for part in self._db.execute(
                    "SELECT first, stories, newest, printed FROM dedup_segment"
                )
                if part[3] and 0 < part[2] < cut
            ]
            for first, stories, _, _ in old:
                part = next(p for p in self._segments if p.first == first)
                self._replace([part], [cut])
                self._db.execute(
                    "DELETE FROM dedup_text WHERE n >= ? AND n < ?", (first, first + stories)
                )
        while self._merge_tier():
            pass

    def sweep(self) -> int:
        """Remove files that no committed state names; returns how many.

        Takes the write lock for itself, so it must be called outside of a transaction.
        """
        if self._db.in_transaction:
            raise RuntimeError("sweep() works outside of a transaction")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            named = {name for (name,) in self._db.execute("SELECT name FROM dedup_segment")}
            orphans = [path for path in self._folder.glob(f"*{SUFFIX}*") if path.name not in named]
            for path in orphans:
                with suppress(FileNotFoundError):
                    path.unlink()
        finally:
            self._db.execute("ROLLBACK")
        return len(orphans)

    def clear(self) -> None:
        """Forget everything (before a rebuild); files go with the next `sweep`."""
        for table in ("dedup_open", "dedup_text", "dedup_segment", "dedup_recurring"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names above
        self._open = OpenRun(1)
        self._refresh()

    def size(self) -> IndexSize:
        """How large the index is."""
        self._refresh()
        files = sum((self._folder / part.name).stat().st_size for part in self._segments)
        rows, texts = (
            self._db.execute(query).fetchone()[0] or 0
            for query in (
                "SELECT sum(length(record) + length(keys) + length(prints) + 16) FROM dedup_open",
                "SELECT sum(length(body) + 8) FROM dedup_text",
            )
        )
        stories = sum(part.count for part in self._segments) + self._open.count
        return IndexSize(stories, self._open.count, len(self._segments), files + rows, texts)

    # -- inside ----------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Take over what other processes committed, and forget what was rolled back."""
        listed = self._db.execute("SELECT first, name FROM dedup_segment ORDER BY first").fetchall()
        if listed != self._listed:
            mapped = {part.name: part for part in self._segments}
            self._segments = [
                mapped.get(name) or open_segment(self._folder, name) for _, name in listed
            ]
            self._listed = listed
        last = self._segments[-1] if self._segments else None
        first = last.first + last.count if last else 1
        run = self._open
        if run.first == first and run.mark is not None:
            token = self._db.execute(
                "SELECT token FROM dedup_open WHERE n = ?", (run.mark[0],)
            ).fetchone()
            if token is None or token[0] != run.mark[1]:
                run = OpenRun(first)
        elif run.first != first:
            run = OpenRun(first)
        if run is not self._open:
            self._recurring.forget()
        self._open = run
        rows = self._db.execute(
            "SELECT n, token, record, keys, prints FROM dedup_open WHERE n >= ? ORDER BY n",
            (run.first + run.count,),
        ).fetchall()
        if rows:
            self._recurring.forget()
            records = np.frombuffer(b"".join(row[2] for row in rows), dtype=RECORD)
            keys = [np.frombuffer(row[3], dtype="<u8") for row in rows]
            prints = [np.frombuffer(row[4], dtype="<u8") for row in rows]
            run.add(records, keys, prints)
            run.mark = rows[-1][:2]

    def _insert(self, rows: Sequence[tuple[Known, list[int], Hashes, str | None]]) -> None:
        if not rows:
            return
        token = secrets.randbits(62)
        records = np.array([known.record() for known, *_ in rows], dtype=RECORD)
        raw = records.tobytes()
        size = RECORD.itemsize
        keys = [np.array(k, dtype="<u8") for _, k, _, _ in rows]
        prints = [p for _, _, p, _ in rows]
        self._db.executemany(
            "INSERT INTO dedup_open VALUES(?,?,?,?,?)",
            (
                (
                    row[0].number,
                    token,
                    raw[i * size : (i + 1) * size],
                    keys[i].tobytes(),
                    prints[i].tobytes(),
                )
                for i, row in enumerate(rows)
            ),
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO dedup_text VALUES(?,?)",
            ((known.number, _packed(text)) for known, _, _, text in rows if text),
        )
        self._open.add(records, keys, prints)
        self._open.mark = (rows[-1][0].number, token)

    def _by_key(self, stories: Sequence[Story]) -> list[_ByKey]:
        """For each story the known one with the same text, and the known versions of its article."""
        articles = np.array([article_key(story) for story in stories], dtype=np.uint64)
        contents = np.array([content_key(story) for story in stories], dtype=np.uint64)
        out = [_ByKey(None, []) for _ in stories]
        for owner, number in self._look_up("keys", contents, 4):
            known = self._known(number)
            story = stories[owner]
            if known.content == check(story.content_hash) and (
                out[owner].exact is None or known.version == story.version_id
            ):
                out[owner].exact = known
        for owner, number in self._look_up("keys", articles, 8):
            known = self._known(number)
            story = stories[owner]
            if known.article == check(story.article_id):
                if known.version == story.version_id:
                    out[owner].exact = known
                out[owner].article.append(known)
        return out

    def _by_print(
        self, stories: Sequence[Story], prints: Sequence[Hashes], wanted: set[int]
    ) -> list[list[Known]]:
        """For each story the known ones with prints in common and near in time, best first."""
        chosen = [p if i in wanted else p[:0] for i, p in enumerate(prints)]
        owner = np.repeat(np.arange(len(prints)), [len(p) for p in chosen])
        values = np.concatenate(chosen) if len(owner) else np.empty(0, dtype=np.uint64)
        order = np.argsort(values, kind="stable")
        shared: list[dict[int, int]] = [{} for _ in stories]
        for position, number in self._look_up("prints", values[order], POSTINGS):
            counts = shared[int(owner[order[position]])]
            counts[number] = counts.get(number, 0) + 1
        out = []
        for story, counts in zip(stories, shared, strict=True):
            at = seconds(story.published_at)
            ranked = sorted(counts, key=lambda n: (-counts[n], -n))[: 4 * Matcher.MOST]
            known = [self._known(n) for n in ranked]
            near = [k for k in known if not at or not k.at or abs(at - k.at) <= self._near]
            out.append(near[: Matcher.MOST])
        return out

    def _look_up(self, kind: str, values: Hashes, most: int) -> Iterable[tuple[int, int]]:
        """(position in `values`, number of a story that holds the value), newest stories only."""
        for part in self._segments:
            table = part.keys if kind == "keys" else part.prints
            where, local = look_up(table, values, most)
            yield from zip(where.tolist(), (local + np.uint64(part.first)).tolist(), strict=True)
        for table in self._open.tables(kind):
            where, local = look_up(table, values, most)
            first = np.uint64(self._open.first)
            yield from zip(where.tolist(), (local + first).tolist(), strict=True)

    def _known(self, number: int) -> Known:
        if number >= self._open.first:
            return Known.from_record(number, self._open.records[number - self._open.first])
        part = self._segments[bisect_right(self._listed, (number, "\U0010ffff")) - 1]
        return Known.from_record(number, part.records[number - part.first])

    def _texts(self, near: Sequence[Sequence[Known]], by_key: Sequence[_ByKey]) -> dict[int, str]:
        """The texts of all stories that will be compared; one that is too old has none."""
        numbers = {k.number for row in near for k in row}
        numbers |= {k.number for row in by_key if row.exact is None for k in row.article}
        wanted = sorted(numbers)
        out: dict[int, str] = {}
        for i in range(0, len(wanted), 500):
            part = wanted[i : i + 500]
            marks = ",".join("?" * len(part))
            for n, body in self._db.execute(
                f"SELECT n, body FROM dedup_text WHERE n IN ({marks})",  # noqa: S608 - only marks
                part,
            ):
                out[n] = zlib.decompress(body).decode("utf-8", "surrogatepass")
        return out

    def _merge_tier(self) -> bool:
        """Merge the first run of `FAN` neighbours of about one size; False if there is none."""
        tiers = [max(0, (part.count // SEAL_AT).bit_length() // 2) for part in self._segments]
        for i in range(len(tiers) - FAN + 1):
            parts = self._segments[i : i + FAN]
            if len(set(tiers[i : i + FAN])) == 1 and sum(p.count for p in parts) <= min(
                LARGEST, MOST_STORIES
            ):
                self._replace(parts, [None] * FAN)
                return True
        return False

    def _replace(self, parts: Sequence[Segment], print_from: Sequence[int | None]) -> None:
        first, count = parts[0].first, sum(part.count for part in parts)
        name = f"{first:012d}-{count}-{secrets.token_hex(4)}{SUFFIX}"
        merge_segments(self._folder, name, parts, print_from)
        made = open_segment(self._folder, name)
        for part in parts:
            self._db.execute("DELETE FROM dedup_segment WHERE first = ?", (part.first,))
        self._db.execute(
            "INSERT INTO dedup_segment VALUES(?,?,?,?,?)",
            (first, name, count, int(made.records["at"].max()), int(len(made.prints) > 0)),
        )
        self._refresh()


@dataclass(slots=True)
class _ByKey:
    exact: Known | None
    article: list[Known]


def _keyed(story: Story) -> Story:
    """The story with the key of its text as content hash (a short text's includes the title)."""
    return replace(
        story, content_hash=exact_key(story, story.content_hash or content_hash(story.text))
    )


def _packed(text: str) -> bytes:
    return zlib.compress(text[: 2 * MOST_CHARS].encode("utf-8", "surrogatepass"), 1)
