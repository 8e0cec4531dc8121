"""One transaction of accepting: everything that a group of pages leads to, or nothing of it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newscrawl.dataset import outbox
from newscrawl.dataset.conform import Fault, refusal
from newscrawl.dataset.last_texts import (
    forget_last_texts,
    read_last_text,
    write_last_text,
)
from newscrawl.dataset.learned import Learned, write_learned
from newscrawl.dataset.robots_copies import RobotsCopy, write_robots_copy
from newscrawl.dataset.url_state import (
    ArticleState,
    SourceState,
    UrlState,
    forget_overdue,
    known_source,
    known_urls,
    latest_version,
    same_text,
    write_article,
    write_source,
    write_url,
)
from newscrawl.items import (
    Article,
    ClusterRecord,
    FetchRecord,
    Rejection,
    RunRecord,
    Stage,
    TombstoneRecord,
)
from newscrawl.schema import ARTICLES, CLUSTERS, FETCH_LOG, RUNS, TOMBSTONES, Table

# what dedup and the transaction fill after `Transaction.check`
PENDING = frozenset({"cluster_id", "version", "run_seq"})
# all that may be filled or changed after an article has been judged
_FILLED = PENDING | {
    "previous_version_id", "first_seen_at", "run_id", "code_version", "is_primary",
    "duplicate_kind", "duplicate_of", "overlap", "quality_flags",
}  # fmt: skip


def judge_article(article: Article, *, owned: bool = True) -> Rejection | None:
    """Why an article may not be a row, by what it says itself; None if it may.

    Without a look at the state, so that a worker can judge. ``owned`` is False while nobody has
    said yet of which run it is.
    """
    pending = PENDING if owned else PENDING | {"run_id", "code_version"}
    return _rejected(article, refusal(article, ARTICLES, pending))


def _rejected(article: Article, fault: Fault | None) -> Rejection | None:
    if fault is None:
        return None
    column, reason, detail = fault
    url, site = str(article.url), str(article.site)
    return Rejection(url, site, Stage.VALIDATE, reason, f"{column}: {detail}")


@dataclass(frozen=True, slots=True)
class Accepted:
    """An article that will be in the dataset; ``new`` is False for a version accepted before."""

    version_id: str
    version: int
    new: bool


class Transaction:
    """What may be done inside ``Output.transaction``. Acknowledge nothing before it has ended."""

    def __init__(self, connection: sqlite3.Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        self._rows: dict[str, list[Any]] = defaultdict(list)
        self._next_seq: dict[str, int] = {}
        self._latest: dict[str, ArticleState | None] = {}  # as read or written in here
        self._judged: dict[int, Article] = {}  # held, so that no id is used twice

    def known(self, urls: Iterable[str]) -> dict[str, UrlState]:
        """The state of those of the URLs (canonical form) that are known."""
        return known_urls(self.connection, urls)

    def source(self, url: str) -> SourceState | None:
        """What is known of a feed, sitemap or section page."""
        return known_source(self.connection, url)

    def latest(self, article_id: str) -> ArticleState | None:
        """The latest version of an article."""
        if article_id not in self._latest:
            self._latest[article_id] = latest_version(self.connection, article_id)
        return self._latest[article_id]

    def last_text(self, article_id: str) -> tuple[str, str] | None:
        """Title and body of an article's newest version while it may still change, else None."""
        return read_last_text(self.connection, article_id)

    def forget_last_texts(self) -> int:
        """Drop the texts of articles that are no longer looked at; how many."""
        return forget_last_texts(self.connection, self.now)

    def forget_overdue(self, before: datetime) -> int:
        """Plan no look any more where one has been due since before; how many."""
        return forget_overdue(self.connection, before)

    def same_text(self, article: Article) -> ArticleState | None:
        """Another article of the same site with the same text, title and day, if there is one.

        It is the same story at another address: an edition's, a print page's, or the answer of a
        site that says "not found" with a good status.
        """
        found = same_text(self.connection, article.site, article.content_hash, article.title)
        if found is None or found.article_id == article.article_id:
            return None
        days = {at.date() for at in (found.published_at, article.published_at) if at is not None}
        return found if len(days) < 2 else None

    def has_version(self, version_id: str) -> bool:
        """Whether a version was accepted before."""
        found = self.connection.execute(
            "SELECT 1 FROM versions WHERE version_id = ?", (bytes.fromhex(version_id),)
        )
        return found.fetchone() is not None

    def check(self, article: Article, *, judged: bool = False) -> Rejection | None:
        """Why an article could not be added, before dedup has looked at it; None if it can.

        ``judged``: a worker has found nothing with `judge_article`.
        """
        if not judged and (refused := judge_article(article)) is not None:
            return refused
        self._judged[id(article)] = article
        return self._taken_down(article)

    def add_article(
        self, article: Article, *, last_text: bytes | None = None
    ) -> Accepted | Rejection:
        """Accept one version of an article.

        Fills its version, the one before, ``run_seq`` and, for a known article, first_seen_at.
        A version that was accepted before adds nothing (``new`` is False), so a replay is
        harmless. An article that was taken down is refused with ``taken_down``. ``last_text`` is
        what `pack_last_text` makes of it, where a worker has called that.
        """
        only = _FILLED if id(article) in self._judged else None
        if (refused := _rejected(article, refusal(article, ARTICLES, only=only))) is not None:
            return refused
        if (refused := self._taken_down(article)) is not None:
            return refused
        before = self.latest(article.article_id)
        key = bytes.fromhex(article.version_id)
        added = self.connection.execute(
            "INSERT OR IGNORE INTO versions VALUES (?, ?)",
            (key, bytes.fromhex(article.article_id)),
        )
        if not added.rowcount:
            return Accepted(article.version_id, before.version if before else 1, new=False)
        if before is None:
            article.version, article.previous_version_id = 1, None
        else:
            article.version, article.previous_version_id = before.version + 1, before.version_id
            article.first_seen_at = before.first_seen_at
        article.run_seq = self._take_seq(article.run_id)
        self._rows["articles"].append(article)
        write_last_text(self.connection, article, last_text)
        state = self._latest[article.article_id] = _state_of(article)
        write_article(self.connection, state)
        return Accepted(article.version_id, article.version, new=True)

    def log_fetch(self, record: FetchRecord) -> Rejection | None:
        """Add a row to ``fetch_log``, or say why it cannot be one."""
        return self._add(record, FETCH_LOG, record.url, record.site)

    def add_run(self, record: RunRecord) -> Rejection | None:
        """Add a row to ``runs``, or say why it cannot be one."""
        return self._add(record, RUNS, "", record.site)

    def add_clusters(self, records: Iterable[ClusterRecord]) -> list[Rejection]:
        """Add rows to ``clusters``; the refused ones."""
        refused = (self._add(record, CLUSTERS, record.version_id, "") for record in records)
        return [r for r in refused if r is not None]

    def add_tombstone(self, record: TombstoneRecord) -> Rejection | None:
        """Add a row to ``tombstones``, or say why it cannot be one."""
        return self._add(record, TOMBSTONES, record.canonical_url, "")

    def mark_url(self, url: UrlState) -> None:
        """Set what is known of a URL."""
        write_url(self.connection, url)

    def mark_source(self, source: SourceState) -> None:
        """Set what is known of a source."""
        write_source(self.connection, source)

    def mark_learned(self, learned: Learned) -> None:
        """Set one thing learned of a site."""
        write_learned(self.connection, learned)

    def mark_robots(self, copy: RobotsCopy) -> None:
        """Keep a good robots.txt for a day."""
        write_robots_copy(self.connection, copy)

    def finish(self) -> None:
        """Put the rows into the outbox; called before COMMIT."""
        outbox.put(self.connection, self._rows, self.now)
        self.connection.executemany(
            "INSERT OR REPLACE INTO run_rows VALUES (?, ?)", list(self._next_seq.items())
        )

    @property
    def rows(self) -> Mapping[str, list[Any]]:
        """The records added so far, by table."""
        return self._rows

    def _taken_down(self, article: Article) -> Rejection | None:
        before = self.latest(article.article_id)
        if before is None or before.taken_down_at is None:
            return None
        return Rejection(article.url, article.site, Stage.WRITE, "taken_down")

    def _add(self, record: Any, table: Table, url: str, site: str) -> Rejection | None:
        fault = refusal(record, table)
        if fault is not None:
            column, reason, detail = fault
            return Rejection(url, site, Stage.VALIDATE, reason, f"{table.name}.{column}: {detail}")
        self._rows[table.name].append(record)
        return None

    def _take_seq(self, run_id: str) -> int:
        if run_id not in self._next_seq:
            row = self.connection.execute(
                "SELECT next_seq FROM run_rows WHERE run_id = ?", (run_id,)
            ).fetchone()
            self._next_seq[run_id] = row[0] if row else 0
        number = self._next_seq[run_id]
        self._next_seq[run_id] = number + 1
        return number


def _state_of(article: Article) -> ArticleState:
    assert article.first_seen_at is not None
    assert article.fetched_at is not None
    return ArticleState(
        article.article_id,
        article.site,
        article.canonical_url,
        article.version_id,
        article.version,
        article.content_hash,
        article.title,
        article.published_at,
        article.first_seen_at,
        article.fetched_at,
    )
