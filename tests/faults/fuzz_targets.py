"""The readers of foreign data as functions from bytes, each with good inputs to begin from.

A target raises for a broken contract (`fuzz_contracts`) and for nothing else.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import fuzz_seeds as seeds
from fuzz_contracts import BrokenContractError, check, check_edited

from newscrawl.archive import (
    BadMessage,
    BrokenRecord,
    CodingError,
    WarcReader,
    WarcRecord,
    codings,
    read_body,
    read_head,
    unpack_layers,
)
from newscrawl.clean import Furniture, byline_of, clean_authors, from_text, split_caption
from newscrawl.cli.extract_lines import extract_lines
from newscrawl.dedup import canonical_url, is_url
from newscrawl.discovery import (
    Backfill,
    find_sources,
    parse_time,
    read_feed,
    read_listing,
    read_section,
    read_sitemap,
)
from newscrawl.discovery import judge_url as judge_shape
from newscrawl.editing import edit_page
from newscrawl.extract import DateContext, Document, decode, parse_date, read_structured
from newscrawl.ingest.hosts import HostSites
from newscrawl.ingest.sifting import Sifter
from newscrawl.items import Candidate, Page, Via
from newscrawl.manners import AllowedAddresses, RobotsPolicy, parse_retry_after
from newscrawl.manners import judge_url as judge_gate
from newscrawl.platforms import blox, quintype, wordpress
from newscrawl.site import Layout, Listing, Site
from newscrawl.sites_toml import load_sites

AT = datetime(2026, 11, 25, 3, 4, 5, tzinfo=UTC)
URL = "https://paper.example/news/2026/11/24/bridge-repair-1234.html"
SITE = Site(
    name="paper", title="The Paper", country="KH", languages=("km", "en"),
    timezone="Asia/Phnom_Penh", domains=("paper.example",), home="https://paper.example/",
    article=r"https://paper\.example/news/.*-\d+", publisher_id=r"-(\d+)\.html",
    layouts=(
        Layout(
            body=("article", ".story p"), title=("h1",), byline=(".by",), published=("time",),
            caption=("figcaption",), exclude=(".share",), next_page=("a.next",),
        ),
    ),
)  # fmt: skip
_LISTINGS = (
    wordpress.posts("https://paper.example/"),
    quintype.stories("https://paper.example/", 7),
    blox.search("https://paper.example/", "news"),
    Listing(url="https://p.example/w?page={page}", kind="json", item="items", link="url",
            title="title", published="date", section="section"),
    Listing(url="https://p.example/w?page={page}", item="article", link="a", published="time"),
)  # fmt: skip
_CONTENT_TYPES = (
    "text/html; charset=utf-8", None, "text/html", "text/html; charset=tis-620",
    "text/html;charset=\"shift_jis\"", "application/xhtml+xml; charset=utf-16",
    "text/html; charset=gb18030; charset=big5", "text/html; charset=\x00\ud83d",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """``reads`` raises what is wrong with the reader; ``size`` is the largest input in the fuzz."""

    name: str
    reads: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    size: int = 16_384
    main: bool = True  # ten minutes in the long form


def _page(body: bytes, content_type: str | None, candidate: Candidate | None = None) -> Page:
    headers: list[tuple[str, str]] = [("last-modified", "Tue, 24 Nov 2026 10:00:00 GMT")]
    if content_type is not None:
        headers.append(("content-type", content_type))
    return Page(URL, URL, 200, tuple(headers), body, AT, candidate)


def read_page(data: bytes) -> None:
    """A page from its bytes to an article ready to be stored; the first byte picks the header."""
    first, body = (data[0], data[1:]) if data else (0, b"")
    content_type = _CONTENT_TYPES[first & 7]
    check_edited(edit_page(_page(body, content_type), SITE if first & 8 else None))


def read_embedded(data: bytes) -> None:
    """JSON-LD and the JSON that scripts hold, as elements of a page and as read by themselves."""
    start = b'<html><head><script type="application/ld+json">'
    end = (
        b"</script></head><body><article><h1>Bridge repair to begin</h1><p>The office said on"
        b" Tuesday that the repair would begin.</p></article></body></html>"
    )
    text = (start + data + end).decode("utf-8", "replace")
    read_structured(Document.parse(text, URL))
    check_edited(edit_page(_page(start + data + end, "text/html; charset=utf-8"), None))
    scripts = b'<script id="__NEXT_DATA__" type="application/json">' + data + b"</script>"
    scripts += b"<script>window.__STATE__ = " + data + b";</script>"
    check_edited(edit_page(_page(scripts + end, "text/html; charset=utf-8"), None))


def read_evidence(data: bytes) -> None:
    """What a feed or sitemap said of a page, on its way into the article of that page."""
    text = data.decode("utf-8", "replace")
    parts = (text.split("\n") + [""] * 8)[:8]
    candidate = Candidate(
        URL, "paper", Via.FEED, title=parts[0], published_raw=parts[1], modified_raw=parts[2],
        language=parts[3], section=parts[4], authors=(parts[5],), summary=parts[6],
        body_html=parts[7],
    )  # fmt: skip
    check_edited(edit_page(_page(seeds.PAGE, "text/html", candidate), SITE))


def read_feeds(data: bytes) -> None:
    """RSS, RDF, Atom and JSON feeds."""
    for content_type in ("application/rss+xml", "text/xml; charset=tis-620"):
        check(read_feed(data, "https://paper.example/feed.xml", content_type, "paper"), "Reading")


def read_sitemaps(data: bytes) -> None:
    """Sitemaps: XML, gzip, plain text, news, indexes."""
    check(read_sitemap(data, "https://paper.example/sitemap.xml", "paper"), "SitemapReading")


def read_lists(data: bytes) -> None:
    """Listing APIs of publishing systems, and section pages."""
    for listing in _LISTINGS:
        check(read_listing(data, "https://paper.example/w?page=1", SITE, listing), "SectionReading")
    text = data.decode("utf-8", "replace")
    check(read_section(text, "https://paper.example/", None), "SectionReading")
    check(find_sources(text, "https://paper.example/", text), "Sources")


def read_robots(data: bytes) -> None:
    """robots.txt and a path of the host; what is disallowed stays so however the file is cut."""
    policy = RobotsPolicy.from_answer(
        200, data, url="https://paper.example/robots.txt", fetched_at=AT
    )
    for path in ("/", "/news/a.html?x=1", "/%E1%9E%80/*$", data[:200].decode("utf-8", "replace")):
        for agent in ("newscrawl/0.1", "*", "Mozilla/5.0 (compatible; newscrawl/1)", ""):
            check(policy.judge("https://paper.example" + path, agent), "Verdict", raw=True)
            policy.crawl_delay(agent)
    for sitemap in policy.sitemaps:
        check(sitemap, "sitemap", raw=True)


_CONTEXTS = (
    DateContext(languages=("km", "en"), country="KH", timezone="Asia/Phnom_Penh", reference=AT),
    DateContext(languages=("th",), country="TH", timezone="Asia/Bangkok", calendar="buddhist",
                reference=AT),
    DateContext(languages=("ne",), country="NP", calendar="bikram_sambat", reference=AT),
    DateContext(languages=("ja",), country="JP", calendar="reiwa", day_first=False, reference=AT),
    DateContext(languages=("zh-Hant",), country="TW", calendar="roc"),
    DateContext(),
)  # fmt: skip


def read_dates(data: bytes) -> None:
    """Printed dates in the calendars of the region, and those of feeds."""
    text = data.decode("utf-8", "replace")
    for context in _CONTEXTS:
        check(parse_date(text, context), "ParsedDate")
        parsed = parse_date(text, context)
        if parsed is not None:
            check(parsed.at, "at")
    check(parse_time(text), "time")


def read_urls(data: bytes) -> None:
    """Canonical form, shape and gate of a URL."""
    text = data.decode("utf-8", "surrogateescape")
    allowed = AllowedAddresses.parse(["127.0.0.1:8800"])
    for url in (text, "https://" + text, "https://paper.example/" + text):
        verdict = judge_gate(url, allowed)
        if len(verdict.reason) > 40:
            raise BrokenContractError(f"gate: {verdict.reason!r:.80}")
        is_url(url)
        judge_shape(url, SITE)
        canonical = canonical_url(url, SITE)
        again = canonical_url(canonical, SITE)
        if again != canonical:
            raise BrokenContractError(f"canonical: {canonical!r:.200} becomes {again!r:.200}")


def read_charsets(data: bytes) -> None:
    """Decoding under every kind of declaration."""
    label, _, body = data.partition(b"\n")
    name = label.decode("latin-1")
    for content_type in (f"text/html; charset={name}", name, None):
        decoded = decode(body, content_type, site_encoding=name[:40] or None, language=name[:5])
        if any("\ud800" <= ch <= "\udfff" for ch in decoded.text):
            raise BrokenContractError("Decoded.text: a lone surrogate")
        check(decoded.encoding, "encoding")


def read_warc(data: bytes) -> None:
    """A WARC file, what stands in it, and whether its records end."""
    sifter = Sifter(HostSites({}))
    with tempfile.NamedTemporaryFile(suffix=".warc.gz") as file:
        file.write(data)
        file.flush()
        count = 0
        with WarcReader(Path(file.name), keep=1_000_000) as reader:
            for record in reader:
                count += 1
                if count > len(data) + 10:
                    raise BrokenContractError("WarcReader: more records than bytes")
                if isinstance(record, BrokenRecord):
                    check(record, "BrokenRecord")
                elif isinstance(record, WarcRecord):
                    check((record.date, record.type[:1000]), "WarcRecord", raw=True)
                sifted = sifter.sift(record, AT)
                check((sifted.rejection, sifted.word, sifted.candidate), "Sifted", raw=False)
                if sifted.page is not None:
                    if sifted.page.fetched_at.tzinfo is None:
                        raise BrokenContractError("Page.fetched_at: a time without a zone")
                    check_edited(edit_page(sifted.page, None))


def read_toml(data: bytes) -> None:
    """The user's own sites."""
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        file.write(data)
        file.flush()
        sites, problems = load_sites(Path(file.name))
    if not sites and not problems:
        raise BrokenContractError("load_sites: neither a site nor a problem")
    for problem in problems:
        str(problem)


