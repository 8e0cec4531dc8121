"""A first record for a site that is not registered, from a look at a few of its pages.

What the pages agree on goes into the record; what they leave open is said, never guessed silently.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.cli.visit import Visit
from newscrawl.extract import decode, extract
from newscrawl.items import Article, Page
from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.site_rules import Known, check_rules, css_path, nearest, text_of
from newscrawl.text import matching

_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "edu", "ac", "or", "ne", "go", "in"})
_TITLE_ENDS = re.compile(r"\s+[|–—-]\s+|\s*[|｜]\s*")
_DATES = (
    "meta[property='article:published_time']::attr(content)",
    "meta[itemprop=datePublished]::attr(content)",
    "meta[name=publishdate]::attr(content)",
    "time[itemprop=datePublished]::attr(datetime)",
    "time[pubdate]::attr(datetime)",
)
_SLUG = "[^/?#]+"


@dataclass(frozen=True, slots=True)
class Draft:
    """A record, and one line for each thing that a person has to look at."""

    site: Site
    unsure: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    page: Page
    html: str
    article: Article


def draft(visit: Visit, *, name: str | None = None) -> Draft:
    """The record of the site that was visited. ``visit.home`` must be there.

    Raises ValueError if it is not.
    """
    if visit.home is None:
        raise ValueError("a visit without a home page tells nothing")
    unsure: list[str] = []
    host = urlsplit(visit.home.url).hostname or ""
    reads = [_read(page) for page in visit.articles]
    languages = _languages(visit, reads, unsure)
    country = _country(host, unsure)
    listings: tuple[Listing, ...] = ()
    if visit.sources.listing:
        unsure.append("listing: the page links to a WordPress API; try that it answers")
    site = Site(
        name=name or name_of(host),
        title=_title(visit, host, unsure),
        country=country,
        languages=languages,
        timezone=_zone(visit, country, unsure),
        domains=(host.removeprefix("www."),),
        home=visit.home.url,
        feeds=tuple(dict.fromkeys(visit.feeds)),
        news_sitemaps=tuple(dict.fromkeys(visit.news_sitemaps)),
        sitemaps=tuple(dict.fromkeys(visit.sitemaps)),
        listings=listings,
        discover=not (visit.feeds or visit.news_sitemaps or visit.sitemaps),
        article=_article_pattern([read.page.url for read in reads], unsure),
        verified=Verified(
            f"drafted from {len(reads)} pages",
            f"{visit.home.fetched_at:%Y-%m-%d}",
            "medium" if len(reads) > 1 else "low",
        ),
    )
    if site.discover:
        unsure.append("feeds: none answered; the site is read by discovery")
    layout = _layout(reads, unsure)
    return Draft(replace(site, layouts=(layout,) if layout else ()), tuple(unsure))


def name_of(host: str) -> str:
    """A registry name from a host name: ``www.harbour-gazette.com.lk`` gives ``harbourgazette``."""
    labels = host.lower().removeprefix("www.").split(".")
    while len(labels) > 1 and (len(labels[-1]) <= 3 or labels[-1] in _SECOND_LEVEL):
        labels.pop()
    word = "".join(c for c in labels[-1] if c.isascii() and c.isalnum())
    return word or "site"


def _read(page: Page) -> _Read:
    article = extract(page.body, page.url, fetched_at=page.fetched_at, headers=page.headers)
    return _Read(page, decode(page.body, page.header("content-type")).text, article)


def _languages(visit: Visit, reads: Sequence[_Read], unsure: list[str]) -> tuple[str, ...]:
    found = Counter(read.article.language for read in reads if read.article.language)
    declared = (visit.sources.language or "").split("_")[0]
    if found:
        return tuple(language for language, _ in found.most_common())
    unsure.append(f"languages: no article told; the home page says {declared or 'nothing'!r}")
    return (declared,) if declared else ("und",)


def _title(visit: Visit, host: str, unsure: list[str]) -> str:
    names = Counter(read for page in visit.articles if (read := _site_name(page)))
    if names:
        return names.most_common(1)[0][0]
    pieces = [piece for piece in _TITLE_ENDS.split(visit.sources.title or "") if piece]
    title = min(pieces, key=len) if pieces else host
    unsure.append(f"title: {title!r} comes from the home page's title")
    return title


def _site_name(page: Page) -> str:
    html = decode(page.body, page.header("content-type")).text
    node = LexborHTMLParser(html).css_first("meta[property='og:site_name']")
    return ((node.attributes.get("content") if node else "") or "").strip()


def _country(host: str, unsure: list[str]) -> str:
    ending = host.rpartition(".")[2].upper()
    code = {"UK": "GB"}.get(ending, ending)
    if code in _zones():
        return code
    unsure.append(f"country: the host ends in .{ending.lower()}, which is no country")
    return "ZZ"


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    # the zone table of the tz database: code, coordinates, zone, comments
    found: dict[str, tuple[str, ...]] = {}
    table = files("tzdata").joinpath("zoneinfo").joinpath("zone.tab")
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            found[code] = (*found.get(code, ()), zone)
    return found


def _zone(visit: Visit, country: str, unsure: list[str]) -> str:
    zones = _zones().get(country, ())
    if len(zones) == 1:
        return zones[0]
    if visit.sources.zones:
        zone = visit.sources.zones[0]
        unsure.append(f"timezone: {zone} stands on the page")
        return zone
    offsets = ", ".join(visit.sources.offsets) or "none"
    unsure.append(f"timezone: {len(zones)} zones in {country}; offsets on the page: {offsets}")
    return zones[0] if zones else "UTC"


def _article_pattern(urls: Sequence[str], unsure: list[str]) -> str | None:
    """A regular expression for the addresses seen, if they agree; None if they do not."""
    if len(urls) < 2:
        unsure.append("article: fewer than two article pages were seen")
        return None
    shapes = [_shape(url) for url in urls]
    if len({(host, len(segments)) for host, segments in shapes}) > 1:
        seen = " and ".join(sorted({f"{host}{'/'.join(x)}" for host, x in shapes}))
        unsure.append(f"article: the addresses differ: {seen}")
        return None
    segments = []
    for column in zip(*(found for _, found in shapes), strict=True):
        tails = {part[len(_SLUG) :] for part in column if part.startswith(_SLUG)}
        common = (
            column[0] if len(set(column)) == 1 else _SLUG + (tails.pop() if len(tails) == 1 else "")
        )
        segments.append(common)
    return shapes[0][0] + "/".join(segments) + "/?(?:[?#].*)?$"


def _shape(url: str) -> tuple[str, list[str]]:
    """Host and path segments of an address, each as a regular expression."""
    parts = urlsplit(url)
    host = re.escape((parts.hostname or "").removeprefix("www."))
    port = f":{parts.port}" if parts.port else ""
    segments = [segment for segment in parts.path.split("/") if segment]
    out = []
    for number, segment in enumerate(segments):
        stem, dot, ending = segment.rpartition(".")
        tail = rf"\.{ending}" if dot and ending in {"html", "htm", "php", "aspx"} else ""
        stem = stem if tail else segment
        if stem.isdigit():
            out.append((r"\d+" if len(stem) > 4 else rf"\d{{{len(stem)}}}") + tail)
        elif number < len(segments) - 1 and len(stem) < 25 and stem.isascii():
            out.append(r"[a-z0-9_-]+")
        else:
            out.append(_SLUG + tail)
    return rf"https?://(?:www\.)?{host}{port}/", out


def _layout(reads: Sequence[_Read], unsure: list[str]) -> Layout | None:
    """Selectors that hold on most of the pages; None if no key has one."""
    if not reads:
        unsure.append("layouts: no article page was seen")
        return None
    titles: list[list[str]] = []
    bodies: list[list[str]] = []
    dates: list[list[str]] = []
    for read in reads:
        tree = LexborHTMLParser(read.html)
        titles.append(_path_of(tree, read.article.title))
        bodies.append(_body_paths(tree, Known.of(read.article).body))
        dates.append([s for s in _DATES if tree.css_first(s.partition("::")[0]) is not None])
    layout = Layout(
        title=_agreed(titles, "title", unsure),
        body=_agreed(bodies, "body", unsure),
        published=_agreed(dates, "published", unsure),
    )
    for read in reads:
        known = Known.of(read.article)
        site = Site(
            name="draft",
            title="",
            country="ZZ",
            languages=(),
            timezone="UTC",
            domains=(),
            home="",
            layouts=(layout,),
        )
        unsure += [
            f"{failure.rule} {failure.reason} on {read.page.url}"
            for failure in check_rules(site, read.html, known)
        ]
    return layout if layout != Layout() else None


def _path_of(tree: LexborHTMLParser, text: str) -> list[str]:
    """The headline's selector: of a heading where one has the text, else of what holds it."""
    for tag in ("h1", "h2"):
        for heading in tree.css(tag):
            if matching(text_of(heading)) == matching(text):
                first = tree.css_first("h1")
                is_first = first is not None and first.mem_id == heading.mem_id
                return [_shortest(tree, heading), *(["h1"] if is_first else [])]
    node = nearest(tree, text)
    return [_shortest(tree, node)] if node is not None else []


