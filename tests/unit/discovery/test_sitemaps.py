"""Sitemaps of every kind, whole, broken and too large."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from newscrawl.discovery import SitemapChild, SitemapReading, read_sitemap, staleness
from newscrawl.items import Candidate, Via

URL = "https://paper.example/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


def read(body: str | bytes) -> SitemapReading:
    return read_sitemap(body.encode() if isinstance(body, str) else body, URL, "paper")


def test_news_fields_are_kept() -> None:
    reading = read(
        f"""<?xml version="1.0"?><urlset {NS} {NEWS} {IMAGE}><url>
        <loc>https://paper.example/a?x=1&amp;y=2</loc><lastmod>2026-11-11</lastmod>
        <news:news><news:publication><news:name>The Paper</news:name>
        <news:language>th</news:language></news:publication>
        <news:publication_date>2026-11-10T08:30:00+07:00</news:publication_date>
        <news:title><![CDATA[ข่าว & หลัก]]></news:title>
        <news:keywords>ถนน, งบประมาณ、roads</news:keywords></news:news>
        <image:image><image:loc>/img/1.jpg</image:loc><image:title>no</image:title></image:image>
        </url></urlset>"""
    )
    assert reading.kind == "urlset"
    assert reading.problems == ()
    assert reading.candidates == (
        Candidate(
            url="https://paper.example/a?x=1&y=2",
            site="paper",
            via=Via.NEWS_SITEMAP,
            source_url=URL,
            title="ข่าว & หลัก",
            published_raw="2026-11-10T08:30:00+07:00",
            modified_raw="2026-11-11",
            language="th",
            keywords=("ถนน", "งบประมาณ", "roads"),
            image_url="https://paper.example/img/1.jpg",
            source_name="The Paper",
        ),
    )


def test_index_with_lastmod() -> None:
    reading = read(
        f"<sitemapindex {NS}><sitemap><loc>https://p.example/1.xml</loc>"
        "<lastmod> 2026-11-10 </lastmod></sitemap><sitemap><loc>/2.xml</loc></sitemap><sitemap><loc>ftp://x/</loc></sitemap>"
        "</sitemapindex>"
    )
    assert reading.kind == "index"
    assert reading.children == (
        SitemapChild("https://p.example/1.xml", "2026-11-10"),
        SitemapChild("https://paper.example/2.xml"),
    )
    assert [x.word for x in reading.problems] == ["no_address"]


@pytest.mark.parametrize(
    "body",
    [
        "\ufeffhttps://p.example/1\r\nhttps://p.example/2\r\nnot an address\r\n",
        f"<urlset {NS}><url><loc>https://p.example/1</loc></url><url><loc>https://p.example/2</loc></url></urlset>",
        "<urlset xmlns='http://wrong.example/ns'><url><loc>https://p.example/1</loc></url>"
        "<url><loc>https://p.example/2</loc></url></urlset>",
        f"<s:urlset {NS.replace('xmlns', 'xmlns:s')}><s:url><s:loc>https://p.example/1</s:loc></s:url>"
        "<s:url><s:loc>https://p.example/2</s:loc></s:url></s:urlset>",
        "<s:urlset><s:url><s:loc>https://p.example/1</s:loc></s:url>"
        "<s:url><s:loc>https://p.example/2</s:loc></s:url></s:urlset>",
        "\n\n <?xml version='1.0'?><urlset><url><loc>\nhttps://p.example/1\n</loc></url>"
        "<url><loc><![CDATA[https://p.example/2]]></loc></url></urlset>",
        "<urlset><url><loc>https://p.example/1</loc><br></url><url><loc>https://p.example/2</loc></urlset>",
        "<rss><channel><item><link>https://p.example/1</link></item>"
        "<item><link>https://p.example/2</link></item></channel></rss>",
    ],
)
def test_both_addresses_are_found(body: str) -> None:
    for data in (body.encode(), gzip.compress(body.encode())):
        reading = read(data)
        assert [x.url for x in reading.candidates] == ["https://p.example/1", "https://p.example/2"]


def test_bare_ampersands_are_read_as_meant() -> None:
    reading = read(f"<urlset {NS}><url><loc>https://p.example/?a=1&b=2</loc></url></urlset>")
    assert [x.url for x in reading.candidates] == ["https://p.example/?a=1&b=2"]


def test_references_in_addresses_and_names() -> None:
    reading = read(
        f"<urlset {NS}><url><loc>https://p.example/?a=1&#38;b=2</loc></url>"
        "<url xmlns:x='a&#55296;b'><loc>https://p.example/&#xD800;3</loc></url></urlset>"
    )
    assert [x.url for x in reading.candidates] == [
        "https://p.example/?a=1&b=2",
        "https://p.example/3",
    ]
    assert reading.problems == ()


def test_an_address_cut_at_the_end_is_dropped() -> None:
    body = f"<urlset {NS}><url><loc>https://p.example/1</loc></url><url><loc>https://p.exam"
    assert [x.url for x in read(body).candidates] == ["https://p.example/1"]


def test_limit_of_entries() -> None:
    rows = "".join(f"<url><loc>https://p.example/{n}</loc></url>" for n in range(120))
    reading = read_sitemap(f"<urlset {NS}>{rows}</urlset>".encode(), URL, "paper", limit=100)
    assert len(reading.candidates) == 100
    assert [x.word for x in reading.problems] == ["too_many_entries"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<!doctype html><html><body>404</body></html>", "html"),
        ('{"error": "not found"}', "unknown"),
        ("", "empty"),
        ("<", "unknown"),
        (f"<urlset {NS}></urlset>", "unknown"),
    ],
)
def test_what_is_no_sitemap(body: str, kind: str) -> None:
    reading = read(body)
    assert reading.kind == kind
    assert not reading.candidates


def test_repeats_have_one_fingerprint() -> None:
    rows = "<url><loc>https://p.example/1</loc></url><url><loc>https://p.example/2</loc></url>"
    page1 = read(f"<urlset {NS}>{rows}</urlset>")
    page2 = read(f"<urlset {NS}>\n{rows}<!-- page 2 --></urlset>")
    other = read(f"<urlset {NS}><url><loc>https://p.example/3</loc></url></urlset>")
    assert page1.fingerprint == page2.fingerprint
    assert page1.fingerprint != other.fingerprint


def test_stale() -> None:
    reading = read(
        f"<urlset {NS}><url><loc>https://p.example/1</loc><lastmod>2025-01-02</lastmod></url></urlset>"
    )
    problem = staleness(reading, datetime(2026, 11, 24, tzinfo=UTC))
    assert problem is not None
    assert (problem.word, problem.detail) == ("stale", "newest entry 2025-01-02")
    assert staleness(reading, datetime(2025, 1, 9, tzinfo=UTC)) is None
    undated = read(f"<urlset {NS}><url><loc>https://p.example/1</loc></url></urlset>")
    assert staleness(undated, datetime(2026, 11, 24, tzinfo=UTC)) is None
