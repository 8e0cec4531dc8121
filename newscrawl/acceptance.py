"""Accepting a group of articles in one transaction: what is new is stored, all is accounted for.

Crawl, ingestion and re-extraction accept through this one class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from newscrawl import __version__
from newscrawl.account import Entry, Fetched, SiteLedger, State
from newscrawl.dataset import Transaction, UrlState
from newscrawl.dedup import Assignment, Story, StoryIndex, change_between
from newscrawl.items import Article, Rejection
from newscrawl.schedule import EVERY_LOOK, RevisitPlan


@dataclass(frozen=True, slots=True)
class Submission:
    """An article ready to be accepted, with what its account needs.

    ``mark`` is the URL (canonical form) under which the state remembers the page; None where it
    knows a later look at that URL already. ``plan`` says when it is looked at again.
    """

    article: Article
    story: Story
    ledger: SiteLedger
    entry: Entry
    fetched: Fetched
    mark: str | None
    plan: RevisitPlan = EVERY_LOOK
    judged: bool = False  # a worker has judged the row
    last_text: bytes | None = None  # `newscrawl.dataset.pack_last_text`, if a worker did it already


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a submission; ``rejection`` is set for a refused one."""

    state: State
    rejection: Rejection | None = None


class Acceptance:
    """Judges, clusters and stores the articles of a run.

    ``keep_run`` leaves the run that an article names as it is (a dataset made anew from an
    archive); else the article becomes one of this run.
    """

    def __init__(self, stories: StoryIndex, run_id: str, *, keep_run: bool = False) -> None:
        self._stories, self._run_id, self._keep_run = stories, run_id, keep_run

    def accept(self, tx: Transaction, batch: Sequence[Submission]) -> list[Accepted]:
        """What became of each submission; nothing is true before the transaction has ended."""
        results: dict[int, Accepted] = {}
        # by text, title and site: one story may be asked for by several addresses
        fresh: dict[tuple[str, str, str], int] = {}
        again: list[int] = []
        for i, submission in enumerate(batch):
            article = submission.article
            article.code_version = __version__
            if not self._keep_run or not article.run_id:
                article.run_id = self._run_id
            latest = tx.latest(article.article_id)
            text = (article.site, article.content_hash, article.title)
            if text in fresh:
                again.append(i)
            elif latest is not None and latest.version_id == article.version_id:
                results[i] = self._unchanged(tx, submission, article.version_id)
            elif latest is None and (same := tx.same_text(article)) is not None:
                results[i] = self._unchanged(tx, submission, same.version_id, same.article_id)
            elif (rejection := tx.check(article, judged=submission.judged)) is not None:
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
        article, ledger = submission.article, submission.ledger
        article.cluster_id, article.is_primary = assignment.cluster_id, assignment.is_primary
        article.duplicate_kind, article.duplicate_of = assignment.kind, assignment.duplicate_of
        article.overlap = assignment.overlap
        if (kind := _change(tx, article)) is not None:
            article.flag(f"change_{kind}")
        added = tx.add_article(article, last_text=submission.last_text)
        if isinstance(added, Rejection):
            return self._refused(tx, submission, added)
        if not added.new:  # an earlier version came back
            return self._unchanged(tx, submission, article.version_id)
        state = State.STORED if added.version == 1 else State.NEW_VERSION
        ledger.count_article(article)
        self._end(tx, submission, state, version_id=article.version_id)
        if submission.mark is not None:
            tx.mark_url(url_state(submission, article, state, again=added.version > 1))
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
        if submission.mark is not None:
            latest = tx.latest(article_id or submission.article.article_id)
            again = latest is not None and latest.version > 1
            mark = url_state(submission, submission.article, State.UNCHANGED, again=again)
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


def _change(tx: Transaction, article: Article) -> str | None:
    """What kind of change an article's new version is, if the version before is still at hand."""
    before = tx.last_text(article.article_id)
    if before is None:
        return None
    change = change_between(*before, article.title, article.body, article_type=article.article_type)
    return str(change.kind) if change is not None else None


def url_state(submission: Submission, article: Article, state: State, *, again: bool) -> UrlState:
    """What to remember of a fetched article under the canonical URL it was found by.

    ``again`` says that the article has changed since it was first stored.
    """
    assert article.fetched_at is not None
    assert submission.mark is not None
    first_seen = article.first_seen_at or submission.entry.found_at
    return UrlState(
        url=submission.mark,
        site=article.site,
        first_seen_at=first_seen,
        article_id=article.article_id,
        outcome=str(state),
        fetched_at=article.fetched_at,
        etag=article.etag,
        last_modified=article.last_modified,
        raw_sha256=article.raw_sha256,
        next_due=submission.plan.next_look(
            article.published_at or first_seen,
            article.fetched_at,
            url=submission.mark,
            again=again,
        ),
        fetch_url=submission.entry.candidate.url,
    )
