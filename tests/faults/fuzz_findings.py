"""What the fuzz and the shapes have found: one input for each, that must stay harmless."""

# ruff: noqa: E501 (inputs read better unbroken)
from __future__ import annotations

import json
import re
from dataclasses import dataclass

import fuzz_seeds as seeds


@dataclass(frozen=True, slots=True)
class Finding:
    """``target`` reads ``data``; ``what`` went wrong once."""

    target: str
    what: str
    data: bytes


def _canonical(*urls: str) -> list[Finding]:
    what = "the canonical form of the canonical form was another"
    return [Finding("urls", what, url.encode()) for url in urls]


_NOTE: dict[str, object] = {
    "site": "paper", "home": "https://paper.example/", "spider": "paper", "run_id": "r",
    "requested_url": "https://paper.example/1", "final_url": "https://paper.example/1",
    "fetched_at": "2026-11-24T03:04:05+00:00", "first_seen_at": "2026-11-24T03:04:05+00:00",
}  # fmt: skip
_CANDIDATE = {"url": "https://paper.example/1", "site": "paper", "via": "feed"}


def _note(block: bytes) -> bytes:
    """A file of our own kind: a note, and the page that it is of."""
    first, note, page = (b"WARC/1.1" + x for x in seeds.WARC[0].split(b"WARC/1.1")[1:])
    head = note.partition(b"\r\n\r\n")[0]
    head = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % len(block), head)
    return first + head + b"\r\n\r\n" + block + b"\r\n\r\n" + page


def _warc(field: bytes) -> bytes:
    head = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/1\r\n"
    return head.replace(*field.split(b" > ")) + b"Content-Length: 1\r\n\r\nx\r\n\r\n"


_SITE = b"""[[site]]
name = "plain"
title = "Plain"
country = "KH"
languages = ["km"]
timezone = "Asia/Phnom_Penh"
domains = ["plain.example"]
home = "https://plain.example/"
"""

FINDINGS: tuple[Finding, ...] = (
    Finding("urls", "the gate raised for a lone surrogate in a host", b"https://p\xa2.example/"),
    *_canonical(
        "https://paper.example/x?a%252541=1",
        "https://web.archive.org/web/2026/./https:/paper.example/x",
        "https://paper.example/amp/print/amp/x",
        "https://paper.example" + "/amp" * 100 + "/x",
        "https://paper.example/?5%26a",
    ),
    Finding(
        "charset",
        "IndexError: a wide character cut at the end",
        b"iso-2022\xe2jp\n<html><p>\x1b$BNaOBH,G/\x1b(",
    ),
    Finding(
        "sitemap",
        "a control character of Latin-1 in an address",
        "<urlset><url><loc>https://paper.example/\x85a</loc></url></urlset>".encode(),
    ),
    Finding("warc", "a control character in an address", _warc(b"example/1 > example/\x041")),
    Finding("warc", "a control character in a type", _warc(b"response > resp\ro\x19se")),
    Finding("warc", "a control character in a scheme", _warc(b"https: > ht\x19tp:")),
    Finding("warc", "RecursionError in a note", _note(b"[" * 100_000)),
    Finding(
        "warc",
        "a note whose values are of any kind",
        _note(json.dumps({**_NOTE, "site": 7, "candidate": {**_CANDIDATE, "title": [1]}}).encode()),
    ),
    Finding(
        "warc",
        "a note with a time without a zone",
        _note(
            json.dumps({**_NOTE, "fetched_at": "2026-11-24", "candidate": _CANDIDATE}).encode()
        ),
    ),
    Finding("state", "OverflowError", b'{"pages":Infinity,"allowed":[],"lines":{}}'),
    Finding("state", "RecursionError", b"[" * 100_000),
    Finding("state", "a number for a text", b'{"pages":9,"allowed":[],"lines":{"a":[1,9,[1,2,3,4]],"b":["b",9,[1,2,3,4]]}}'),
    Finding("toml", "RecursionError in arrays", b"a=" + b"[" * 10_000),
    Finding("toml", "RecursionError in tables", b"a=" + b"{a=" * 10_000),
    Finding("toml", "ValueError: a number of many digits", b"a=" + b"1" * 10_000),
    Finding("toml", "OverflowError: a delay of many digits", _SITE + b"delay = " + b"1" * 400),
    Finding("toml", "FutureWarning: a set in a set", _SITE + b'article = "[[a]b]"'),
    Finding("toml", "OverflowError: a repetition without measure", _SITE + b'article = "a{9999999999999}"'),
    Finding("toml", "quadratic: a key of many parts", b"a" + b".a" * 200_000 + b"=1"),
    Finding("toml", "slow: many tables with many problems", b"[[site]]\n" * 30_000),
    Finding("warc", "quadratic: what looks like the beginning of members", b"\x1f\x8b\x08" * 80_000),
    Finding("page", "quadratic: options in deep selects", b"\x00<body><article><h1>Bridge</h1><p>x</p>" + b"<select><option>" * 40_000),
)  # fmt: skip
