"""A run over pages that are at hand (archives): no Scrapy, no requests, the same acceptance.

Pages are settled in the order they came, in groups that are one transaction each.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newscrawl import __version__
from newscrawl.acceptance import Acceptance, Submission
from newscrawl.account import (
    Fetched,
    Judgement,
    SiteLedger,
    State,
    Summary,
    Verdict,
    exit_code,
    run_record,
)
from newscrawl.archive import Place
from newscrawl.clock import now
from newscrawl.dataset import (
    Output,
    OutputUnwritable,
    Transaction,
    UrlState,
    judge_article,
    pack_last_text,
)
from newscrawl.dedup import Story, StoryIndex, canonical_url, signed, story_of
from newscrawl.items import Article, Candidate, FetchRecord, Rejection, RunRecord
from newscrawl.outputs import rest
from newscrawl.site import Site

logger = logging.getLogger(__name__)

GROUP = 200  # records, pages or not, a transaction
_DEFECTS = frozenset({"extraction_error"})


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a worker has done for an article ahead of its acceptance.

    ``url`` is the canonical form of the candidate's; ``last_text`` is title and body as the state
    keeps them. The row has been judged.
    """

    story: Story
    url: str
    last_text: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of one page. ``name`` is the site's; ``site`` None for an unregistered one."""

    place: Place
    name: str
    site: Site | None
    candidate: Candidate
    fetched: Fetched
    result: Article | Rejection
    prepared: Prepared | None = None