def read_state(data: bytes) -> None:
    """What is kept between runs as text: learned boilerplate, finished windows of a backfill."""
    text = data.decode("utf-8", "replace")
    with contextlib.suppress(ValueError):
        furniture = Furniture.from_json(text)
        furniture.is_furniture("Subscribe now")
        check(furniture.lines(), "lines", raw=True)
        furniture.to_json()
    backfill = Backfill(date(2026, 1, 1), date(2026, 11, 25), done=text.split("\n"))
    list(backfill.remaining())
    Backfill(date(2026, 1, 1), date(2026, 11, 25), done=backfill.to_text())


def read_headers(data: bytes) -> None:
    """An HTTP answer: status line, headers, codings; Retry-After; headers of a page."""
    text = data.decode("latin-1")
    for value in text.split("\n")[:20]:
        seconds = parse_retry_after(value, AT)
        if seconds is not None and not 0 <= seconds <= 86_400:
            raise BrokenContractError(f"Retry-After: {seconds}")
    with contextlib.suppress(CodingError):
        names = codings([text[:200]])
        unpack_layers(data, names or ["gzip"], 1_000_000)
    try:
        head = read_head(data)
        body = read_body(data, head, 1_000_000)
    except BadMessage:
        return
    if len(body) > 1_000_000:
        raise BrokenContractError("read_body: more than asked for")
    page = Page(URL, URL, head.status, head.headers, body or seeds.PAGE, AT)
    check_edited(edit_page(page, None))


