"""The ledger of one site in one run: every URL found is opened once and ends once.

``found = stored + new_version + unchanged + refused`` holds by construction at the end: what is
still open when the crawl closes is refused with the reason why it was not reached.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from newscrawl.items import Article, Candidate, FetchRecord, Rejection, Stage


class State(StrEnum):
    """How a found URL ended (column ``fetch_log.state``)."""

    STORED = "stored"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """A URL that was found and has not ended. ``key`` is its canonical URL."""

    key: str
    candidate: Candidate
    found_at: datetime
    sources: tuple[str, ...]  # all that named it


# Reasons that say nothing about the page: the next run must meet the URL again, so what its
# sources answered must not be remembered as read.
_PASSING = frozenset(
    {
        "connection_lost",
        "connection_refused",
        "dns",
        "host_failing",
        "http_408",
        "http_425",
        "http_429",
        "limit_articles",
        "limit_time",
        "limit_unclear",
        "limit_urls",
        "mostly_missing",
        "network",
        "not_reached",
        "out_of_window",
        "output_unwritable",
        "retry_after",
        "robots_unreachable",
        "stopped",
        "timeout",
        "truncated",
        "worker_lost",
    }
)


# Reasons that say nothing of the site's health: ours, the user's or the publisher's choice.
_CHOSEN = frozenset(
    {
        "gone",
        "limit_articles",
        "limit_time",
        "limit_unclear",
        "limit_urls",
        "not_article_url",
        "off_site",
        "out_of_window",
        "output_unwritable",
        "robots",
        "stopped",
        "taken_down",
    }
)


def is_choice(reason: str) -> bool:
    """Whether a refusal is a choice, and no sign of trouble."""
    return reason in _CHOSEN


def is_passing(reason: str) -> bool:
    """Whether a refusal may be over by the next run (network, limits, a stop)."""
    return reason in _PASSING or reason.startswith("http_5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What is known of an answer, for the account; ``seconds`` from request to whole answer."""

    final_url: str | None = None
    status: int | None = None
    bytes: int | None = None
    fetched_at: datetime | None = None
    seconds: float | None = None


NOT_FETCHED = Fetched()


@dataclass(slots=True)
class SiteLedger:
    """Entries and counts of one site. Not thread-safe: the crawl's loop owns it."""

    run_id: str
    site: str
    started_at: datetime
    states: Counter[State] = field(default_factory=Counter)
    refusals: Counter[tuple[str, str]] = field(default_factory=Counter)  # (stage, reason)
    languages: Counter[str] = field(default_factory=Counter)
    found: int = 0
    duplicates: int = 0
    requests: int = 0
    not_modified: int = 0
    bytes: int = 0
    errors: int = 0
    with_date: int = 0
    with_author: int = 0
    sources_read: int = 0
    sources_not_due: int = 0  # not asked: their learned time has not come
    sources_failed: Counter[str] = field(default_factory=Counter)
    source_problems: Counter[str] = field(default_factory=Counter)
    revisited: int = 0  # known articles that no source named
    gone: int = 0  # known articles that were asked for and are no longer there
    newest_published_at: datetime | None = None
    finished_at: datetime | None = None
    _open: dict[str, Entry] = field(default_factory=dict)
    _ended: dict[str, bool] = field(default_factory=dict)  # key -> whether it must be met again
    unfinished_sources: set[str] = field(default_factory=set)

    def find(self, key: str, candidate: Candidate, at: datetime) -> bool:
        """Open an entry. False if the run has met this URL before.

        A later source of a URL that is still open adds the evidence that the first one lacked.
        """
        if (unfinished := self._ended.get(key)) is not None:
            if unfinished:
                self.unfinished_sources.add(candidate.source_url)
            return False
        if (entry := self._open.get(key)) is not None:
            merged = _merge(entry.candidate, candidate)
            sources = (*entry.sources, candidate.source_url)
            self._open[key] = Entry(key, merged, entry.found_at, sources)
            return False
        self.found += 1
        self._open[key] = Entry(key, candidate, at, (candidate.source_url,))
        return True

    def entry(self, key: str) -> Entry | None:
        """The open entry of a key."""
        return self._open.get(key)

    def open_entries(self) -> list[Entry]:
        """Entries that have not ended, in the order they were found."""
        return list(self._open.values())

    def end(
        self,
        key: str,
        state: State,
        *,
        fetched: Fetched = NOT_FETCHED,
        rejection: Rejection | None = None,
        reason: str | None = None,
        version_id: str | None = None,
    ) -> FetchRecord | None:
        """Close an entry and return its row for ``fetch_log``; None if it had ended before."""
        entry = self._open.pop(key, None)
        if entry is None:
            return None
        self._ended[key] = False
        self.states[state] += 1
        if rejection is not None:
            self.refusals[str(rejection.stage), rejection.reason] += 1
            reason = rejection.reason
            self.gone += reason == "gone" and fetched.status is not None
            if is_passing(reason):
                self._ended[key] = True
                self.unfinished_sources.update(entry.sources)
        return FetchRecord(
            run_id=self.run_id,
            site=self.site,
            url=entry.candidate.url,
            state=str(state),
            stage=str(rejection.stage) if rejection else None,
            reason=reason,
            detail=(rejection.detail or None) if rejection else None,
            discovered_via=str(entry.candidate.via),
            source_url=entry.candidate.source_url or None,
            final_url=fetched.final_url if fetched.final_url != entry.candidate.url else None,
            status=fetched.status,
            bytes=fetched.bytes,
            found_at=entry.found_at,
            fetched_at=fetched.fetched_at,
            seconds=fetched.seconds,
            version_id=version_id,
        )

    def refuse(
        self, key: str, stage: Stage, reason: str, detail: str = "", fetched: Fetched = NOT_FETCHED
    ) -> FetchRecord | None:
        """Close an entry as refused."""
        entry = self._open.get(key)
        if entry is None:
            return None
        rejection = Rejection(entry.candidate.url, self.site, stage, reason, detail)
        return self.end(key, State.REFUSED, fetched=fetched, rejection=rejection)

    def forget_ended(self) -> None:
        """Let go of the keys of ended entries; for a run that meets each key once (an archive)."""
        self._ended.clear()

    def count_article(self, article: Article) -> None:
        """Count the fields of a row that was stored."""
        if article.published_at is not None:
            self.with_date += 1
            if self.newest_published_at is None or article.published_at > self.newest_published_at:
                self.newest_published_at = article.published_at
        if article.authors:
            self.with_author += 1
        if article.language:
            self.languages[article.language] += 1
        if article.duplicate_kind and article.duplicate_kind != "same_url_version":
            self.duplicates += 1

    @property
    def accepted(self) -> int:
        """Articles stored so far, new versions included."""
        return self.states[State.STORED] + self.states[State.NEW_VERSION]

    @property
    def refused_by_choice(self) -> int:
        """Refusals that are no sign of trouble."""
        return sum(n for (_, reason), n in self.refusals.items() if is_choice(reason))

    @property
    def balanced(self) -> bool:
        """Whether found = stored + new_version + unchanged + refused + still open."""
        return self.found == sum(self.states.values()) + len(self._open)


def _merge(first: Candidate, later: Candidate) -> Candidate:
    """The first candidate with what only the later one knows."""
    missing = {
        name: getattr(later, name)
        for name in (
            "title",
            "published_raw",
            "modified_raw",
            "language",
            "section",
            "keywords",
            "authors",
            "summary",
            "image_url",
            "publisher_id",
            "body_html",
        )
        if not getattr(first, name) and getattr(later, name)
    }
    return replace(first, **missing) if missing else first