def prepared(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes with all that accepting needs and that does not depend on what was accepted
    before; one whose article may not be a row ends as a rejection.
    """
    found = list(outcomes)
    articles: list[tuple[int, Article]] = []
    for i, outcome in enumerate(outcomes):
        if not isinstance(outcome.result, Article):
            continue
        if (rejection := judge_article(outcome.result, owned=False)) is not None:
            found[i] = replace(outcome, result=rejection)
        else:
            articles.append((i, outcome.result))
    # texts are signed together: that costs a third of signing one by one
    stories = signed([story_of(article) for _, article in articles])
    for (i, article), story in zip(articles, stories, strict=True):
        url = canonical_url(found[i].candidate.url, found[i].site)
        done = Prepared(story, url, pack_last_text(article))
        found[i] = replace(found[i], prepared=done)
    return found


class BatchRun:
    """Settles outcomes into an output; ends with `finish`.

    ``in_commit`` is called within each transaction, for what must be true together with its rows.
    ``keep_run`` and ``mark`` are for a dataset made anew: rows keep the run that fetched them.
    """

    def __init__(
        self,
        run_id: str,
        output: Output,
        stories: StoryIndex,
        *,
        keep_run: bool = False,
        mark: bool = True,
        in_commit: Callable[[Transaction], None] = lambda _: None,
    ) -> None:
        self.run_id, self.output, self.started_at = run_id, output, now()
        self.ledgers: dict[str, SiteLedger] = {}
        self.signal: int | None = None
        self.unwritable = False
        self._stories, self._mark, self._in_commit = stories, mark, in_commit
        self._acceptance = Acceptance(stories, run_id, keep_run=keep_run)
        self._hashes: dict[str, str] = {}
        self._group: list[Outcome] = []
        self._noted = 0

    def settle(self, outcome: Outcome) -> None:
        """Account for a page, and store its article with the group that it belongs to.

        Raises `OutputUnwritable`.
        """
        self._group.append(outcome)
        self.note()

    def note(self) -> None:
        """Count a record towards the next commit; called for those that are no pages."""
        self._noted += 1
        if self._noted >= GROUP:
            self.commit()

    def commit(self) -> None:
        """Make everything settled so far lasting. Raises `OutputUnwritable`."""
        group, self._group, self._noted = self._group, [], 0
        records: list[FetchRecord] = []
        articles: list[Outcome] = []
        for outcome in group:
            ledger, key = self._ledger(outcome), _key(outcome.place)
            ledger.find(key, outcome.candidate, outcome.fetched.fetched_at or self.started_at)
            ledger.bytes += outcome.fetched.bytes or 0
            if isinstance(outcome.result, Article):
                articles.append(outcome)
                continue
            record = ledger.end(
                key, State.REFUSED, rejection=outcome.result, fetched=outcome.fetched
            )
            if record is not None:
                records.append(record)
        with self.output.transaction() as tx:
            self._acceptance.accept(tx, self._submissions(tx, articles))
            for record in records:
                tx.log_fetch(record)
            self._in_commit(tx)
        for name in {outcome.name for outcome in group}:
            self.ledgers[name].forget_ended()
        self.output.flush()

    def finish(self, also: Sequence[Verdict] = (), stopped: str | None = None) -> Summary:
        """Write what is pending and the rows of ``runs``, flush, close, and sum up.

        ``also`` are verdicts on what is no site (a damaged file).
        """
        verdicts = {name: _judge(ledger, stopped) for name, ledger in self.ledgers.items()}
        at = now()
        try:
            if not self.unwritable:
                self.commit()
            verdicts = {name: _judge(ledger, stopped) for name, ledger in self.ledgers.items()}
            runs = [self._record(name, verdict, at) for name, verdict in verdicts.items()]
            if not self.unwritable:
                with self.output.transaction() as tx:
                    for record in runs:
                        tx.add_run(record)
                rest(self.output, self._stories, now())
        except OutputUnwritable as error:
            self.fail(error)
            runs = [self._record(name, verdict, at) for name, verdict in verdicts.items()]
        finally:
            self.output.close()
        code = exit_code(
            [*verdicts.values(), *also], signal=self.signal, unwritable=self.unwritable
        )
        return Summary(
            run_id=self.run_id,
            started_at=self.started_at,
            finished_at=now(),
            records=tuple(sorted(runs, key=lambda r: r.site)),
            refusals={name: dict(ledger.refusals) for name, ledger in self.ledgers.items()},
            exit_code=code,
            output=self.output.uri,
            recall={},
        )

    def fail(self, error: OutputUnwritable) -> None:
        """Remember that nothing more can be written (exit code 3)."""
        self.unwritable = True
        logger.critical("Output could not be written: %s", error)

    def _submissions(self, tx: Transaction, articles: Sequence[Outcome]) -> list[Submission]:
        urls = [
            o.prepared.url if o.prepared else canonical_url(o.candidate.url, o.site)
            for o in articles
        ]
        known = tx.known(urls)
        out: list[Submission] = []
        for outcome, url in zip(articles, urls, strict=True):
            article = outcome.result
            assert isinstance(article, Article)
            ledger = self._ledger(outcome)
            entry = ledger.entry(_key(outcome.place))
            assert entry is not None
            mark = url if self._mark and _is_later(article, known.get(url)) else None
            done = outcome.prepared
            story = done.story if done else story_of(article)
            last_text = done.last_text if done else None
            out.append(
                Submission(
                    article, story, ledger, entry, outcome.fetched, mark,
                    judged=done is not None, last_text=last_text,
                )
            )  # fmt: skip
        return out

    def _ledger(self, outcome: Outcome) -> SiteLedger:
        ledger = self.ledgers.get(outcome.name)
        if ledger is None:
            ledger = self.ledgers[outcome.name] = SiteLedger(self.run_id, outcome.name, now())
            text = repr(outcome.site or outcome.name)
            self._hashes[outcome.name] = hashlib.sha256(text.encode()).hexdigest()[:16]
        return ledger

    def _record(self, name: str, verdict: Verdict, at: datetime) -> RunRecord:
        ledger = self.ledgers[name]
        return run_record(
            ledger,
            verdict,
            finished_at=at,
            config_hash=self._hashes[name],
            code_version=__version__,
        )


def _key(place: Place) -> str:
    return f"{place.file}:{place.offset}:{place.within}"


def _is_later(article: Article, known: UrlState | None) -> bool:
    """Whether a page is news to the state: an archive must not undo what a crawl learned since."""
    if known is None or known.fetched_at is None:
        return True
    return article.fetched_at is not None and article.fetched_at > known.fetched_at


def _judge(ledger: SiteLedger, stopped: str | None) -> Verdict:
    """Pages of an archive say nothing of a site's health: only defects of ours count."""
    if stopped:
        return Verdict(Judgement.STOPPED, stopped)
    defects = sum(n for (_, reason), n in ledger.refusals.items() if reason in _DEFECTS)
    if defects:
        return Verdict(Judgement.DEGRADED, f"{defects} pages met a defect of newscrawl")
    return Verdict(Judgement.OK)
