"""A look at a site through Scrapy's downloader: its home page, its sources, a few articles.

All manners hold (gate, robots, limits, one request at a time). One visit a process: the reactor
runs once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

from newscrawl.answers import header_pairs
from newscrawl.clock import now
from newscrawl.discovery import (
    Sources,
    find_sources,
    judge_candidate,
    read_feed,
    read_listing,
    read_section,
    read_sitemap,
)
from newscrawl.extract import decode
from newscrawl.items import Candidate, Page
from newscrawl.job import project_settings
from newscrawl.refusal import reason_of
from newscrawl.site import Listing, Site

_PROBES = 8  # usual places of feeds and sitemaps that are tried where the site names none
_SOURCES = 4  # of a registered site's sources, until there are candidates


@dataclass(slots=True)
class Visit:
    """What was seen. ``articles`` are the pages of article URLs, ``problems`` lines for people."""

    home: Page | None = None
    sources: Sources = field(default_factory=Sources)
    feeds: list[str] = field(default_factory=list)  # those that gave entries
    sitemaps: list[str] = field(default_factory=list)
    news_sitemaps: list[str] = field(default_factory=list)
    articles: list[Page] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class _VisitSpider(Spider):
    name = "visit"
    url: ClassVar[str]
    site: ClassVar[Site | None]
    wanted: ClassVar[int]
    only: ClassVar[tuple[str, ...]]
    visit: ClassVar[Visit]

    async def start(self) -> AsyncIterator[Any]:
        try:
            await self._look()
        except Exception as error:  # noqa: BLE001 - a visit reports, it does not crash the reactor
            self.visit.problems.append(f"{type(error).__name__}: {error}")
        nothing_more: tuple[Any, ...] = ()
        for request in nothing_more:
            yield request

    async def _look(self) -> None:
        if self.only:
            found: Iterable[str] = self.only
        elif self.site is not None and not self.site.discover:
            found = await self._of_sources(self.site)
        else:
            found = await self._of_home()
        for url in found:
            if len(self.visit.articles) >= self.wanted:
                break
            if page := await self._get(url):
                self.visit.articles.append(page)
        if not self.visit.articles:
            self.visit.problems.append("no article page was found")

    async def _of_sources(self, site: Site) -> list[str]:
        candidates: list[Candidate] = []
        asked: list[tuple[str, Listing | None]] = []
        asked += [(url, None) for url in (*site.feeds, *site.news_sitemaps)]
        asked += [(listing.first_url or listing.url, listing) for listing in site.listings]
        for url, listing in asked[:_SOURCES]:
            first = listing.first_page if listing is not None else 1
            page = await self._get(url.replace("{page}", str(first)))
            if page is None:
                continue
            kind = page.header("content-type")
            if listing is not None:
                candidates += read_listing(page.body, page.url, site, listing, kind).candidates
            elif url in site.feeds:
                candidates += read_feed(page.body, page.url, kind, site.name).candidates
            else:
                candidates += read_sitemap(page.body, page.url, site.name).candidates
            if len(candidates) >= self.wanted:
                break
        return _articles(candidates, site)

    async def _of_home(self) -> list[str]:
        visit = self.visit
        home = await self._get(self.url)
        if home is None:
            return []
        visit.home = home
        html = decode(home.body, home.header("content-type")).text
        robots = await self._get(urljoin(home.url, "/robots.txt"), quiet=True)
        text = robots.body.decode("utf-8", "replace") if robots else None
        visit.sources = found = find_sources(html, home.url, text)
        candidates: list[Candidate] = []
        named = (*found.feeds, *found.news_sitemaps, *found.sitemaps)
        for url in (*named, *(found.probes[:_PROBES] if not found.feeds else ())):
            page = await self._get(url, quiet=url not in named)
            if page is not None:
                candidates += self._source(page)
        candidates += read_section(html, home.url, self.site).candidates
        return _articles(candidates, self.site)

    def _source(self, page: Page) -> Sequence[Candidate]:
        feed = read_feed(page.body, page.url, page.header("content-type"), "")
        if feed.candidates:
            self.visit.feeds.append(page.url)
            return feed.candidates
        sitemap = read_sitemap(page.body, page.url, "")
        if sitemap.candidates or sitemap.children:
            is_news = any(candidate.title for candidate in sitemap.candidates)
            (self.visit.news_sitemaps if is_news else self.visit.sitemaps).append(page.url)
            return sitemap.candidates if is_news else ()
        self.visit.problems.append(f"{page.url}: neither feed nor sitemap")
        return ()

    async def _get(self, url: str, *, quiet: bool = False) -> Page | None:
        engine = self.crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(Request(url, dont_filter=True))
        except Exception as error:  # noqa: BLE001 - whatever the network and the manners raise
            if not quiet:
                stage, reason, detail = reason_of(error)
                self.visit.problems.append(f"{url}: {stage}/{reason} {detail}".strip())
            return None
        if response.status != 200:
            if not quiet:
                self.visit.problems.append(f"{url}: HTTP status {response.status}")
            return None
        return Page(
            url=response.url,
            requested_url=url,
            status=response.status,
            headers=header_pairs(response),
            body=response.body,
            fetched_at=now(),
        )


def _articles(candidates: Iterable[Candidate], site: Site | None) -> list[str]:
    unique = {candidate.url: candidate for candidate in candidates}
    return [
        url
        for url, candidate in unique.items()
        if judge_candidate(replace(candidate, site=site.name if site else ""), site).is_article
    ]


def visit_site(
    url: str,
    site: Site | None = None,
    *,
    articles: int = 3,
    only: Sequence[str] = (),
    allow_addresses: Sequence[str] = (),
) -> Visit:
    """Look at a site: the sources of its record, or those that its home page tells of.

    ``only`` are article addresses to fetch instead. Never raises for what the site does; what went
    wrong stands in ``problems``.
    """
    settings = project_settings(
        {
            "EXTENSIONS": {},
            "ITEM_PIPELINES": {},
            "LOG_ENABLED": False,
            "NEWSCRAWL_ALLOW_ADDRESSES": list(allow_addresses),
        }
    )

    class VisitSpider(_VisitSpider):
        visit = Visit()

    VisitSpider.url, VisitSpider.site = url, site
    VisitSpider.wanted, VisitSpider.only = max(articles, len(only)), tuple(only)
    process = AsyncCrawlerProcess(settings)
    process.crawl(VisitSpider)
    process.start()
    return VisitSpider.visit
