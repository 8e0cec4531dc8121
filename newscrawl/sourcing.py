"""The sources of a site: asks for feeds, sitemaps, listings and home pages, and reads them.

What they name goes to the spider (`NewsSpider.consider`).
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request
from twisted.python.failure import Failure

from newscrawl.account import last_good
from newscrawl.answers import header
from newscrawl.backfill import archive_listings, within_window
from newscrawl.clock import now
from newscrawl.discovery import (
    Problem,
    Reading,
    SectionReading,
    SitemapWalk,
    find_sources,
    page_url,
    read_feed,
    read_listing,
    read_section,
    read_sitemap,
    staleness,
)
from newscrawl.errand import META, Errand, Kind, errand_of
from newscrawl.extract import decode
from newscrawl.items import Candidate, Via
from newscrawl.manners import LIMITS
from newscrawl.platforms.wordpress import posts
from newscrawl.refusal import reason_of
from newscrawl.schedule import Validator, missed_since, window_start
from newscrawl.site import Listing
from newscrawl.source_memory import SourceMemory
from newscrawl.usual_places import by_kind, kind_of

if TYPE_CHECKING:
    from scrapy.http import Response

    from newscrawl.dataset import SourceState
    from newscrawl.spider import NewsSpider

_PAGE_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp)$", re.IGNORECASE)


class Sourcing:
    """One site's sources in one run."""

    def __init__(self, spider: NewsSpider) -> None:
        self._spider, self._site = spider, spider.site
        self._run, self._ledger = spider.run, spider.ledger
        since = self._run.options.since
        self._asked: set[str] = set()
        self._memory = SourceMemory(spider)
        self._probes: dict[str, list[str]] = {}  # usual places not yet asked
        self._listing_prints: set[str] = set()
        past = self._run.history(self._site)
        good = last_good(past)
        self._last_good = good.started_at if good else None
        recent = window_start(self._last_good, past[0].started_at if past else None, now())
        self._chains: dict[str, Iterator[tuple[str, Listing]]] = {}  # archive page -> those before
        self._walk = SitemapWalk((), since=since or recent, news_since=since)

    def start(self) -> Iterator[Request]:
        """Ask for all sources of the site's record; what reaches back further comes later."""
        site = self._site
        home = Errand(Kind.HOME)
        if site.discover and self._memory.is_due(site.home, home):
            yield self._ask_source(site.home, home, conditional=False)
        yield from self._ask_new(site.feeds, Errand(Kind.FEED))
        yield from self._walk_on((*site.news_sitemaps, *site.sitemaps))
        for listing in site.listings:
            yield from self._ask_listing(listing)
        yield from self._backfill()

    def _backfill(self) -> Iterator[Request]:
        """Ask for the dated archives of the window, if the user named one or runs were missed.

        What was missed is walked day by day, newest first, until a day names nothing new.
        """
        site, since, until = self._site, self._run.options.since, self._run.options.until
        if since is not None:
            for url, listing in archive_listings(site, since, until or now(), self._run.output):
                yield self._ask_archive(url, listing)
        elif until is None and (missed := missed_since(self._last_good, now())) is not None:
            for archive in site.archives:
                alone = replace(site, archives=(archive,))
                yield from self._walk_back(archive_listings(alone, missed, now(), self._run.output))

    def _walk_back(self, pages: Iterator[tuple[str, Listing]]) -> Iterator[Request]:
        for url, listing in pages:
            self._chains[url] = pages
            request = self._ask_archive(url, listing, guessed=True)
            if self._memory.is_due(url, errand_of(request)):
                yield request
            return

    def _ask_archive(self, url: str, listing: Listing, *, guessed: bool = False) -> Request:
        """Ask for a page of a dated archive; a guessed one may be missing: a day without news."""
        self._memory.note_archive(url)
        errand = Errand(Kind.LISTING, listing=listing, page=listing.first_page, guessed=guessed)
        return self._ask_source(url, errand, conditional=False)

    def _ask_source(self, url: str, errand: Errand, *, conditional: bool = True) -> Request:
        self._asked.add(url)
        return Request(
            url,
            callback=self.parse,
            errback=self.failed,
            headers=self._memory.headers(url, errand) if conditional else {},
            priority=errand.kind.priority,
            dont_filter=True,
            meta={META: replace(errand, key=url)},
        )

    def _ask_new(self, urls: Iterable[str], errand: Errand) -> Iterator[Request]:
        for url in urls:
            if url not in self._asked and self._memory.is_due(url, errand):
                yield self._ask_source(url, errand)

    def _ask_listing(self, listing: Listing, *, guessed: bool = False) -> Iterator[Request]:
        options = self._run.options
        if options.since is not None:
            listing = within_window(
                listing, self._site, options.since, options.until, LIMITS.listing_pages
            )
        first = listing.first_url or page_url(listing, listing.first_page)
        errand = Errand(Kind.LISTING, listing=listing, page=listing.first_page, guessed=guessed)
        yield from self._ask_new([first], errand)

    def _walk_on(self, starts: Sequence[str] = ()) -> Iterator[Request]:
        """Ask for the next sitemap of the walk: one at a time, since each says what is next."""
        self._walk.add(starts)
        errand = Errand(Kind.SITEMAP)
        while (url := self._walk.take()) is not None and not self._memory.is_due(url, errand):
            pass
        if url is not None:
            yield self._ask_source(url, errand)

    async def parse(self, response: Response) -> AsyncIterator[Request]:
        """Read a feed, sitemap, listing or home page and ask for what it names."""
        assert response.request is not None
        errand = errand_of(response.request)
        self._ledger.bytes += len(response.body)
        self._memory.answered(response)
        if response.status == 304:
            self._ledger.not_modified += 1
            self._ledger.sources_read += 1
            self._memory.learn(response, errand, 0)
        elif response.status == 200:
            reader = {
                Kind.HOME: self._read_home,
                Kind.PROBE: self._read_probe,
                Kind.FEED: self._read_feed,
                Kind.SITEMAP: self._read_sitemap,
                Kind.LISTING: self._read_listing,
            }[errand.kind]
            before = self._spider.new_urls
            for request in reader(response, errand):
                yield request
            new = self._spider.new_urls - before
            if (doubted := self._memory.learn(response, errand, new)) is not None:
                yield self._check(errand.key, doubted)
        elif _past_the_end(errand, response.status):
            pass
        else:
            self._memory.failed(errand.key, errand, f"http_{response.status}")
            if errand.kind is Kind.PROBE:
                for request in self._probe_next(kind_of(errand.key)):
                    yield request
            elif errand.kind is Kind.HOME:  # the usual places may answer
                for request in self._discover("", self._site.home):
                    yield request
        for request in self._go_on(response, errand):
            yield request

    def _go_on(self, response: Response, errand: Errand) -> Iterator[Request]:
        if errand.kind is Kind.SITEMAP:
            yield from self._walk_on()
        elif response.status != 200 and errand.key in self._chains:  # no page of that day
            yield from self._walk_back(self._chains.pop(errand.key))

    def _check(self, url: str, validator: Validator) -> Request:
        """Send a source's old validator after a change, to see whether it would have hidden it."""
        return Request(
            url,
            callback=self._checked,
            errback=ignore,
            headers=self._memory.check(url, validator),
            dont_filter=True,
            meta={META: Errand(Kind.CHECK, key=url, validator=validator)},
        )

    def _checked(self, response: Response) -> None:
        assert response.request is not None
        errand = errand_of(response.request)
        assert errand.validator is not None
        if response.status in {200, 304}:
            hid = response.status == 304
            self._memory.checked(errand.key, errand.validator, hid=hid)

    def _read_home(self, response: Response, _: Errand) -> Iterator[Request]:
        self._ledger.sources_read += 1
        html = self._text(response)
        yield from self._discover(html, response.url)
        yield from self._spider.consider(read_section(html, response.url, self._site).candidates)

    def _discover(self, html: str, url: str) -> Iterator[Request]:
        """Ask for what a home page and robots.txt name, and for usual places where they do not."""
        parts = urlsplit(url)
        policy = self._run.hosts.policy(f"{parts.scheme}://{parts.netloc}")
        found = find_sources(html, url, policy.text if policy else "")
        self._site = self._spider.learn(found.timezone, found.language)
        yield from self._ask_new(found.feeds[: LIMITS.feeds], Errand(Kind.FEED))
        if found.listing is not None:
            yield from self._ask_listing(posts(self._site.home), guessed=True)
        yield from self._walk_on((*found.news_sitemaps, *found.sitemaps))
        for kind, places in by_kind(found.probes).items():
            self._probes[kind] = places
            yield from self._probe_next(kind)
        # A short address that ends like a page is as likely a story as a section: its page says.
        pages = [x for x in found.sections if _PAGE_ENDING.search(urlsplit(x).path)]
        yield from self._spider.consider(
            [Candidate(x, self._site.name, Via.SECTION, url) for x in pages]
        )
        sections = [x for x in found.sections if x not in pages]
        yield from self._ask_new(sections[: LIMITS.sections], Errand(Kind.LISTING))

    def _read_probe(self, response: Response, errand: Errand) -> Iterator[Request]:
        """An answer from a usual place: what it is shows when it is read."""
        reading = read_sitemap(response.body, response.url, self._site.name)
        if reading.kind in {"urlset", "index", "text"}:
            yield from self._walk_on([response.url])
        elif (feed := self._feed_in(response)).candidates:
            self._read(feed.problems)
            yield from self._spider.consider(feed.candidates)
        else:
            self._memory.failed(errand.key, errand, "nothing_there")
            yield from self._probe_next(kind_of(errand.key))

    def _probe_next(self, kind: str) -> Iterator[Request]:
        """Ask the next usual place of a kind of source; no further once one has answered."""
        while places := self._probes.get(kind):
            url, errand = places.pop(0), Errand(Kind.PROBE)
            if self._memory.is_settled(url):
                return
            if url not in self._asked and self._memory.is_due(url, errand):
                yield self._ask_source(url, errand)
                return

    def _read_feed(self, response: Response, errand: Errand) -> Iterator[Request]:
        reading = self._feed_in(response)
        if not reading.candidates and reading.kind in {"html", "unknown", "empty"}:
            self._memory.failed(errand.key, errand, f"feed_is_{reading.kind}")
            return
        self._read(reading.problems)
        yield from self._spider.consider(reading.candidates)

    def _feed_in(self, response: Response) -> Reading:
        content_type = header(response, "Content-Type")
        return read_feed(response.body, response.url, content_type, self._site.name)

    def _read_sitemap(self, response: Response, errand: Errand) -> Iterator[Request]:
        reading = read_sitemap(response.body, response.url, self._site.name)
        if reading.kind in {"html", "unknown"} and not reading.candidates:
            self._memory.failed(errand.key, errand, f"sitemap_is_{reading.kind}")
            return
        self._read(reading.problems)
        assert response.request is not None
        if reading.children:
            self._memory.note_index(errand.key)
        if (stale := staleness(reading, now())) is not None and not reading.children:
            self._ledger.source_problems[stale.word] += 1
        noticed = len(self._walk.problems)
        candidates = self._walk.give(response.request.url, reading)
        for _, problem in self._walk.problems[noticed:]:
            self._ledger.source_problems[problem.word] += 1
        yield from self._spider.consider(candidates, LIMITS.sitemap_entries)

    def _read_listing(self, response: Response, errand: Errand) -> Iterator[Request]:
        listing = errand.listing
        first = listing is None or errand.page == listing.first_page
        if listing is None or listing.kind == "html":
            reading = read_section(self._text(response), response.url, self._site, listing)
        else:
            content_type = header(response, "Content-Type")
            reading = read_listing(response.body, response.url, self._site, listing, content_type)
        if first and not reading.candidates and errand.key in self._chains:
            self._ledger.sources_read += 1
            yield from self._walk_back(self._chains.pop(errand.key))
            return
        if first and not reading.candidates and not reading.empty:
            self._memory.failed(errand.key, errand, "listing_without_articles")
            return
        self._read(reading.problems)
        if reading.fingerprint in self._listing_prints:
            self._ledger.source_problems["repeats"] += 1
            return
        self._listing_prints.add(reading.fingerprint)
        yield from self._spider.consider(reading.candidates)
        if listing is not None and self._spider.names_new(reading.candidates):
            yield from self._next_page(listing, errand, reading)
            if errand.key in self._chains:
                yield from self._walk_back(self._chains.pop(errand.key))

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
        self._ledger.sources_read += 1
        for problem in problems:
            self._ledger.source_problems[problem.word] += 1

    def failed(self, failure: Failure) -> Iterator[Request]:
        """Account for a source that could not be fetched, and go on with the next sitemap."""
        request: Request = failure.request  # type: ignore[attr-defined]
        errand = errand_of(request)
        _, reason, detail = reason_of(failure.value)
        # "robots_unreachable" alone would not say that the name could not be resolved
        why = f"{reason}: {detail}" if reason == "robots_unreachable" and detail else reason
        if reason != "stopped":  # by us
            self._memory.failed(errand.key, errand, why)
        if errand.kind is Kind.SITEMAP:
            yield from self._walk_on()
        elif errand.kind is Kind.PROBE:
            yield from self._probe_next(kind_of(errand.key))
        elif errand.kind is Kind.HOME:  # too large, or down: the usual places may answer
            yield from self._discover("", request.url)

    def marks(self) -> list[SourceState]:
        """What to remember of the sources, once every URL has ended."""
        return self._memory.marks()

    def _text(self, response: Response) -> str:
        content_type = header(response, "Content-Type")
        return decode(response.body, content_type, site_encoding=self._site.encoding).text


def ignore(_: Failure) -> None:
    """Leave a failed request alone: a check that got no answer tells nothing."""


def _past_the_end(errand: Errand, status: int) -> bool:
    """Whether an answer says that a listing has no such page (WordPress says 400)."""
    listing = errand.listing
    return listing is not None and errand.page > listing.first_page and status in {400, 404, 410}
