"""The one owner of the output within a process: accepts articles in groups, each one transaction.

An article is acknowledged only after COMMIT. Groups of up to 50 articles, or what came within a
quarter of a second, share a transaction, because each costs an fsync.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import Any

from newscrawl import __version__
from newscrawl.account import Entry, Fetched, SiteLedger, State
from newscrawl.clock import now
from newscrawl.dataset import Output, OutputUnwritable, SourceState, Transaction, UrlState
from newscrawl.dedup import Assignment, Story, StoryIndex
from newscrawl.items import Article, FetchRecord, Rejection, RunRecord
from newscrawl.schedule import next_look

logger = logging.getLogger(__name__)

GROUP = 50
GROUP_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Submission:
    """An article ready to be accepted, with what its account needs."""

    article: Article
    story: Story
    ledger: SiteLedger
    entry: Entry
    fetched: Fetched


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a submission; ``rejection`` is set for a refused one."""

    state: State
    rejection: Rejection | None = None


class Sink:
    """Group commit over an `Output` and its story index."""

    def __init__(self, output: Output, stories: StoryIndex, run_id: str) -> None:
        self._output, self._stories, self._run_id = output, stories, run_id
        self._articles: list[tuple[Submission, asyncio.Future[Accepted]]] = []
        self._records: list[FetchRecord] = []
        self._marks: list[UrlState | SourceState] = []
        self._timer: asyncio.TimerHandle | None = None
        self.broken = False
        self.failure: OutputUnwritable | None = None

    async def submit(self, submission: Submission) -> Accepted:
        """Accept an article; returns after its transaction is on disk.

        Raises `OutputUnwritable` if it cannot be written.
        """
        future: asyncio.Future[Accepted] = asyncio.get_running_loop().create_future()
        self._articles.append((submission, future))
        self._schedule()
        return await future

    def log(self, record: FetchRecord | None, mark: UrlState | SourceState | None = None) -> None:
        """Note the end of a URL that is not an article to store; written with the next group."""
        if record is not None:
            self._records.append(record)
        if mark is not None:
            self._marks.append(mark)
        self._schedule()

    async def log_run(self, record: RunRecord) -> None:
        """Write a site's row of ``runs`` with all that is pending."""
        self.commit(record)

    def _schedule(self) -> None:
        if len(self._articles) >= GROUP or len(self._records) >= 20 * GROUP:
            self.commit()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GROUP_SECONDS, self.commit)

    def commit(self, run: RunRecord | None = None) -> None:
        """Write the pending group in one transaction, then acknowledge it.

        A failure is remembered, given to everyone who waits, and makes the run end with exit 3.
        """
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        articles, self._articles = self._articles, []
        records, self._records = self._records, []
        marks, self._marks = self._marks, []
        if not (articles or records or marks or run):
            return
        try:
            if self.failure is not None:
                raise self.failure
            results: list[Accepted] = []
            with self._output.transaction() as tx:
                results = self._accept(tx, [submission for submission, _ in articles])
                for record in records:
                    tx.log_fetch(record)
                for mark in marks:
                    if isinstance(mark, UrlState):
                        tx.mark_url(mark)
                    else:
                        tx.mark_source(mark)
                if run is not None:
                    tx.add_run(run)
            self._output.flush()
        except OutputUnwritable as error:
            self.broken, self.failure = True, error
            logger.critical("Output could not be written: %s", error)
            for _, future in articles:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(articles, results, strict=True):
            if not future.done():
                future.set_result(result)

    def _accept(self, tx: Transaction, batch: list[Submission]) -> list[Accepted]:
        results: dict[int, Accepted] = {}
        # by text, title and site: one story may be asked for by several addresses
        fresh: dict[tuple[str, str, str], int] = {}
        again: list[int] = []
        for i, submission in enumerate(batch):
            article = submission.article
            article.run_id, article.code_version = self._run_id, __version__
            latest = tx.latest(article.article_id)
            text = (article.site, article.content_hash, article.title)
            if text in fresh:
                again.append(i)
            elif latest is not None and latest.version_id == article.version_id:
                results[i] = self._unchanged(tx, submission, article.version_id)
            elif latest is None and (same := tx.same_text(article)) is not None:
                results[i] = self._unchanged(tx, submission, same.version_id, same.article_id)
            elif (rejection := tx.check(article)) is not None:
                results[i] = self._refused(tx, submission, rejection)
            else:
                fresh[text] = i
        assignments = self._stories.assign([batch[i].story for i in fresh.values()])
        for i, assignment in zip(fresh.values(), assignments, strict=True):
            results[i] = self._store(tx, batch[i], assignment)
        for i in again:
            article = batch[i].article
            first = batch[fresh[article.site, article.content_hash, article.title]].article
            results[i] = self._unchanged(tx, batch[i], first.version_id, first.article_id)
        return [results[i] for i in range(len(batch))]

    def _store(self, tx: Transaction, submission: Submission, assignment: Assignment) -> Accepted:
        article, ledger, entry = submission.article, submission.ledger, submission.entry
        article.cluster_id, article.is_primary = assignment.cluster_id, assignment.is_primary
        article.duplicate_kind, article.duplicate_of = assignment.kind, assignment.duplicate_of
        article.overlap = assignment.overlap
        added = tx.add_article(article)
        if isinstance(added, Rejection):
            return self._refused(tx, submission, added)
        if not added.new:  # an earlier version came back
            return self._unchanged(tx, submission, article.version_id)
        state = State.STORED if added.version == 1 else State.NEW_VERSION
        ledger.count_article(article)
        self._end(tx, submission, state, version_id=article.version_id)
        tx.mark_url(url_state(entry, article, str(state)))
        return Accepted(state)

    def _unchanged(
        self,
        tx: Transaction,
        submission: Submission,
        version_id: str,
        article_id: str | None = None,
    ) -> Accepted:
        """End a URL whose text is stored already, here or (``article_id``) at another address."""
        reason = "same_text" if article_id is None else "same_article"
        self._end(tx, submission, State.UNCHANGED, reason=reason, version_id=version_id)
        mark = url_state(submission.entry, submission.article, str(State.UNCHANGED))
        tx.mark_url(replace(mark, article_id=article_id or mark.article_id))
        return Accepted(State.UNCHANGED)

    def _refused(self, tx: Transaction, submission: Submission, rejection: Rejection) -> Accepted:
        self._end(tx, submission, State.REFUSED, rejection=rejection)
        return Accepted(State.REFUSED, rejection)

    @staticmethod
    def _end(tx: Transaction, submission: Submission, state: State, **facts: Any) -> None:
        record = submission.ledger.end(
            submission.entry.key, state, fetched=submission.fetched, **facts
        )
        if record is not None:
            tx.log_fetch(record)

    def close(self) -> None:
        """Write what is pending, flush everything to the dataset, release the output."""
        self.commit()
        try:
            if not self.broken:
                with self._output.transaction():
                    self._stories.merge(now())
                self._output.flush(force=True)
                self._stories.sweep()
        except OutputUnwritable as error:
            self.broken, self.failure = True, error
            logger.critical("Output could not be written: %s", error)
        finally:
            self._output.close()


def url_state(entry: Entry, article: Article, outcome: str) -> UrlState:
    """What to remember of a fetched article under the URL it was found by."""
    assert article.fetched_at is not None
    first_seen = article.first_seen_at or entry.found_at
    return UrlState(
        url=entry.key,
        site=article.site,
        first_seen_at=first_seen,
        article_id=article.article_id,
        outcome=outcome,
        fetched_at=article.fetched_at,
        etag=article.etag,
        last_modified=article.last_modified,
        raw_sha256=article.raw_sha256,
        next_due=next_look(article.published_at or first_seen, article.fetched_at),
    )
