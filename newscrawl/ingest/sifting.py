"""What a record of a WARC file is to us: a page to read, a page that is refused, or neither."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from newscrawl.account import Fetched
from newscrawl.archive import (
    NOTE_TYPE,
    BadMessage,
    BrokenRecord,
    HttpHead,
    PageNote,
    Place,
    WarcRecord,
    read_body,
    read_head,
    read_note,
)
from newscrawl.ingest.hosts import HostSite, HostSites
from newscrawl.items import Candidate, Page, Rejection, Stage, Via
from newscrawl.text import one_line

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_SNIFFED = frozenset({"", "application/octet-stream", "text/plain", "unknown/unknown"})
_NO_WORD = re.compile(r"[^a-z0-9._+-]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<?xml", b"<meta")
PAGE_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sifted:
    """``word`` is what the file's account counts it by.

    ``candidate`` is None for what is no page at all; else either ``page`` or ``rejection`` is set.
    ``note`` is what an archive of our own says of the page.
    """

    place: Place
    word: str
    host: HostSite | None = None
    candidate: Candidate | None = None
    page: Page | None = None
    rejection: Rejection | None = None
    fetched: Fetched | None = None
    note: PageNote | None = None


class Sifter:
    """Sifts the records of one file in order; a note of our own archive belongs to what follows."""

    def __init__(self, hosts: HostSites, countries: Collection[str] = ()) -> None:
        self._hosts, self._countries = hosts, frozenset(countries)
        self._note: tuple[str, PageNote] | None = None

    def sift(self, record: WarcRecord | BrokenRecord, at: datetime) -> Sifted:
        """One record; ``at`` stands for a WARC-Date that is missing."""
        if isinstance(record, BrokenRecord):
            return Sifted(record.place, f"broken:{record.reason}")
        if record.type == "metadata":
            self._remember(record)
        if record.type not in {"response", "resource"}:
            return Sifted(record.place, f"not_a_page:{_word(record.type) or 'untyped'}")
        uri = record.uri
        if _CONTROL.search(uri):
            return Sifted(record.place, "not_a_page:bad_address")
        try:
            parts = urlsplit(uri)
            host = parts.hostname or ""
        except ValueError:
            host = ""
        if not host or parts.scheme.lower() not in {"http", "https"}:
            scheme = _word(uri.partition(":")[0].lower())
            return Sifted(record.place, f"not_a_page:{scheme or 'no_address'}")
        return self._page(record, uri, self._hosts.of(host), at)

    def _remember(self, record: WarcRecord) -> None:
        if record.header("Content-Type") == NOTE_TYPE and record.block is not None:
            note = read_note(record.block)
            if note is not None:
                self._note = (record.header("WARC-Concurrent-To") or "", note)

    def _page(self, record: WarcRecord, uri: str, host: HostSite, at: datetime) -> Sifted:
        note = None
        if self._note is not None and self._note[0] == record.header("WARC-Record-ID"):
            note = self._note[1]
        self._note = None
        fetched_at = note.fetched_at if note else record.date or at
        if note is not None:
            candidate = replace(note.candidate, via=Via.WARC)
        else:
            candidate = Candidate(uri, host.name, Via.WARC)
        candidate = replace(candidate, site=host.name, source_url=record.place.file)
        fetched = Fetched(fetched_at=fetched_at, final_url=uri, bytes=record.size)

        def refused(
            stage: Stage, reason: str, detail: str = "", status: int | None = None
        ) -> Sifted:
            return Sifted(
                record.place, "page", host, candidate, None,
                Rejection(uri, host.name, stage, reason, one_line(detail)[:200]),
                replace(fetched, status=status), note,
            )  # fmt: skip

        if self._countries and host.country not in self._countries:
            return refused(Stage.DISCOVERY, "other_country", host.country or "unknown")
        if record.header("WARC-Truncated"):
            return refused(Stage.FETCH, "truncated", record.header("WARC-Truncated") or "")
        if record.block is None:
            return refused(Stage.FETCH, "too_large", f"{record.size} bytes")
        try:
            head = self._head(record)
            if head.status != 200:
                return refused(Stage.FETCH, f"http_{head.status}", status=head.status)
            if head.media_type not in _HTML and head.media_type not in _SNIFFED:
                return refused(Stage.FETCH, "not_html", head.media_type[:80], head.status)
            body = read_body(record.block, head, PAGE_BYTES)
        except BadMessage as bad:
            return refused(Stage.FETCH, bad.reason, bad.detail)
        if head.media_type in _SNIFFED and not _reads_as_html(body):
            return refused(Stage.FETCH, "not_html", head.media_type or "no type", head.status)
        page = Page(
            url=note.final_url if note else uri,
            requested_url=note.requested_url if note else uri,
            status=head.status,
            headers=head.headers,
            body=body,
            fetched_at=fetched_at,
            candidate=candidate,
        )
        fetched = replace(fetched, status=head.status, bytes=len(body))
        return Sifted(record.place, "page", host, candidate, page, None, fetched, note)

    @staticmethod
    def _head(record: WarcRecord) -> HttpHead:
        assert record.block is not None
        if record.type == "response":
            return read_head(record.block)
        # a resource has no HTTP message around it: its own type is that of the content
        return HttpHead(200, (("content-type", record.header("Content-Type") or ""),), 0)


def _word(text: str) -> str:
    return _NO_WORD.sub("", text)[:20]


def _reads_as_html(body: bytes) -> bool:
    return body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML_STARTS)