def _shortest(tree: LexborHTMLParser, node: LexborNode) -> str:
    """The fewest steps of an element's path that name nothing else on the page."""
    steps = css_path(node).split(" ")
    for start in range(len(steps) - 1, -1, -1):
        selector = " ".join(steps[start:])
        if len(tree.css(selector)) == 1:
            return selector
    return " ".join(steps)


def _body_paths(tree: LexborHTMLParser, paragraphs: Sequence[str]) -> list[str]:
    """``container p`` for the container that holds most of the paragraphs."""
    found: Counter[str] = Counter()
    for text in paragraphs:
        node = nearest(tree, text)
        if node is not None and node.tag == "p" and node.parent is not None:
            found[f"{_shortest(tree, node.parent)} p"] += 1
        elif node is not None:
            found[_shortest(tree, node)] += 1
    return [selector for selector, _ in found.most_common(1)]


def _agreed(pages: Iterable[list[str]], key: str, unsure: list[str]) -> tuple[str, ...]:
    pages = list(pages)
    counts = Counter(selector for page in pages for selector in page)
    enough = [selector for selector, n in counts.most_common() if 2 * n > len(pages)]
    if not enough:
        seen = ", ".join(counts) or "nothing"
        unsure.append(f"layouts[1].{key}: the pages do not agree ({seen})")
    return tuple(dict.fromkeys(enough))[:2]
