"""NewsSpider: discover -> fetch -> extract. The only orchestration of a site's crawl.

Every URL found is opened in the site's ledger and ends there once, here (refused, unchanged) or in
the pipelines (stored, new version, refused).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from twisted.python.failure import Failure

from newscrawl.account import Entry, Fetched, SiteLedger, State, is_choice, is_passing
from newscrawl.answers import fetched_facts, header_pairs
from newscrawl.archive import ArchiveUnwritable, PageNote, Place
from newscrawl.clock import now
from newscrawl.dataset import UrlState
from newscrawl.dedup import canonical_url
from newscrawl.discovery import (
    Sightings,
    UrlKind,
    in_domains,
    judge_candidate,
)
from newscrawl.errand import EXCHANGE, META, Errand, Kind, errand_of
from newscrawl.items import Article, Candidate, FetchRecord, Page, Rejection, Stage, Via
from newscrawl.looks import Looks, is_revisited, refused_again, revisited
from newscrawl.manners import LIMITS
from newscrawl.missing import MissingPages
from newscrawl.refusal import reason_of
from newscrawl.schedule import FARTHEST, STALE, most_revisits, next_try
from newscrawl.selection import Window, last_refusal, refusal_word, unwanted
from newscrawl.site import Site
from newscrawl.sourcing import Sourcing, ignore

if TYPE_CHECKING:
    from scrapy.http import Response

    from newscrawl.run import Run


# Pages asked for in a run though neither their address nor their source says that they are news.
_UNCLEAR_PAGES = 100


class NewsSpider(Spider):
    """Base of all site spiders; a subclass gives ``name`` and ``site``."""

    site: Site  # a class attribute of subclasses
    run: Run
    ledger: SiteLedger

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._missing = MissingPages()
        self._unclear_asked = 0
        self._left: dict[str, str] = {}  # URLs whose shape says little -> why they are not asked
        self._fresh: set[str] = set()  # asked for in this run and not known before

    def join(self, run: Run) -> None:
        """Become part of a run; called by the account extension before the first request."""
        self.run, options = run, run.options
        self.ledger = run.open_site(self.site)
        self._always = self.settings["NEWSCRAWL_REVISIT"] == "always"
        self._revisits = self.settings["NEWSCRAWL_REVISIT"] != "listed"
        self.looks = Looks(self.site.name, run.output.learned(self.site.name))
        self.crawler.signals.connect(self._idle, signals.spider_idle)
        self._window = Window(options.since, options.until)
        self._deadline = now() + timedelta(seconds=options.max_time) if options.max_time else None
        self.sourcing = Sourcing(self)
        self.sightings = Sightings(ZoneInfo(self.site.timezone))

    def learn(self, timezone: str | None, language: str | None) -> Site:
        """Take what a home page tells of a site of which nothing was known; the site as it is."""
        site = self.site
        if site.discover and site.timezone == "UTC":
            languages = site.languages or ((language,) if language else ())
            self.site = replace(site, timezone=timezone or site.timezone, languages=languages)
        return self.site

    async def start(self) -> AsyncIterator[Request]:
        for request in self.sourcing.start():
            yield request

    # -- candidates ------------------------------------------------------------------------

    def consider(
        self, candidates: Sequence[Candidate], most: int = LIMITS.links_a_page
    ) -> Iterator[Request]:
        """Open each candidate in the ledger and ask for those that are new or due.

        Of one source at most ``most`` are looked at.
        """
        site, ledger, at = self.site, self.ledger, now()
        fresh: dict[str, Candidate] = {}
        for candidate in candidates[:most]:
            key = canonical_url(candidate.url, site)
            self.sightings.see(key, candidate)
            if ledger.find(key, candidate, at) or key in self._left:
                fresh[key] = candidate
        if (beyond := len(candidates) - most) > 0:
            ledger.source_problems["links_beyond_limit"] += beyond
        known = self.run.output.known(fresh)
        for key, candidate in fresh.items():
            yield from self._decide(key, candidate, known.get(key), at)

    def _decide(
        self, key: str, candidate: Candidate, known: UrlState | None, at: datetime
    ) -> Iterator[Request]:
        """Refuse a candidate, leave it, or ask for it."""
        verdict = judge_candidate(candidate, self.site)
        reason = unwanted(candidate, verdict, self.site, self._window) or self.limit_of(key)
        if reason is None and known is None and self.new_urls >= LIMITS.new_urls:
            reason = "limit_urls"
        if reason is not None:
            self._log(self.ledger.refuse(key, Stage.DISCOVERY, reason))
        elif known is not None and not (self._always or self.looks.wants(known, candidate, at)):
            vouched = self.looks.vouched(known, candidate, at)
            mark = self.looks.put_off(known, at) if vouched else None
            self._log(self._as_before(key, known), mark)
        elif verdict.kind is UrlKind.OTHER and self.site.article is not None:
            # The site's pattern speaks against it; a feed may yet name it as news.
            self._left[key] = "not_article_url"
        elif verdict.kind is UrlKind.OTHER and self._unclear_asked >= _UNCLEAR_PAGES:
            self._left[key] = "limit_unclear"
        else:
            unclear = verdict.kind is UrlKind.OTHER
            self._left.pop(key, None)
            self._unclear_asked += unclear
            if known is None:
                self._fresh.add(key)
            yield self._ask_article(key, candidate, known, unclear=unclear)

    @property
    def new_urls(self) -> int:
        """How many URLs this run asked for that were not known before."""
        return len(self._fresh)

    def names_new(self, candidates: Sequence[Candidate]) -> bool:
        """Whether one of the candidates was not known before this run, whoever named it first."""
        return any(canonical_url(x.url, self.site) in self._fresh for x in candidates)

    def left_open(self, key: str) -> str | None:
        """Why a URL was never asked for though nothing stopped the crawl, if that is so."""
        return self._left.get(key)

    def _as_before(self, key: str, known: UrlState) -> FetchRecord | None:
        """End a known URL that is not asked for: unchanged, or refused as the last time."""
        if (refusal := last_refusal(known)) is not None:
            return self.ledger.refuse(key, *refusal, "as before")
        return self.ledger.end(key, State.UNCHANGED, reason="known")

    def enough_in_hand(self, pages: int) -> bool:
        """Whether the pages in hand would reach ``--max-articles`` if all were articles."""
        most = self.run.options.max_articles
        return most is not None and self.ledger.accepted + pages >= most

    @property
    def limit(self) -> str | None:
        """Why nothing more is asked for, or None."""
        most = self.run.options.max_articles
        if most is not None and self.ledger.accepted >= most:
            return "limit_articles"
        if self._deadline is not None and now() > self._deadline:
            return "limit_time"
        return "mostly_missing" if self._missing.everywhere else None

    def limit_of(self, key: str) -> str | None:
        """Why an article is not asked for any more, or None."""
        return self.limit or ("mostly_missing" if self._missing.near(key) else None)

    def _ask_article(
        self, key: str, candidate: Candidate, known: UrlState | None, *, unclear: bool
    ) -> Request:
        return Request(
            candidate.url,
            callback=self.parse_article,
            errback=self.article_failed,
            headers=self.looks.headers(known, candidate, now()),
            priority=Kind.ARTICLE.priority - (10 if unclear else 0),
            dont_filter=True,
            meta={META: Errand(Kind.ARTICLE, key=key)},
        )

    # -- looks at what is known --------------------------------------------------------------

    def _idle(self) -> None:
        """All that the sources named has ended: look again at what they name no more."""
        requests = list(self._revisit())
        for request in requests:
            assert self.crawler.engine is not None
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _revisit(self) -> Iterator[Request]:
        options, site, at = self.run.options, self.site, now()
        chosen = options.since is not None or options.until is not None
        if not self._revisits or chosen or self.run.stop_reason or self.limit:
            return
        self._revisits = False
        due = self.run.output.due(
            site.name, at, not_before=at - STALE, believed_until=at + FARTHEST
        )
        due = [x for x in due if is_revisited(x) and in_domains(x.fetch_url or x.url, site.domains)]
        due.sort(key=lambda x: self.looks.worth(x, at), reverse=True)
        for known in due[: most_revisits(self.ledger.requests)]:
            candidate = revisited(known)
            if self.ledger.find(known.url, candidate, at):
                self.ledger.revisited += 1
                yield self._ask_article(known.url, candidate, known, unclear=True)

    def settled(self, key: str, article: Article, state: State) -> None:
        """Learn from a known article that was read again; called once it is on disk."""
        doubted = self.looks.read(key, article, changed=state is State.NEW_VERSION)
        if doubted is not None and self.run.stop_reason is None:
            assert self.crawler.engine is not None
            self.crawler.engine.crawl(
                Request(
                    article.requested_url or article.url,
                    callback=self._checked,
                    errback=ignore,
                    headers=self.looks.check(key, doubted),
                    dont_filter=True,
                    meta={META: Errand(Kind.CHECK, key=key, validator=doubted)},
                )
            )

    def _checked(self, response: Response) -> None:
        """Learn whether a changed page's old validator would have hidden the change."""
        assert response.request is not None
        errand = errand_of(response.request)
        assert errand.validator is not None
        if response.status in {200, 304}:
            self.looks.checked(errand.key, errand.validator, hid=response.status == 304)

    # -- articles --------------------------------------------------------------------------

    async def parse_article(self, response: Response) -> AsyncIterator[Article]:
        """Extract an article in a worker process and hand it to the pipelines."""
        assert response.request is not None
        entry = self.ledger.entry(errand_of(response.request).key)
        self.ledger.bytes += len(response.body)
        if entry is None:
            return
        key, fetched = entry.key, fetched_facts(response)
        self._missing.note(key, missing=response.status in {404, 410})
        if response.status == 304:
            self.ledger.not_modified += 1
            record = self.ledger.end(key, State.UNCHANGED, fetched=fetched, reason="not_modified")
            self._log(record, self.looks.unchanged(key, now()))
        elif response.status in {404, 410} and self.looks.knows(key):
            self.refuse(key, Stage.FETCH, "gone", fetched=fetched)
        elif response.status != 200:
            self.refuse(key, Stage.FETCH, f"http_{response.status}", fetched=fetched)
        elif not in_domains(response.url, self.site.domains):
            self.refuse(key, Stage.FETCH, "off_site", response.url[:200], fetched=fetched)
        elif (limit := self.limit) is not None:
            self.refuse(key, Stage.DISCOVERY, limit, fetched=fetched)
        elif (article := await self._extract(response, entry, fetched)) is not None:
            yield article

    async def _extract(self, response: Response, entry: Entry, fetched: Fetched) -> Article | None:
        if (tags := response.body.count(b"<")) > LIMITS.page_tags:
            self.refuse(entry.key, Stage.EXTRACT, "too_many_tags", f"{tags} tags", fetched=fetched)
            return None
        page = Page(
            url=response.url,
            requested_url=entry.candidate.url,
            status=response.status,
            headers=header_pairs(response),
            body=response.body,
            fetched_at=fetched.fetched_at or now(),
            candidate=entry.candidate,
        )
        known = self.run.output.known([entry.key]).get(entry.key)
        first_seen = known.first_seen_at if known is not None else entry.found_at
        try:
            place = self._keep(response, page, first_seen)
        except ArchiveUnwritable as error:
            self.run.unwritable(error)
            self.refuse(entry.key, Stage.WRITE, "output_unwritable", str(error), fetched=fetched)
            return None
        result = await asyncio.wrap_future(self.run.pool.submit(page, self.site))
        if isinstance(result, Rejection):
            self.refuse(entry.key, result.stage, result.reason, result.detail, fetched=fetched)
            return None
        published = result.published_at
        if published is not None and not self._window.nearly_holds(published):
            self.refuse(entry.key, Stage.DISCOVERY, "out_of_window", fetched=fetched)
            return None
        if place is not None:
            result.warc_file, result.warc_offset = place.file, place.offset
        result.first_seen_at = first_seen
        result.spider = self.name
        return result

    def _keep(self, response: Response, page: Page, first_seen: datetime) -> Place | None:
        """Archive a page with what it was fetched for; its place, None without an archive."""
        assert response.request is not None
        exchange = response.request.meta.pop(EXCHANGE, None)
        if self.run.archive is None or exchange is None or page.candidate is None:
            return None
        note = PageNote(
            site=self.site.name,
            home=self.site.home,
            spider=self.name,
            run_id=self.run.run_id,
            requested_url=page.requested_url,
            final_url=page.url,
            fetched_at=page.fetched_at,
            first_seen_at=first_seen,
            candidate=page.candidate,
        )
        return self.run.archive.keep(exchange, page.fetched_at, note)

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
        known = self.run.output.known([key]).get(key)
        if not is_passing(reason):
            before = known or UrlState(key, self.site.name, entry.found_at)
            mark = refused_again(before, refusal_word(stage, reason), now())
        elif entry.candidate.via is Via.REVISIT and not is_choice(reason) and known is not None:
            failures = known.failures + 1  # not asked for again in every run
            mark = replace(known, failures=failures, next_due=next_try(now(), failures))
        self._log(self.ledger.refuse(key, stage, reason, detail, fetched or Fetched()), mark)

    def _log(self, record: FetchRecord | None, mark: UrlState | None = None) -> None:
        self.run.sink.log(record, mark)
