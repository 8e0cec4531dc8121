"""NewsSpider: discover -> fetch -> extract. The only orchestration of a site's crawl.

Every URL found is opened in the site's ledger and ends there once, here (refused, unchanged) or in
the pipelines (stored, new version, refused).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from twisted.python.failure import Failure

from newscrawl.account import Entry, Fetched, SiteLedger, State, is_passing
from newscrawl.answers import fetched_facts, header, header_pairs
from newscrawl.clock import now
from newscrawl.dataset import SourceState, UrlState
from newscrawl.dedup import canonical_url
from newscrawl.discovery import (
    Problem,
    SectionReading,
    SitemapWalk,
    find_sources,
    in_domains,
    page_url,
    read_feed,
    read_listing,
    read_section,
    read_sitemap,
)
from newscrawl.errand import META, Errand, Kind, errand_of
from newscrawl.extract import decode
from newscrawl.items import Article, Candidate, FetchRecord, Page, Rejection, Stage
from newscrawl.manners import LIMITS
from newscrawl.platforms.wordpress import posts
from newscrawl.refusal import reason_of
from newscrawl.schedule import next_look, next_try
from newscrawl.selection import Window, is_due, last_refusal, refusal_word, unwanted
from newscrawl.site import Listing, Site

if TYPE_CHECKING:
    from scrapy.http import Response

    from newscrawl.run import Run

# Sources first, so that the evidence of all of them is together when the articles are read.
_PRIORITY = {
    Kind.HOME: 100,
    Kind.FEED: 80,
    Kind.SITEMAP: 60,
    Kind.PROBE: 50,
    Kind.LISTING: 40,
    Kind.ARTICLE: 0,
}
# Without --since, sitemaps are read for what changed lately: archives are asked for on purpose.
_RECENT = timedelta(days=7)


class NewsSpider(Spider):
    """Base of all site spiders; a subclass gives ``name`` and ``site``."""

    site: ClassVar[Site]
    run: Run
    ledger: SiteLedger

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked: set[str] = set()  # addresses of sources
        self._source_states: dict[str, SourceState] = {}
        self._listing_prints: set[str] = set()
        self._accepted = 0
        self._new_urls = 0

    def join(self, run: Run) -> None:
        """Become part of a run; called by the account extension before the first request."""
        self.run, options = run, run.options
        self.ledger = run.open_site(self.site)
        self._window = Window(options.since, options.until)
        self._deadline = now() + timedelta(seconds=options.max_time) if options.max_time else None
        self._walk = SitemapWalk((), since=options.since or now() - _RECENT)

    # -- sources ---------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        site = self.site
        if site.discover:
            yield self._ask_source(site.home, Errand(Kind.HOME), conditional=False)
        for url in site.feeds:
            yield self._ask_source(url, Errand(Kind.FEED))
        for listing in site.listings:
            yield self._ask_listing(listing)
        for request in self._walk_on((*site.news_sitemaps, *site.sitemaps)):
            yield request

    def _ask_source(self, url: str, errand: Errand, *, conditional: bool = True) -> Request:
        self._asked.add(url)
        known = self.run.output.source(url) if conditional else None
        return Request(
            url,
            callback=self.parse_source,
            errback=self.source_failed,
            headers=_validators(known),
            priority=_PRIORITY[errand.kind],
            dont_filter=True,
            meta={META: errand},
        )

    def _ask_new(self, urls: Iterable[str], errand: Errand) -> Iterator[Request]:
        for url in urls:
            if url not in self._asked:
                yield self._ask_source(url, errand)

    def _ask_listing(self, listing: Listing) -> Request:
        first = listing.first_url or page_url(listing, listing.first_page)
        return self._ask_source(
            first, Errand(Kind.LISTING, listing=listing, page=listing.first_page)
        )

    def _walk_on(self, starts: Sequence[str] = ()) -> Iterator[Request]:
        """Ask for the next sitemap of the walk: one at a time, since each says what is next."""
        self._walk.add(starts)
        if (url := self._walk.take()) is not None:
            yield self._ask_source(url, Errand(Kind.SITEMAP))

    async def parse_source(self, response: Response) -> AsyncIterator[Request]:
        """Read a feed, sitemap, listing or home page and ask for what it names."""
        assert response.request is not None
        errand = errand_of(response.request)
        self.ledger.bytes += len(response.body)
        self._note_source(response)
        if response.status == 304:
            self.ledger.not_modified += 1
            self.ledger.sources_read += 1
        elif response.status == 200:
            reader = {
                Kind.HOME: self._read_home,
                Kind.PROBE: self._read_probe,
                Kind.FEED: self._read_feed,
                Kind.SITEMAP: self._read_sitemap,
                Kind.LISTING: self._read_listing,
            }[errand.kind]
            for request in reader(response, errand):
                yield request
        else:
            self._fail(response.url, errand, f"http_{response.status}")
        if errand.kind is Kind.SITEMAP:
            for request in self._walk_on():
                yield request

    def _read_home(self, response: Response, _: Errand) -> Iterator[Request]:
        self.ledger.sources_read += 1
        html = self._text(response)
        parts = urlsplit(response.url)
        policy = self.run.hosts.policy(f"{parts.scheme}://{parts.netloc}")
        found = find_sources(html, response.url, policy.text if policy else "")
        yield from self._ask_new(found.feeds[: LIMITS.feeds], Errand(Kind.FEED))
        if found.listing is not None:
            yield self._ask_listing(posts(self.site.home))
        yield from self._walk_on((*found.news_sitemaps, *found.sitemaps))
        yield from self._ask_new(found.probes, Errand(Kind.PROBE))
        yield from self._consider(read_section(html, response.url, self.site).candidates)
        yield from self._ask_new(found.sections[: LIMITS.sections], Errand(Kind.LISTING))

    def _read_probe(self, response: Response, errand: Errand) -> Iterator[Request]:
        """An answer from a usual place: what it is shows when it is read."""
        reading = read_sitemap(response.body, response.url, self.site.name)
        if reading.kind in {"urlset", "index", "text"}:
            yield from self._walk_on([response.url])
        else:
            yield from self._read_feed(response, errand)

    def _read_feed(self, response: Response, errand: Errand) -> Iterator[Request]:
        reading = read_feed(
            response.body, response.url, header(response, "Content-Type"), self.site.name
        )
        if not reading.candidates and reading.kind in {"html", "unknown", "empty"}:
            self._fail(response.url, errand, f"feed_is_{reading.kind}")
            return
        self._read(reading.problems)
        yield from self._consider(reading.candidates)

    def _read_sitemap(self, response: Response, errand: Errand) -> Iterator[Request]:
        reading = read_sitemap(response.body, response.url, self.site.name)
        if reading.kind in {"html", "unknown"} and not reading.candidates:
            self._fail(response.url, errand, f"sitemap_is_{reading.kind}")
            return
        self._read(reading.problems)
        assert response.request is not None
        yield from self._consider(self._walk.give(response.request.url, reading))

    def _read_listing(self, response: Response, errand: Errand) -> Iterator[Request]:
        listing = errand.listing
        first = listing is None or errand.page == listing.first_page
        if listing is None or listing.kind == "html":
            reading = read_section(self._text(response), response.url, self.site, listing)
        else:
            content_type = header(response, "Content-Type")
            reading = read_listing(response.body, response.url, self.site, listing, content_type)
        if first and not reading.candidates and not reading.empty:
            self._fail(response.url, errand, "listing_without_articles")
            return
        self._read(reading.problems)
        if reading.fingerprint in self._listing_prints:
            self.ledger.source_problems["repeats"] += 1
            return
        self._listing_prints.add(reading.fingerprint)
        before = self._new_urls
        yield from self._consider(reading.candidates)
        if listing is not None and self._new_urls > before:
            yield from self._next_page(listing, errand, reading)

    def _next_page(
        self, listing: Listing, errand: Errand, reading: SectionReading
    ) -> Iterator[Request]:
        """Go on only while a page names URLs that are new, within the listing's limit."""
        page = errand.page + 1
        if page - listing.first_page < listing.max_pages and reading.next_url not in {
            None,
            *self._asked,
        }:
            assert reading.next_url is not None
            yield self._ask_source(reading.next_url, replace(errand, page=page), conditional=False)

    def _read(self, problems: Iterable[Problem]) -> None:
        self.ledger.sources_read += 1
        for problem in problems:
            self.ledger.source_problems[problem.word] += 1

    def source_failed(self, failure: Failure) -> Iterator[Request]:
        """Account for a source that could not be fetched, and go on with the next sitemap."""
        request: Request = failure.request  # type: ignore[attr-defined]
        errand = errand_of(request)
        self._fail(request.url, errand, reason_of(failure.value)[1])
        if errand.kind is Kind.SITEMAP:
            yield from self._walk_on()

    def _fail(self, url: str, errand: Errand, reason: str) -> None:
        if errand.kind is not Kind.PROBE:  # a usual place where nothing is
            self.ledger.sources_failed[reason] += 1
            self.logger.warning("%s: source %s %s: %s", self.name, errand.kind, url, reason)

    def _note_source(self, response: Response) -> None:
        assert response.request is not None
        url, at = response.request.url, now()
        before = self.run.output.source(url) or SourceState(url, self.site.name)
        if response.status == 304:
            mark = replace(before, polled_at=at, good_at=at, failures=0)
        elif response.status == 200:
            mark = replace(
                before,
                etag=header(response, "ETag"),
                last_modified=header(response, "Last-Modified"),
                polled_at=at,
                good_at=at,
                failures=0,
            )
        else:
            mark = replace(before, polled_at=at, failures=before.failures + 1)
        self._source_states[url] = mark

    def source_marks(self) -> list[SourceState]:
        """What to remember of the sources, once every URL has ended.

        A source that named a URL which the next run must meet again is remembered without its
        validators: a 304 would hide that URL.
        """
        return [
            replace(mark, etag=None, last_modified=None)
            if url in self.ledger.unfinished_sources
            else mark
            for url, mark in self._source_states.items()
        ]

    # -- candidates ------------------------------------------------------------------------

    def _consider(self, candidates: Sequence[Candidate]) -> Iterator[Request]:
        """Open each candidate in the ledger and ask for those that are new or due."""
        site, ledger, at = self.site, self.ledger, now()
        fresh: dict[str, Candidate] = {}
        for candidate in candidates[: LIMITS.links_a_page]:
            key = canonical_url(candidate.url, site)
            if ledger.find(key, candidate, at):
                fresh[key] = candidate
        if (beyond := len(candidates) - LIMITS.links_a_page) > 0:
            ledger.source_problems["links_beyond_limit"] += beyond
        known = self.run.output.known(fresh)
        for key, candidate in fresh.items():
            before = known.get(key)
            reason = unwanted(candidate, site, self._window) or self._limit
            if reason is None and before is None and self._new_urls >= LIMITS.new_urls:
                reason = "limit_urls"
            if reason is not None:
                self._log(ledger.refuse(key, Stage.DISCOVERY, reason))
            elif before is not None and not is_due(before, candidate, at):
                self._log(self._as_before(key, before))
            else:
                self._new_urls += before is None
                yield self._ask_article(key, candidate, before)

    def _as_before(self, key: str, known: UrlState) -> FetchRecord | None:
        """End a known URL that is not asked for: unchanged, or refused as the last time."""
        if (refusal := last_refusal(known)) is not None:
            return self.ledger.refuse(key, *refusal, "as before")
        return self.ledger.end(key, State.UNCHANGED, reason="known")

    @property
    def _limit(self) -> str | None:
        """Why nothing more is asked for, or None."""
        most = self.run.options.max_articles
        if most is not None and self._accepted >= most:
            return "limit_articles"
        if self._deadline is not None and now() > self._deadline:
            return "limit_time"
        return None

    def _ask_article(self, key: str, candidate: Candidate, known: UrlState | None) -> Request:
        return Request(
            candidate.url,
            callback=self.parse_article,
            errback=self.article_failed,
            headers=_validators(known),
            priority=_PRIORITY[Kind.ARTICLE],
            dont_filter=True,
            meta={META: Errand(Kind.ARTICLE, key=key)},
        )

    # -- articles --------------------------------------------------------------------------

    async def parse_article(self, response: Response) -> AsyncIterator[Article]:
        """Extract an article in a worker process and hand it to the pipelines."""
        assert response.request is not None
        entry = self.ledger.entry(errand_of(response.request).key)
        self.ledger.bytes += len(response.body)
        if entry is None:
            return
        key, fetched = entry.key, fetched_facts(response)
        if response.status == 304:
            self.ledger.not_modified += 1
            record = self.ledger.end(key, State.UNCHANGED, fetched=fetched, reason="not_modified")
            self._log(record, self._looked_again(key))
        elif response.status != 200:
            self.refuse(key, Stage.FETCH, f"http_{response.status}", fetched=fetched)
        elif not in_domains(response.url, self.site.domains):
            self.refuse(key, Stage.FETCH, "off_site", response.url[:200], fetched=fetched)
        elif (limit := self._limit) is not None:
            self.refuse(key, Stage.DISCOVERY, limit, fetched=fetched)
        elif (article := await self._extract(response, entry, fetched)) is not None:
            self._accepted += 1
            yield article

    async def _extract(self, response: Response, entry: Entry, fetched: Fetched) -> Article | None:
        page = Page(
            url=response.url,
            requested_url=entry.candidate.url,
            status=response.status,
            headers=header_pairs(response),
            body=response.body,
            fetched_at=fetched.fetched_at or now(),
            candidate=entry.candidate,
        )
        result = await asyncio.wrap_future(self.run.pool.submit(page, self.site))
        if isinstance(result, Rejection):
            self.refuse(entry.key, result.stage, result.reason, result.detail, fetched=fetched)
            return None
        known = self.run.output.known([entry.key]).get(entry.key)
        result.first_seen_at = known.first_seen_at if known is not None else entry.found_at
        result.spider = self.name
        return result

    def _looked_again(self, key: str) -> UrlState | None:
        known = self.run.output.known([key]).get(key)
        if known is None:
            return None
        at = now()
        born = known.article.published_at if known.article else None
        due = next_look(born or known.first_seen_at, at)
        return replace(known, fetched_at=at, outcome="unchanged", failures=0, next_due=due)

    def article_failed(self, failure: Failure) -> None:
        """Account for an article that could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self.refuse(errand_of(request).key, *reason_of(failure.value))

    # -- account ---------------------------------------------------------------------------

    def refuse(
        self,
        key: str,
        stage: Stage,
        reason: str,
        detail: str = "",
        *,
        fetched: Fetched | None = None,
    ) -> None:
        """End a URL as refused, and remember a refusal that is about the page itself."""
        entry = self.ledger.entry(key)
        if entry is None:
            return
        mark: UrlState | None = None
        if not is_passing(reason):
            at = now()
            known = self.run.output.known([key]).get(key)
            before = known or UrlState(key, self.site.name, entry.found_at)
            mark = replace(
                before,
                outcome=refusal_word(stage, reason),
                fetched_at=at,
                failures=before.failures + 1,
                next_due=next_try(at, before.failures + 1),
            )
        self._log(self.ledger.refuse(key, stage, reason, detail, fetched or Fetched()), mark)

    def _log(self, record: FetchRecord | None, mark: UrlState | None = None) -> None:
        self.run.sink.log(record, mark)

    def _text(self, response: Response) -> str:
        return decode(
            response.body,
            header(response, "Content-Type"),
            site_encoding=self.site.encoding,
        ).text


def _validators(known: SourceState | UrlState | None) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110, section 13)."""
    headers: dict[str, str] = {}
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    if known is not None and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers
