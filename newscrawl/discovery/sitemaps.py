"""Sitemaps: urlset, index, text, with the news and image extensions (sitemaps.org, Google News).

Read as a stream: memory grows with the entries kept, not with the file. The protocol's limits
(50,000 entries, 50 MB unpacked) hold; what lies beyond is not read, and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newscrawl.discovery.charsets import to_utf8
from newscrawl.discovery.feeds import read_feed
from newscrawl.discovery.links import absolute_url
from newscrawl.discovery.markup import elements, repair, without_cut_tail, without_prolog
from newscrawl.discovery.packing import inflate
from newscrawl.discovery.plain import plain_title
from newscrawl.discovery.readings import Notes, SitemapChild, SitemapReading
from newscrawl.items import Candidate, Via

MAX_BYTES = 52_428_800
MAX_ENTRIES = 50_000

_TAGS = ("{*}url", "{*}sitemap")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.I)
_FEED = re.compile(rb"<(?:rss|feed|(?:[\w-]+:)?rdf)[\s>]", re.I)
_ROOT = re.compile(rb"<(?:[\w-]+:)?(urlset|sitemapindex)[\s>]", re.I)
_LOC = re.compile(rb"<(?:[\w-]+:)?loc(?:\s[^<>]{0,200})?>", re.I)


def read_sitemap(
    body: bytes,
    url: str,
    site_name: str,
    content_type: str | None = None,
    *,
    limit: int = MAX_ENTRIES,
) -> SitemapReading:
    """A sitemap's addresses with the evidence beside them, in the sitemap's order, each once.

    ``news:title``, ``news:publication_date``, ``news:language``, ``news:keywords``, the first image
    and ``lastmod`` are kept as written. Children of an index are in `SitemapReading.children`.
    Never raises; see `SitemapReading.problems`.
    """
    notes = Notes()
    if not body.strip():
        notes.add("empty")
        return SitemapReading(problems=notes.freeze(), kind="empty")
    data = to_utf8(inflate(body, MAX_BYTES, notes), content_type, notes)
    head = data[:20_000].lstrip()
    if _ROOT.search(head) is None:
        return _not_a_urlset(data, head, url, site_name, content_type, notes, limit)
    data = without_cut_tail(data)
    reader = _Reader(url, site_name, limit)
    trial = Notes()
    if b"&#" in data:
        # A reference to half a surrogate pair passes the parser and breaks what comes after it.
        trial.add("references")
    else:
        reader.read(elements(without_prolog(data, trial)[0], trial, tags=_TAGS))
    if trial.problems and not reader.full:
        # Not well-formed: once more with the text repaired, and at worst the bare addresses.
        again = _Reader(url, site_name, limit)
        last = Notes()
        again.read(elements(repair(data, last), last, tags=_TAGS))
        reader = again if again.count >= reader.count else reader
        notes.problems += last.problems or [x for x in trial.problems if x.word == "malformed"]
        if last.problems and not reader.full:
            bare = _Reader(url, site_name, limit)
            bare.read_addresses(data)
            reader.take_order_of(bare)
    elif reader.count == 0:
        reader.read_addresses(data)
    return reader.reading(notes)


def _not_a_urlset(
    data: bytes,
    head: bytes,
    url: str,
    site_name: str,
    content_type: str | None,
    notes: Notes,
    limit: int,
) -> SitemapReading:
    if _FEED.search(head):
        feed = read_feed(data, url, content_type, site_name)
        return SitemapReading(feed.candidates, (), (*notes.freeze(), *feed.problems), "feed")
    if _HTML.search(head):
        notes.add("html")
        return SitemapReading(problems=notes.freeze(), kind="html")
    reader = _Reader(url, site_name, limit)
    if not head.startswith((b"<", b"{", b"[")):
        reader.read_lines(data)
    elif _LOC.search(data):
        reader.read_addresses(data)
    if not reader.count:
        notes.add("unknown", head[:60].decode("utf-8", "replace"))
    return reader.reading(notes)


class _Reader:
    """Collects the entries of one sitemap."""

    def __init__(self, url: str, site_name: str, limit: int) -> None:
        self._url = url
        self._site = site_name
        self._limit = limit
        self._notes = Notes()
        self._kind = "unknown"
        self._candidates: dict[str, Candidate] = {}
        self._children: dict[str, SitemapChild] = {}
        self._parts: dict[str, str] = {}
        self.count = 0
        self.full = False

    def reading(self, notes: Notes) -> SitemapReading:
        """What was collected, with the problems met before and while reading."""
        if self._kind != "unknown" and not self._candidates and not self._children:
            notes.add("no_entries")
        return SitemapReading(
            tuple(self._candidates.values()),
            tuple(self._children.values()),
            (*notes.freeze(), *self._notes.freeze()),
            self._kind,
        )

    def take_order_of(self, bare: _Reader) -> None:
        """The addresses of ``bare`` in its order, with the evidence there is; then the others.

        In a broken tree entries end in the wrong order, and some are lost.
        """
        self._candidates = {
            url: self._candidates.get(url, candidate) for url, candidate in bare._candidates.items()
        } | self._candidates
        self._children = {
            loc: self._children.get(loc, child) for loc, child in bare._children.items()
        } | self._children
        self.count = max(self.count, bare.count)
        if self._kind == "unknown":
            self._kind = bare._kind

    def read(self, events: Iterator[tuple[str, etree._Element]]) -> None:
        """Take the ``url`` and ``sitemap`` elements of a stream, forgetting each."""
        parts = self._parts
        for _, element in events:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            self.count += 1
            if self.count > self._limit:
                self._too_many()
                return
            if tag.endswith("sitemap"):
                self._child(element)
            else:
                self._entry(element, parts)
            element.clear()
            parent = element.getparent()
            if parent is not None:
                # One sibling at a time: all that came before is already gone.
                previous = element.getprevious()
                if previous is not None:
                    parent.remove(previous)

    def _too_many(self) -> None:
        self.full = True
        self._notes.add("too_many_entries", f"{self._limit} read")

    def _part(self, tag: str) -> str:
        """The local name of an element, with ``news:`` or ``image:`` where it is of those."""
        space, _, local = tag.rpartition("}")
        local = local.lower()
        if "news" in space or local.startswith("news:"):
            part = "news:" + local.removeprefix("news:")
        elif "image" in space or local.startswith("image:"):
            part = "image:" + local.removeprefix("image:")
        elif "video" in space or "xhtml" in space or "mobile" in space or ":" in local:
            part = "other"
        else:
            part = local
        self._parts[tag] = part
        return part

    def _entry(self, element: etree._Element, parts: dict[str, str]) -> None:
        loc = lastmod = image = None
        news: dict[str, str] = {}
        is_news = False
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            part = parts.get(tag) or self._part(tag)
            if part == "loc":
                loc = loc or child.text
            elif part == "lastmod":
                lastmod = child.text
            elif part == "news:news":
                is_news = True
                for inner in child.iter():
                    inner_tag = inner.tag
                    if isinstance(inner_tag, str) and inner.text:
                        name = parts.get(inner_tag) or self._part(inner_tag)
                        news.setdefault(name, inner.text)
            elif part == "image:image" and image is None:
                image = next(
                    (x.text for x in child if isinstance(x.tag, str) and x.tag.endswith("loc")),
                    None,
                )
        self._keep(loc or element.text, lastmod, image, news, is_news)

    def _keep(
        self,
        loc: str | None,
        lastmod: str | None,
        image: str | None,
        news: dict[str, str],
        is_news: bool,
    ) -> None:
        if self._kind == "unknown":
            self._kind = "urlset"
        address = _address(loc, self._url)
        if address is None:
            self._notes.add("no_address", (loc or "").strip()[:80])
            return
        if address in self._candidates:
            self._notes.add("repeated", address)
            return
        if not is_news:
            self._candidates[address] = Candidate(
                url=address,
                site=self._site,
                via=Via.SITEMAP,
                source_url=self._url,
                modified_raw=lastmod.strip() if lastmod else None,
                image_url=absolute_url(image, self._url) if image else None,
            )
            return
        keywords = news.get("news:keywords", "").replace("،", ",").replace("、", ",")
        self._candidates[address] = Candidate(
            url=address,
            site=self._site,
            via=Via.NEWS_SITEMAP,
            source_url=self._url,
            title=plain_title(news.get("news:title")),
            published_raw=_stripped(news.get("news:publication_date")),
            modified_raw=_stripped(lastmod),
            language=_stripped(news.get("news:language")),
            keywords=tuple(dict.fromkeys(x.strip() for x in keywords.split(",") if x.strip()))[:50],
            image_url=absolute_url(image, self._url) if image else None,
            source_name=plain_title(news.get("news:name")),
        )

    def _child(self, element: etree._Element) -> None:
        self._kind = "index"
        loc = lastmod = None
        for child in element:
            if isinstance(child.tag, str):
                part = self._parts.get(child.tag) or self._part(child.tag)
                if part == "loc":
                    loc = child.text
                elif part == "lastmod":
                    lastmod = child.text
        loc = loc or element.text  # some write the address without an element of its own
        address = _address(loc, self._url)
        if address is None:
            self._notes.add("no_address", (loc or "").strip()[:80])
        else:
            self._children.setdefault(address, SitemapChild(address, _stripped(lastmod)))

    def read_lines(self, data: bytes) -> None:
        """A text sitemap: one absolute address a line (other lines are passed over)."""
        for line in data.split(b"\n"):
            raw = line.strip()
            if not raw.lower().startswith((b"http://", b"https://")):
                continue
            self._kind = "text"
            self.count += 1
            if self.count > self._limit:
                self._too_many()
                return
            self._keep(raw[:8192].decode("utf-8", "replace"), None, None, {}, False)

    def read_addresses(self, data: bytes) -> None:
        """Every ``loc`` of a text that is no tree, without the evidence beside it."""
        root = _ROOT.search(data[:20_000])
        index = root is not None and root[1].lower() == b"sitemapindex"
        misses = 0
        for found in _LOC.finditer(data):
            if misses > self._limit:
                return
            end = data.find(b"<", found.end(), found.end() + 8192)
            raw = data[found.end() : end if end >= 0 else found.end() + 8192]
            if raw == b"" and data.startswith(b"<![CDATA[", found.end()):
                close = data.find(b"]]>", found.end(), found.end() + 8192)
                raw = data[found.end() + 9 : max(close, found.end() + 9)]
            prefix = found[0].lower()
            if b"image:" in prefix or b"video:" in prefix:
                continue
            loc = raw.decode("utf-8", "replace").replace("&amp;", "&").strip()
            if end < 0 or absolute_url(loc, self._url) is None:
                misses += 1  # cut in the middle, or none
                continue
            self.count += 1
            if len(self._candidates) + len(self._children) >= self._limit:
                self._too_many()
                return
            if index:
                self._kind = "index"
                address = absolute_url(loc, self._url) or loc
                self._children.setdefault(address, SitemapChild(address))
            elif absolute_url(loc, self._url) not in self._candidates:
                self._keep(loc, None, None, {}, False)


def _address(loc: str | None, base: str) -> str | None:
    """The protocol asks for whole addresses; a path from the root is taken too, nothing else."""
    if loc and (loc.lstrip()[:4].lower() == "http" or loc.lstrip()[:1] == "/"):
        return absolute_url(loc, base)
    return None


def _stripped(text: str | None) -> str | None:
    return (text.strip() or None) if text else None
