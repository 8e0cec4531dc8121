"""Every kind of record finds its word; what is a page becomes one."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from newscrawl.archive import NOTE_TYPE, BrokenRecord, PageNote, Place, WarcRecord
from newscrawl.ingest import HostSites, Sifted, Sifter
from newscrawl.items import Candidate, Rejection, Stage, Via
from newscrawl.site import Site

AT = datetime(2026, 11, 24, tzinfo=UTC)
PLACE = Place("a.warc.gz", 7)
PAGE = b"<!DOCTYPE html><p>a story</p>"
SITE = Site(
    name="paper", title="Paper", country="KH", languages=("km",), timezone="Asia/Phnom_Penh",
    domains=("paper.example", "old.example"), home="https://paper.example/",
)  # fmt: skip


def record(
    type_: str = "response",
    uri: str = "https://www.paper.example/news/1",
    block: bytes | None = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE,
    **headers: str,
) -> WarcRecord:
    fields = {"WARC-Target-URI": uri, "WARC-Date": "2026-11-02T03:04:05Z", **headers}
    named = tuple((k.replace("_", "-"), v) for k, v in fields.items())
    return WarcRecord(PLACE, type_, named, len(block or b""), block)


def sift(one: WarcRecord | BrokenRecord, countries: set[str] | None = None) -> Sifted:
    return Sifter(HostSites({"paper": SITE}), countries or ()).sift(one, AT)


def test_a_page() -> None:
    found = sift(record())
    assert found.page is not None
    assert found.host is not None
    assert (found.word, found.host.name, found.host.site) == ("page", "paper", SITE)
    assert found.page.body == PAGE
    assert found.page.fetched_at == datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)
    assert found.candidate is not None
    assert (found.candidate.via, found.candidate.source_url) == (Via.WARC, "a.warc.gz")


@pytest.mark.parametrize(
    ("type_", "uri", "word"),
    [
        ("request", "https://a.example/", "not_a_page:request"),
        ("warcinfo", "", "not_a_page:warcinfo"),
        ("metadata", "https://a.example/", "not_a_page:metadata"),
        ("revisit", "https://a.example/", "not_a_page:revisit"),
        ("", "https://a.example/", "not_a_page:untyped"),
        ("response", "dns:a.example", "not_a_page:dns"),
        ("response", "", "not_a_page:no_address"),
        ("response", "http://[bad/", "not_a_page:http"),
    ],
)
def test_what_is_no_page(type_: str, uri: str, word: str) -> None:
    found = sift(record(type_, uri))
    assert (found.word, found.candidate, found.page) == (word, None, None)
    assert sift(BrokenRecord(PLACE, "truncated")).word == "broken:truncated"


def http(head: str, body: bytes = PAGE) -> bytes:
    return head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (record(block=http("HTTP/1.1 404 Not Found\nContent-Type: text/html")), "http_404"),
        (record(block=http("HTTP/1.1 301 Moved")), "http_301"),
        (record(block=http("HTTP/1.1 200 OK\nContent-Type: image/png")), "not_html"),
        (record(block=http("HTTP/1.1 200 OK\nContent-Type: text/plain", b"words")), "not_html"),
        (record(block=b"nonsense"), "bad_http"),
        (record(block=None), "too_large"),
        (record(WARC_Truncated="length"), "truncated"),
        (record(block=http("HTTP/1.1 200 OK\nContent-Encoding: br", b"\x0b\x02")), "bad_encoding"),
        (record(block=http("HTTP/1.1 200 OK\nContent-Encoding: gzip",
                           gzip.compress(PAGE)[:-9])), "truncated"),
        (record("resource", Content_Type="application/pdf"), "not_html"),
    ],
)  # fmt: skip
def test_a_page_that_is_refused_has_its_reason(one: WarcRecord, reason: str) -> None:
    found = sift(one)
    assert found.word == "page"
    assert isinstance(found.rejection, Rejection)
    assert (found.rejection.stage, found.rejection.reason) == (Stage.FETCH, reason)


@pytest.mark.parametrize(
    "block",
    [
        http("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip",
             gzip.compress(PAGE)),
        http("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip"),  # undone before
        http("HTTP/1.0 200\nTransfer-Encoding: chunked",
             b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)),
        http("HTTP/1.1 200 OK\nTransfer-Encoding: chunked"),  # undone before
        http("HTTP/1.1 200 OK\nContent-Type: text/plain"),
        PAGE.join([b"HTTP/1.1 200 OK\n\n", b""]),
    ],
)  # fmt: skip
def test_encodings_are_undone(block: bytes) -> None:
    found = sift(record(block=block))
    assert found.page is not None, found.rejection
    assert found.page.body == PAGE


def test_countries() -> None:
    assert sift(record(), {"KH"}).page is not None
    assert sift(record(uri="https://news.old.example/1"), {"KH"}).page is not None
    assert sift(record(uri="https://x.com.kh/1"), {"KH"}).page is not None
    assert sift(record(uri="https://x.co.uk/1"), {"GB"}).page is not None
    for uri in ("https://x.co.th/1", "https://x.example/1", "https://paper.tv/1"):
        refused = sift(record(uri=uri), {"KH", "TV"}).rejection
        assert refused is not None
        assert (refused.stage, refused.reason) == (Stage.DISCOVERY, "other_country")


def test_hosts_without_a_site_keep_their_name() -> None:
    hosts = HostSites({"paper": SITE})
    assert hosts.of("WWW.Daily.example.").name == "daily.example"
    assert hosts.of("notpaper.example").site is None
    assert hosts.of("km.paper.example").site is SITE


def test_a_note_of_our_own_archive_belongs_to_its_response_only() -> None:
    candidate = Candidate("https://paper.example/r", "paper", Via.FEED, title="From the feed")
    first = datetime(2026, 11, 1, tzinfo=UTC)
    note = PageNote("paper", "https://paper.example/", "paper", "r1", candidate.url,
                    "https://paper.example/final", AT, first, candidate)  # fmt: skip
    about = record("metadata", block=note.to_bytes(), Content_Type=NOTE_TYPE,
                   WARC_Concurrent_To="<urn:1>")  # fmt: skip
    sifter = Sifter(HostSites({"paper": SITE}))
    sifter.sift(about, AT)
    own = sifter.sift(record(WARC_Record_ID="<urn:1>"), AT)
    assert own.page is not None
    assert own.note == note
    assert (own.page.url, own.page.requested_url) == (note.final_url, candidate.url)
    assert own.page.candidate is not None
    assert own.page.candidate.title == "From the feed"
    sifter.sift(about, AT)
    assert sifter.sift(record(WARC_Record_ID="<urn:2>"), AT).note is None
    assert sifter.sift(record(WARC_Record_ID="<urn:1>"), AT).note is None
