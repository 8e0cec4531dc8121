"""What newscrawl knows about a news site: the `Site` record.

A registered site is a small class under ``newscrawl/spiders/<cc>/`` with such a record; users' own
sites load from TOML into the same record (`newscrawl.sites_toml`). Only the standard library is
imported here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

ListingKind = Literal["html", "wordpress", "json"]


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors for one design of a site's article pages, best first in each tuple.

    A selector may end with ``::attr(name)`` or ``::text``. A layout with ``until`` is for pages
    published up to and including that day; the layout without one is today's.
    """

    body: tuple[str, ...] = ()  # the container, or its paragraphs
    title: tuple[str, ...] = ()
    kicker: tuple[str, ...] = ()
    standfirst: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    dateline: tuple[str, ...] = ()
    source: tuple[str, ...] = ()  # the paper or agency the story is credited to
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()  # never part of the body
    next_page: tuple[str, ...] = ()  # link to the next page of the same article
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page or API that lists articles, newest first.

    ``url`` may hold ``{page}``; the first page is ``first_page`` and, where ``first_url`` is given,
    that address. ``html`` pages are read with the selectors ``item`` and ``link``; ``wordpress`` is
    the REST list ``/wp-json/wp/v2/posts``; ``json`` is read with dotted paths (``data.items``).
    """

    url: str
    kind: ListingKind = "html"
    first_page: int = 1
    first_url: str | None = None
    item: str | None = None
    link: str | None = None
    title: str | None = None
    published: str | None = None
    section: str | None = None
    max_pages: int = 20


@dataclass(frozen=True, slots=True)
class Verified:
    """What evidence the record rests on, and when it was last seen to hold."""

    evidence: str  # one line: which facts were confirmed, by what
    as_of: str  # YYYY, YYYY-MM or YYYY-MM-DD
    confidence: Literal["high", "medium", "low"] = "medium"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One news site.

    ``name`` is the registry name (lower-case ASCII letters, digits, ``_``), ``country`` an ISO 3166
    code in upper case (``ZZ`` for a hub of many countries), ``languages`` BCP 47 tags with the main
    one first, ``timezone`` an IANA name, ``article`` a regular expression that an article URL
    matches from its start.
    """

    name: str
    title: str  # the publication's name as readers know it
    country: str
    languages: tuple[str, ...]
    timezone: str
    domains: tuple[str, ...]  # registrable or full host names; subdomains are included
    home: str
    feeds: tuple[str, ...] = ()
    news_sitemaps: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    archives: tuple[Listing, ...] = ()  # pages of a day or month: {yyyy}, {mm}, {dd}; for backfill
    article: str | None = None
    not_article: str | None = None
    publisher_id: str | None = None  # regular expression; group 1 of the URL is the publisher's id
    layouts: tuple[Layout, ...] = ()
    calendar: Literal["gregorian", "buddhist", "bikram_sambat", "roc", "reiwa"] = "gregorian"
    day_first: bool = True
    encoding: str | None = None  # only where pages are known to declare a wrong one
    boilerplate: tuple[str, ...] = ()  # prefixes of lines that are never part of a story
    credits: tuple[str, ...] = ()  # regular expressions of the site's own credit lines
    staff_bylines: tuple[str, ...] = ()  # names in the byline that are desks, not people
    source_name: str | None = None  # how other papers credit this one, if not `title`
    access: Literal["free", "metered", "locked", "unknown"] = "unknown"
    delay: float | None = None  # seconds between requests, where more than the default is kind
    discover: bool = False  # find feeds, sitemaps and sections by itself (unregistered sites)
    groups: tuple[str, ...] = ()
    verified: Verified | None = None

    def layout_for(self, published: date | None) -> Layout | None:
        """The layout in force on a day (today's for None); None if the site has none."""
        dated = sorted((x for x in self.layouts if x.until), key=lambda x: x.until or date.max)
        if published is not None:
            for layout in dated:
                if layout.until and published <= layout.until:
                    return layout
        undated = next((x for x in self.layouts if x.until is None), None)
        return undated or (dated[-1] if dated else None)