def read_text(data: bytes) -> None:
    """Lines of text: bylines, captions, whole scraped texts."""
    text = data.decode("utf-8", "replace").replace("\x00", "")
    check(byline_of(text[:2000], SITE), "Bylines", raw=True)
    check(clean_authors(text.split("\n")[:50], SITE), "Bylines", raw=True)
    check(split_caption(text[:5000]), "caption", raw=True)
    from_text(text, SITE, url=URL, fetched_at=AT)


def read_lines(data: bytes) -> None:
    """JSON lines of the extract command: one line out for each line in, each of them JSON."""
    out = io.BytesIO()
    extract_lines(
        io.BytesIO(data), out, folder=Path("/nonexistent"), workers=0, seconds=0, memory_mb=0
    )
    lines = data.split(b"\n")
    expected = len(lines) - (not lines[-1])
    got = out.getvalue().decode("utf-8").splitlines() if b"\n" in out.getvalue() else []
    got = [x for x in out.getvalue().decode("utf-8").split("\n") if x]
    if len(got) != expected:
        raise BrokenContractError(f"extract_lines: {expected} lines in, {len(got)} out")
    for line in got:
        json.loads(line)


TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("page", read_page, tuple(bytes([n]) + x for n in (0, 9, 3) for x in seeds.PAGES)),
        Target("embedded", read_embedded, seeds.JSONLD, 8192),
        Target("feed", read_feeds, seeds.FEEDS),
        Target("sitemap", read_sitemaps, seeds.SITEMAPS),
        Target("listing", read_lists, seeds.LISTS, 8192),
        Target("robots", read_robots, seeds.ROBOTS, 8192),
        Target("dates", read_dates, seeds.DATES, 400),
        Target("urls", read_urls, seeds.URLS, 1000),
        Target("toml", read_toml, seeds.TOML, 4096),
        Target("charset", read_charsets, seeds.CHARSETS, 4096),
        Target("warc", read_warc, seeds.WARC, 8192),
        Target("headers", read_headers, seeds.HEADERS, 4096, main=False),
        Target("evidence", read_evidence, seeds.EVIDENCE, 4096, main=False),
        Target("text", read_text, seeds.TEXTS, 4096, main=False),
        Target("state", read_state, seeds.STATE, 4096, main=False),
        Target("lines", read_lines, seeds.LINES, 8192, main=False),
    )
}
