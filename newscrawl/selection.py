"""Which of the URLs that were found are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from newscrawl.dataset import UrlState
from newscrawl.discovery import UrlKind, UrlVerdict, in_domains, parse_time
from newscrawl.items import Candidate, Stage
from newscrawl.schedule import is_look_due
from newscrawl.site import Site

_REFUSED = "refused:"
_CLOCK_SKEW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Publication times wanted, aware; None is open."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether a time lies in the window."""
        return not (
            (self.since is not None and at < self.since)
            or (self.until is not None and at > self.until)
        )

    def nearly_holds(self, at: datetime) -> bool:
        """Whether a time lies in the window or within a day of it: some pages tell only a day."""
        return Window(
            self.since - _CLOCK_SKEW if self.since else None,
            self.until + _CLOCK_SKEW if self.until else None,
        ).holds(at)


def unwanted(candidate: Candidate, verdict: UrlVerdict, site: Site, window: Window) -> str | None:
    """Why a candidate is not an article of the site in the window, or None if it may be one.

    ``verdict`` is what the URL's shape and its source say (`newscrawl.discovery.judge_candidate`).
    """
    if not in_domains(candidate.url, site.domains):
        return "off_site"
    if verdict.kind in {UrlKind.SECTION, UrlKind.REFUSED}:
        return "not_article_url"
    published = parse_time(candidate.published_raw)
    if published is not None and not window.holds(published):
        return "out_of_window"
    return None


def is_due(known: UrlState, candidate: Candidate, at: datetime) -> bool:
    """Whether a known URL is asked for again: its time has come, or its source says it changed."""
    if known.fetched_at is None or is_look_due(known.next_due, at):
        return True
    if known.fetched_at > at + _CLOCK_SKEW:  # a clock was wrong then, or is now
        return True
    return change_claimed(known, candidate, at) is not None


def change_claimed(known: UrlState, candidate: Candidate, at: datetime) -> datetime | None:
    """When a known page changed after it was last fetched, if its source says that it did."""
    changed = parse_time(candidate.modified_raw)
    if changed is None or known.fetched_at is None:
        return None
    # A time far in the future is a clock or a placeholder that lies.
    return changed if known.fetched_at < changed <= at + _CLOCK_SKEW else None


def refusal_word(stage: Stage, reason: str) -> str:
    """What to remember of a URL that was refused for what it is."""
    return f"{_REFUSED}{stage}/{reason}"


def last_refusal(known: UrlState) -> tuple[Stage, str] | None:
    """Stage and reason of the last refusal of a known URL, or None if it is an article."""
    if known.outcome is None or not known.outcome.startswith(_REFUSED):
        return None
    stage, _, reason = known.outcome.removeprefix(_REFUSED).partition("/")
    return Stage(stage), reason
