"""Readers never raise: random bytes, random mutations, wrong kinds."""

from __future__ import annotations

import gzip
import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.discovery import (
    find_sources,
    judge_url,
    parse_time,
    read_feed,
    read_listing,
    read_section,
    read_sitemap,
)
from newscrawl.site import Listing

FEED = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY a "b">]>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>ข่าว &amp; x</title>
<item><title><![CDATA[ก & ข]]></title><link>https://p.example/1</link><dc:date>2026-11-10</dc:date>
<description>&lt;p&gt;x&nbsp;&#150;&lt;/p&gt;</description><enclosure url="a.jpg"
type="image/jpeg"/></item>
<entry xml:base="/x/"><link href="y" rel="alternate"/><id>z</id></entry></channel></rss>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://p.example/1</loc>
<lastmod>2026-11-10</lastmod><news:news><news:title>ข่าว</news:title></news:news></url>
<sitemap><loc>/2.xml</loc></sitemap></urlset>"""
JSON = '{"version":"https://jsonfeed.org/version/1","items":[{"url":"/a","title":"x","tags":[1]}]}'
HTML = """<html lang="th"><head><link rel="alternate" type="application/rss+xml" href="/f"></head>
<body><nav><a href="/n/">n</a></nav><article><h2><a href="/2026/11/10/ab-cd">Story of roads</a></h2>
<time datetime="2026-11-10"></time></article><a rel="next" href="?p=2">x</a></body></html>"""
SEEDS = [x.encode() for x in (FEED, SITEMAP, JSON, HTML)]
PIECES = [
    b"<", b">", b"&", b";", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf", b"<item>", b"</item>", b"<link>", b"</rss>", b"<!DOCTYPE", b"[", b"]", b"{",
    b'"',
    b"'", b"&#x110000;", b"&#55296;", b"&nbsp;", b"xmlns:a='b'", b"\xe0\xb8", b"<a:b:c>", b"%", b"://",
    b"\x1f\x8b", b"encoding='utf-7'", b"<html>", b"=" * 50,
]  # fmt: skip
WORDPRESS = Listing(url="https://p.example/w?page={page}", kind="wordpress")
OTHER_JSON = Listing(url="https://p.example/w?page={page}", kind="json", item="items", link="url")
PAGES = Listing(url="https://p.example/w?page={page}", item="article", link="a", published="time")


def read_all(body: bytes) -> None:
    """Give the bytes to every reader."""
    url = "https://p.example/x"
    read_feed(body, url, "text/xml; charset=tis-620", "p")
    read_sitemap(body, url, "p")
    for listing in (WORDPRESS, OTHER_JSON, PAGES):
        read_listing(body, url, None, listing)
    text = body.decode("utf-8", "replace")
    read_section(text, url, None)
    find_sources(text, url, text)
    judge_url(text)
    parse_time(text)


def test_mutations_of_good_documents() -> None:
    rng = random.Random(7)
    for _ in range(250):
        body = bytearray(rng.choice(SEEDS))
        for _ in range(rng.randint(1, 12)):
            at = rng.randrange(len(body) + 1)
            action = rng.random()
            if action < 0.5:
                body[at:at] = rng.choice(PIECES) * rng.choice([1, 1, 1, 3])
            elif action < 0.8:
                del body[at : at + rng.randint(1, 40)]
            else:
                other = rng.choice(SEEDS)
                start = rng.randrange(len(other))
                body[at:at] = other[start : start + rng.randint(1, 200)]
        read_all(bytes(body))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"<rss><item>", b"<urlset><url><loc>", b"{"]))
def test_any_bytes(body: bytes, start: bytes) -> None:
    read_all(start + body)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 120))
def test_damaged_gzip(noise: bytes, at: int) -> None:
    packed = bytearray(gzip.compress(SEEDS[0]))
    packed[at : at + len(noise)] = noise
    read_all(bytes(packed))


def test_repeated_pieces_stay_linear() -> None:
    """A megabyte of any one piece is read in about a second."""
    for start in (b"<rss><channel><item><title>", b"<urlset><url><loc>", b"<html><body>"):
        for piece in PIECES:
            body = start + piece * (300_000 // len(piece))
            for reader in (
                lambda body=body: read_feed(body, "https://p.example/x", None, "p"),
                lambda body=body: read_sitemap(body, "https://p.example/x", "p"),
            ):
                begun = time.process_time()
                reader()
                assert time.process_time() - begun < 1.0, (start, piece)
