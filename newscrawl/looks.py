"""Looks at articles that are known: which are made, how they are asked for, what they teach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from newscrawl.answers import conditions
from newscrawl.dataset import Learned, UrlState
from newscrawl.discovery import parse_time
from newscrawl.items import Article, Candidate, Via
from newscrawl.schedule import (
    Asked,
    Odds,
    RevisitPlan,
    SiteMemory,
    Validator,
    Validators,
    answered,
    ask,
    checked,
    heeds_lastmod,
    is_look_due,
    lastmod_said,
    lastmod_vouches,
    look_made,
    next_try,
    not_modified,
    note_look,
    rate,
)
from newscrawl.selection import change_claimed, is_due, last_refusal

_SCOPE = "article"
_GONE = 2  # refusals in a row after which a look is only made at what a source still names


@dataclass(frozen=True, slots=True)
class _Look:
    asked: Asked
    known: UrlState
    planned: str | None  # the look of the plan that this one is
    said_new: bool | None  # whether the source said that it changed; None if it said nothing


class Looks:
    """The looks of one site in one run. ``plan`` is what the runs before have taught."""

    def __init__(self, site: str, learned: Iterable[Learned]) -> None:
        self._site = site
        self.memory = SiteMemory({x.what: Odds(x.yes, x.no) for x in learned})
        self.plan = RevisitPlan.of(self.memory)
        self._looks: dict[str, _Look] = {}

    def wants(self, known: UrlState, candidate: Candidate, at: datetime) -> bool:
        """Whether a known URL that a source names is asked for again."""
        if not is_due(known, candidate, at):
            return False
        claimed = change_claimed(known, candidate, at)
        if known.fetched_at is None or last_refusal(known) is not None:
            return True
        if claimed is not None and not is_look_due(known.next_due, at):
            return heeds_lastmod(self.memory, known.url, known.fetched_at)
        return not self.vouched(known, candidate, at)

    def vouched(self, known: UrlState, candidate: Candidate, at: datetime) -> bool:
        """Whether the source's word that nothing has changed stands for the look that is due."""
        if not is_look_due(known.next_due, at) or parse_time(candidate.modified_raw) is None:
            return False
        assert known.next_due is not None
        unchanged = known.article is not None and change_claimed(known, candidate, at) is None
        return unchanged and lastmod_vouches(self.memory, known.url, known.next_due)

    def headers(self, known: UrlState | None, candidate: Candidate, at: datetime) -> dict[str, str]:
        """The headers of a request for an article; remembers how it was asked for."""
        if known is None or known.article is None or known.fetched_at is None:
            return {}
        validators = Validators(known.etag, known.last_modified)
        asked = ask(self.memory, _SCOPE, known.url, validators, known.fetched_at)
        said_new = None
        if parse_time(candidate.modified_raw) is not None:
            said_new = change_claimed(known, candidate, at) is not None
        planned = look_made(born(known), known.fetched_at, at, again=has_changed(known))
        self._looks[known.url] = _Look(asked, known, planned, said_new)
        return conditions(asked.sent)

    def knows(self, key: str) -> bool:
        """Whether an article is asked for that was stored before."""
        return key in self._looks

    def unchanged(self, key: str, at: datetime) -> UrlState | None:
        """Learn from an answer 304; what to remember of the URL."""
        look = self._looks.pop(key, None)
        if look is None:
            return None
        not_modified(self.memory, look.asked)
        self._note(look, changed=False)
        return self.put_off(replace(look.known, fetched_at=at, outcome="unchanged", failures=0), at)

    def put_off(self, known: UrlState, at: datetime) -> UrlState:
        """A known article with its next look after ``at`` planned."""
        again = has_changed(known)
        due = self.plan.next_look(born(known), at, url=known.url, again=again)
        return replace(known, next_due=due)

    def read(self, key: str, article: Article, *, changed: bool) -> Validator | None:
        """Learn from a page that was read; ``changed`` where it gave a new version.

        Returns the validator that is to be put to the test (`check`, `checked`).
        """
        look = self._looks.get(key)
        if look is None:
            return None
        # what cleaning has learned since may alter the text of the very same bytes
        changed = changed and article.raw_sha256 != look.known.raw_sha256
        self._note(look, changed=changed)
        after = Validators(article.etag, article.last_modified)
        return answered(self.memory, look.asked, after, changed=changed)

    def check(self, key: str, validator: Validator) -> dict[str, str]:
        """The headers that send a changed page's old validator."""
        old = self._looks[key].known
        return conditions(
            Validators(old.etag)
            if validator is Validator.ETAG
            else Validators(last_modified=old.last_modified)
        )

    def checked(self, key: str, validator: Validator, *, hid: bool) -> None:
        """Learn whether a changed page's old validator was answered with 304."""
        checked(self.memory, self._looks[key].asked, validator, hid=hid)

    def worth(self, known: UrlState, at: datetime) -> float:
        """How likely a look at a known article finds a change."""
        assert known.fetched_at is not None
        again = has_changed(known)
        return rate(self.memory, look_made(born(known), known.fetched_at, at, again=again))

    def marks(self) -> list[Learned]:
        """What is to be kept of what was learned."""
        return [
            Learned(self._site, what, odds.yes, odds.no)
            for what, odds in self.memory.noted().items()
        ]

    def _note(self, look: _Look, *, changed: bool) -> None:
        if look.planned is not None:
            note_look(self.memory, look.planned, changed=changed)
        if look.said_new is not None:
            lastmod_said(self.memory, new=look.said_new, changed=changed)


def born(known: UrlState) -> datetime:
    """The instant from which a known article's looks are counted."""
    published = known.article.published_at if known.article is not None else None
    return published or known.first_seen_at


def has_changed(known: UrlState) -> bool:
    """Whether a known article has had more than one version."""
    return known.article is not None and known.article.version > 1


def is_revisited(known: UrlState) -> bool:
    """Whether a look is made at a known URL though no source names it."""
    if known.article is None or known.article.taken_down_at is not None:
        return False
    gone = last_refusal(known) is not None and known.failures >= _GONE
    return known.fetched_at is not None and not gone


def revisited(known: UrlState) -> Candidate:
    """A known article as a candidate, with the evidence that is still at hand."""
    assert known.article is not None
    published = known.article.published_at
    return Candidate(
        known.fetch_url or known.url,
        known.site,
        Via.REVISIT,
        title=known.article.title,
        published_raw=published.isoformat() if published is not None else None,
    )


def refused_again(before: UrlState, outcome: str, at: datetime) -> UrlState:
    """What to remember of a URL that was refused for what it is.

    An article that is gone for the second time is asked for only where a source still names it.
    """
    failures = before.failures + 1 if last_refusal(before) is not None else 1
    kept = before.fetch_url if failures < _GONE else None
    return replace(
        before,
        outcome=outcome,
        fetched_at=at,
        failures=failures,
        next_due=next_try(at, failures),
        fetch_url=kept,
    )
