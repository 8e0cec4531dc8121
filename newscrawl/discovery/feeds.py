"""Feeds: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF and JSON Feed.

Published specifications: RSS 2.0 (rssboard.org), RSS 1.0 with its content, Dublin Core and media
modules, RFC 4287 (Atom), JSON Feed 1.1. Newsrooms break all of them, so nothing is refused that
holds an address: a feed that is broken in one entry still gives its others.
"""

from __future__ import annotations

import re
from itertools import islice

from newscrawl.discovery.charsets import to_utf8
from newscrawl.discovery.feed_entries import Parsed, entries_of, merged
from newscrawl.discovery.feed_fields import FeedEntry
from newscrawl.discovery.feed_pieces import entries_in_pieces
from newscrawl.discovery.jsonfeed import parse_json_feed
from newscrawl.discovery.links import absolute_url
from newscrawl.discovery.markup import repair, without_cut_tail
from newscrawl.discovery.packing import inflate
from newscrawl.discovery.plain import MAX_SUMMARY, plain, plain_title
from newscrawl.discovery.readings import Notes, Reading
from newscrawl.items import Candidate, Via
from newscrawl.text import one_line

MAX_BYTES = 10 * 1024 * 1024
"""Bytes of a feed that are read, unpacked; the largest feeds of news sites have about 5 MB."""
MAX_ENTRIES = 5000
MAX_TAGS = 600_000
"""Tags of a feed that are read; 120 for each of `MAX_ENTRIES`."""
MAX_BODY = 400_000
"""Characters of an entry's full content that are kept."""

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.I)
_SITEMAP = re.compile(rb"<(?:[\w-]+:)?(?:urlset|sitemapindex)[\s>]", re.I)
_FEED = re.compile(rb"<(?:[\w-]+:)?(?:rss|rdf|feed|channel)[\s>]", re.I)
_WORDPRESS_ID = re.compile(r"[?&](?:p|page_id|post)=([0-9]{1,12})(?:&|$)")


def read_feed(body: bytes, url: str, content_type: str | None, site_name: str) -> Reading:
    """A feed's entries as candidates, in the feed's order, each address once.

    ``url`` is where the feed was found (relative addresses are resolved against it and
    ``xml:base``), ``content_type`` the header, used for its charset only. Dates, authors and so on
    are kept as written; titles and summaries become plain text. At most `MAX_BYTES` and
    `MAX_ENTRIES` are read. Never raises; see `Reading.problems`.
    """
    notes = Notes()
    if not body.strip():
        notes.add("empty")
        return Reading(problems=notes.freeze(), kind="empty")
    data = inflate(body, MAX_BYTES, notes)
    utf8 = to_utf8(data, content_type, notes)
    start = utf8.lstrip()[:1]
    if start in (b"{", b"["):
        parsed = parse_json_feed(utf8, url, notes, MAX_ENTRIES)
    else:
        parsed = _parse_xml(utf8, url, notes)
    candidates = _candidates(parsed, url, site_name, notes)
    if not parsed.entries:
        kind = _what_else(utf8) if parsed.kind == "unknown" else parsed.kind
        notes.add(kind if kind in {"html", "sitemap", "unknown"} else "no_entries")
        return Reading((), notes.freeze(), kind, 0, plain_title(parsed.title), parsed.language)
    return Reading(
        candidates,
        notes.freeze(),
        parsed.kind,
        len(parsed.entries),
        plain_title(parsed.title),
        parsed.language,
    )


def _parse_xml(utf8: bytes, url: str, notes: Notes) -> Parsed:
    if utf8.count(b"<") > MAX_TAGS:
        notes.add("too_many_tags", f"{MAX_TAGS} read")
        utf8 = utf8[: next(islice(re.finditer(b"<", utf8), MAX_TAGS, None)).start()]
    xml = repair(without_cut_tail(utf8), notes)
    parsed = entries_of(xml, url, notes, MAX_ENTRIES)
    if any(problem.word == "malformed" for problem in notes.problems) or not parsed.entries:
        # The tree may have lost entries or nested them in one another: cut the text at its entries
        # and read each on its own.
        pieces = entries_in_pieces(xml, url, MAX_ENTRIES, parsed)
        parsed = merged(parsed, pieces)
    if len(parsed.entries) >= MAX_ENTRIES:
        notes.add("too_many_entries", f"{MAX_ENTRIES} read")
    return parsed


def _what_else(utf8: bytes) -> str:
    head = utf8[:200_000]
    if _SITEMAP.search(head[:20_000]):
        return "sitemap"
    if _HTML.search(head) and not _FEED.search(head[:2000]):
        return "html"
    return "unknown"


def _candidates(parsed: Parsed, url: str, site_name: str, notes: Notes) -> tuple[Candidate, ...]:
    out: dict[str, Candidate] = {}
    for entry in parsed.entries:
        address = _address(entry, url)
        if address is None:
            notes.add("no_address", (entry.link or entry.title or "")[:80])
        elif address in out:
            notes.add("repeated", address)
        else:
            out[address] = _candidate(entry, address, parsed, url, site_name)
    return tuple(out.values())


def _address(entry: FeedEntry, url: str) -> str | None:
    base = entry.base or url
    for raw in (entry.original_link, entry.link):
        if raw and (found := absolute_url(raw, base)):
            return found
    if entry.guid and entry.guid.strip()[:4].lower() == "http":
        return absolute_url(entry.guid, base)
    return None


def _candidate(
    entry: FeedEntry, address: str, parsed: Parsed, url: str, site_name: str
) -> Candidate:
    body = entry.body if entry.body and len(entry.body) <= MAX_BODY else None
    image = absolute_url(entry.image, entry.base or url) if entry.image else None
    return Candidate(
        url=address,
        site=site_name,
        via=Via.FEED,
        source_url=url,
        title=plain_title(entry.title),
        published_raw=entry.published,
        modified_raw=entry.modified,
        language=one_line(entry.language or parsed.language or "") or None,
        keywords=tuple(dict.fromkeys(x for x in map(plain, entry.categories) if x))[:50],
        authors=tuple(dict.fromkeys(x for x in map(plain, entry.authors) if x))[:20],
        summary=plain(entry.summary, MAX_SUMMARY),
        image_url=image,
        publisher_id=_publisher_id(entry),
        body_html=body,
    )


def _publisher_id(entry: FeedEntry) -> str | None:
    """The number of a WordPress guid (``?p=123``), or a guid that is no address at all."""
    guid = one_line(entry.guid or "")
    if found := _WORDPRESS_ID.search(guid):
        return found[1]
    if guid and len(guid) <= 100 and "://" not in guid and not guid.startswith("/"):
        return guid
    return None
