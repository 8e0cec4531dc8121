"""What is remembered of a site's sources: when each is due, how it is asked, what it has taught."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from newscrawl.answers import conditions, header
from newscrawl.clock import now
from newscrawl.dataset import SourceState
from newscrawl.errand import Errand, Kind, errand_of
from newscrawl.schedule import (
    Asked,
    Poll,
    Validator,
    Validators,
    after_answer,
    after_failure,
    after_nothing,
    answered,
    ask,
    checked,
    is_time,
    not_modified,
)

if TYPE_CHECKING:
    from scrapy.http import Response

    from newscrawl.spider import NewsSpider

logger = logging.getLogger(__name__)

# Sources with a rate of their own.
_POLLED = frozenset({Kind.FEED, Kind.SITEMAP, Kind.LISTING, Kind.HOME, Kind.PROBE})


class SourceMemory:
    """One site's sources in one run, on the state of the runs before it.

    Times and trust are kept by `marks`, at the end of the run.
    """

    def __init__(self, spider: NewsSpider) -> None:
        self._site, self._ledger = spider.site.name, spider.ledger
        self._output, self._trust = spider.run.output, spider.looks.memory
        self._only_due = spider.settings["NEWSCRAWL_POLL"] == "due"
        self._states: dict[str, SourceState] = {}
        self._asked: dict[str, Asked] = {}
        self._indexes: set[str] = set()  # sitemaps of sitemaps: what is new stands below them
        self._archive_pages: set[str] = set()
        self._final: dict[str, str] = {}  # after redirects: what candidates name as their source

    # -- asking ----------------------------------------------------------------------------

    def is_due(self, url: str, errand: Errand) -> bool:
        """Whether a source's time has come; one that failed and must wait still fails."""
        known = self._output.source(url) if self._only_due else None
        if known is None or is_time(known.next_due, now(), known.polled_at):
            return True
        self._ledger.sources_not_due += 1
        if known.failures and not is_guess(errand):
            self._ledger.sources_failed["failed_before"] += 1
        return False

    def is_settled(self, url: str) -> bool:
        """Whether a usual place is known to hold a source, which is not due."""
        known = self._output.source(url) if self._only_due else None
        return (
            known is not None
            and not known.failures
            and not is_time(known.next_due, now(), known.polled_at)
        )

    def headers(self, url: str, errand: Errand) -> dict[str, str]:
        """The headers of a conditional request for a source."""
        known = self._output.source(url)
        if known is None:
            return {}
        validators = Validators(known.etag, known.last_modified)
        asked = ask(self._trust, str(errand.kind), url, validators, known.polled_at)
        self._asked[url] = asked
        return conditions(asked.sent)

    # -- what came -------------------------------------------------------------------------

    def answered(self, response: Response) -> None:
        """Remember an answer; `learn` plans the next poll, once the answer has been read."""
        url, at = _url(response), now()
        before = self._before(url)
        if response.status == 304:
            mark = replace(before, polled_at=at, good_at=at, failures=0)
            if (asked := self._asked.pop(url, None)) is not None:
                not_modified(self._trust, asked)
        elif response.status == 200:
            mark = replace(
                before,
                etag=header(response, "ETag"),
                last_modified=header(response, "Last-Modified"),
                body_sha256=hashlib.sha256(response.body).hexdigest(),
                polled_at=at,
                good_at=at,
                failures=0,
            )
        else:
            return
        self._states[url] = mark
        self._final[url] = response.url

    def learn(self, response: Response, errand: Errand, new_urls: int) -> Validator | None:
        """Plan the next poll of a source from how much new it named, unless it failed.

        Returns the validator, if any, whose old value is to be sent now (`checked`).
        """
        url = _url(response)
        mark, before = self._states.get(url), self._output.source(url)
        if mark is None or mark.failures or mark.polled_at is None:
            return None
        if errand.kind in _POLLED and _is_first_page(errand) and url not in self._indexes:
            poll = after_answer(
                mark.polled_at,
                new_urls,
                polled_at=before.polled_at if before else None,
                interval_s=mark.interval_s,
            )
            self._plan(url, poll)
        asked = self._asked.get(url)
        if asked is None or before is None or response.status != 200:
            return None
        # New bytes that name nothing new (a date of making) tell neither way.
        same = before.body_sha256 == mark.body_sha256
        if not new_urls and not same:
            return None
        after = Validators(mark.etag, mark.last_modified)
        return answered(self._trust, asked, after, changed=not same)

    def check(self, url: str, validator: Validator) -> dict[str, str]:
        """The headers that send a changed source's old validator."""
        old = self._asked[url].known
        etag = validator is Validator.ETAG
        return conditions(
            Validators(old.etag) if etag else Validators(last_modified=old.last_modified)
        )

    def checked(self, url: str, validator: Validator, *, hid: bool) -> None:
        """Learn whether a changed source's old validator was answered with 304."""
        checked(self._trust, self._asked[url], validator, hid=hid)

    def failed(self, url: str, errand: Errand, reason: str) -> None:
        """Remember that a source could not be had, so that it is asked again later and later.

        A usual place where nothing is, is no failure of the site; what is broken there is told
        once.
        """
        at, before = now(), self._before(url)
        failures = before.failures + 1
        if is_guess(errand):
            due = after_nothing(at, failures)
            told = bool(before.failures) or url in self._archive_pages
            if errand.guessed and not told:
                self._ledger.source_problems["usual_place_broken"] += 1
        else:
            due = after_failure(at, failures, before.interval_s).next_due
            self._ledger.sources_failed[reason] += 1
            logger.warning("%s: source %s %s: %s", self._site, errand.kind, url, reason)
        # without validators: a 304 would say that all is well
        self._states[url] = replace(
            before, polled_at=at, failures=failures, next_due=due, etag=None, last_modified=None
        )

    def note_index(self, url: str) -> None:
        """Note that a sitemap only names others."""
        self._indexes.add(url)

    def note_archive(self, url: str) -> None:
        """Note that a page is one of a dated archive."""
        self._archive_pages.add(url)

    def marks(self) -> list[SourceState]:
        """What to remember of the sources, once every URL has ended.

        A source that named a URL which the next run must meet again is remembered without its
        validators: a 304 would hide that URL.
        """
        marks: list[SourceState] = []
        for url, mark in self._states.items():
            if self._final.get(url) in self._ledger.unfinished_sources:
                mark = replace(mark, etag=None, last_modified=None, next_due=None)
                if url in self._archive_pages:  # not read whole: the next backfill asks again
                    mark = replace(mark, good_at=None)
            marks.append(mark)
        return marks

    def _before(self, url: str) -> SourceState:
        return self._output.source(url) or SourceState(url, self._site)

    def _plan(self, url: str, poll: Poll) -> None:
        mark = self._states[url]
        self._states[url] = replace(mark, interval_s=poll.interval_s, next_due=poll.next_due)


def is_guess(errand: Errand) -> bool:
    """Whether a source is only looked for where such a thing usually is."""
    return errand.kind is Kind.PROBE or errand.guessed


def _is_first_page(errand: Errand) -> bool:
    return errand.listing is None or errand.page == errand.listing.first_page


def _url(response: Response) -> str:
    assert response.request is not None
    return errand_of(response.request).key  # before redirects
