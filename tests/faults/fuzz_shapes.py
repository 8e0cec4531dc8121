"""How the time of each reader grows with shapes that slow parsers down.

`probe` gives a shape in growing sizes to a target and judges the time (CPU seconds): at most one
second for a megabyte, and growing no worse than n log n. Baits for regular expressions are made
from the expressions themselves: whatever a repeated part of one matches, many times, followed by
what it cannot match.
"""

# ruff: noqa: E501 (shapes read better unbroken)
from __future__ import annotations

import gc
import importlib
import math
import pkgutil
import re
import signal
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import fuzz_seeds as seeds
from fuzz_targets import TARGETS

import newscrawl

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_parse

MIB = 1_048_576
SIZES = (65_536, 262_144, MIB)
SECONDS_A_MIB = 1.0
_FLOOR = 0.15  # seconds below which growth is noise
_WORST = 1.7  # how much more than n log n the time may grow from one size to the next


@dataclass(frozen=True, slots=True)
class Shape:
    """``make`` gives about so many bytes of it; ``target`` reads them."""

    target: str
    name: str
    make: Callable[[int], bytes]


def _fill(start: bytes, piece: bytes, end: bytes = b"") -> Callable[[int], bytes]:
    return lambda size: start + piece * max(1, (size - len(start) - len(end)) // len(piece)) + end


def _nested(start: bytes, opens: bytes, closes: bytes, end: bytes = b"") -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        depth = size // (len(opens) + len(closes))
        return start + opens * depth + b"x" + closes * depth + end

    return make


_P = b"<html><body><article><h1>Bridge repair to begin</h1><p>The office said so on Tuesday.</p>"
_TEXT = b"The office said on Tuesday that the repair would begin after the rains. "
_PAGE_SHAPES: dict[str, Callable[[int], bytes]] = {
    "div-nested": _nested(_P, b"<div>", b"</div>"),
    "b-unclosed": _fill(_P, b"<b>"),
    "a-unclosed": _fill(_P, b"<a href=/x>"),
    "font-i-misnested": _fill(_P, b"<font><i></font>"),
    "table-nested": _fill(_P, b"<table><tr><td>"),
    "select": _fill(_P, b"<select><option>"),
    "svg": _fill(_P, b"<svg><foreignObject>"),
    "template": _fill(_P, b"<template>"),
    "attributes": _fill(_P + b"<p", b" a%d=1"),
    "attributes-distinct": lambda n: _P + b"<p" + b"".join(b" a%d=1" % k for k in range(n // 9)) + b">",
    "one-attribute": _fill(_P + b'<p class="', b"a ", b'">x'),
    "style": _fill(_P + b'<p style="', b"a:b;", b'">x'),
    "srcset": _fill(_P + b'<img srcset="', b"a.jpg 2x, ", b'">'),
    "comments": _fill(_P, b"<!-- x -->"),
    "comment-open": _fill(_P, b"<!--"),
    "cdata": _fill(_P, b"<![CDATA["),
    "entities": _fill(_P, b"&amp;&nbsp;&#x1F600;"),
    "half-entities": _fill(_P, b"&am&#x"),
    "lt": _fill(_P, b"<"),
    "end-tags": _fill(_P, b"</p>"),
    "br": _fill(_P + b"<p>", b"<br>"),
    "paragraphs": _fill(_P, b"<p>" + _TEXT),
    "divs": _fill(_P, b"<div>" + _TEXT + b"</div>"),
    "short-paragraphs": _fill(_P, b"<p>x"),
    "links": _fill(_P, b'<p><a href="/a">' + _TEXT + b"</a>"),
    "lists": _fill(_P, b"<ul><li><a href=/a>x</a></ul>"),
    "images": _fill(_P, b"<figure><img src=a.jpg><figcaption>A bridge. Photo: D</figcaption></figure>"),
    "times": _fill(_P, b"<time datetime=2026-11-24>24 November 2026</time>"),
    "h1": _fill(_P, b"<h1>Bridge repair to begin</h1>"),
    "articles": _fill(_P, b"<article><h2>Bridge</h2><p>" + _TEXT + b"</article>"),
    "metas": _fill(b"<html><head>", b'<meta property="article:tag" content="x">', _P),
    "links-in-head": _fill(b"<html><head>", b'<link rel="canonical" href="/x">', _P),
    "jsonld-many": _fill(b"<html><head>", b'<script type="application/ld+json">{"@type":"NewsArticle"}</script>', _P),
    "scripts": _fill(b"<html><head>", b"<script>window.x={a:1};</script>", _P),
    "microdata": _fill(_P, b'<div itemscope itemtype="http://schema.org/NewsArticle"><b itemprop="author">x</b>'),
    "one-word": _fill(_P + b"<p>", b"a", b"</p>"),
    "one-sentence": _fill(_P + b"<p>", _TEXT, b"</p>"),
    "spaces": _fill(_P + b"<p>", b" ", b"x</p>"),
    "newlines": _fill(_P + b"<p>", b"\n", b"x</p>"),
    "joiners": _fill(_P + b"<p>", "\u200b".encode(), b"</p>"),
    "combining": _fill(_P + b"<p>a", "\u0301".encode(), b"</p>"),
    "thai": _fill(_P + b"<p>", "กรุงเทพฯ".encode(), b"</p>"),
    "khmer-paragraphs": _fill(_P, "<p>សេចក្តីថ្លែងការណ៍</p>".encode()),
    "zawgyi": _fill(_P, "<p>ျမန္မာႏိုင္ငံ</p>".encode()),
    "mojibake": _fill(_P, "<p>à¸‚à¹ˆà¸²à¸§ Ã©</p>".encode()),
    "digits": _fill(_P + b"<p>", b"1", b"</p>"),
    "dates": _fill(_P + b"<p>", b"24/11/2026 ", b"</p>"),
    "bylines": _fill(_P, b"<p>By Sok Dara, Phnom Penh Post</p>"),
    "commas": _fill(_P + b'<div class="byline">By ', b"a, and ", b"</div>"),
    "title": _fill(b"<title>", b"a | ", b"</title>" + _P),
    "title-dashes": _fill(b"<title>", b"-", b"</title>" + _P),
    "bytes-high": _fill(b"\x00" + _P, b"\x95\xe0"),
    "bytes-sjis": _fill(_P, "橋の工事".encode("cp932")),
    "nul": _fill(_P, b"\x00"),
}  # fmt: skip
_LD = b'{"@type":"NewsArticle","headline":"x"'
_JSON_SHAPES: dict[str, Callable[[int], bytes]] = {
    "arrays": _fill(b"", b"["),
    "arrays-closed": _nested(b"", b"[", b"]"),
    "objects": _fill(b"", b'{"a":'),
    "graph": _fill(_LD + b',"@graph":[', b'{"@type":"NewsArticle","headline":"x"},', b"{}]}"),
    "authors": _fill(_LD + b',"author":[', b'{"@type":"Person","name":"Sok Dara"},', b"{}]}"),
    "ids": _fill(b'{"@graph":[', b'{"@id":"#a","author":{"@id":"#a"}},', b"{}]}"),
    "headline": _fill(b'{"@type":"NewsArticle","headline":"', b"a - ", b'"}'),
    "body": _fill(_LD + b',"articleBody":"', _TEXT, b'"}'),
    "body-lines": _fill(_LD + b',"articleBody":"', b"a\\n", b'"}'),
    "keywords": _fill(_LD + b',"keywords":"', b"a, ", b'"}'),
    "date": _fill(_LD + b',"datePublished":"', b"1", b'"}'),
    "number": _fill(_LD + b',"datePublished":', b"1", b"}"),
    "escapes": _fill(_LD + b',"description":"', b"\\ud83d", b'"}'),
    "quotes": _fill(_LD + b',"description":"', b'" "', b'"}'),
    "broken": _fill(_LD, b',"a":"b" "c"'),
    "commas": _fill(_LD, b",", b"}"),
    "keys": lambda n: _LD + b"".join(b',"k%d":1' % k for k in range(n // 11)) + b"}",
    "comments": _fill(b"", b"/* x */", _LD + b"}"),
    "newlines": _fill(_LD + b',"a":"', b"\n", b'"}'),
    "braces": _fill(b"", b"{}"),
}  # fmt: skip
_URLSET = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
_RSS = b"<rss><channel>"
_OTHER_SHAPES: dict[str, dict[str, Callable[[int], bytes]]] = {
    "feed": {
        "items": _fill(_RSS, b"<item><title>a</title><link>https://p.example/1</link></item>"),
        "nested": _fill(_RSS + b"<item>", b"<a>"),
        "items-open": _fill(_RSS, b"<item>"),
        "title": _fill(_RSS + b"<item><title>", b"a "),
        "description": _fill(_RSS + b"<item><description>", b"&lt;p&gt;x"),
        "tags-in-text": _fill(_RSS + b"<item><description><![CDATA[", b"<b>"),
        "categories": _fill(_RSS + b"<item>", b"<category>a</category>"),
        "namespaces": _fill(_RSS, b"<a:b xmlns:a='c'>"),
        "entities": _fill(_RSS + b"<item><title>", b"&nbsp;&a;"),
        "doctype": _fill(b"<!DOCTYPE a [", b"<!ENTITY a 'b'>", b"]>" + _RSS),
        "cdata": _fill(_RSS + b"<item><title>", b"<![CDATA[a]]>"),
        "attributes": _fill(_RSS + b"<item", b" a='b'"),
        "dates": _fill(_RSS, b"<item><link>/a</link><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>"),
        "date": _fill(_RSS + b"<item><link>/a</link><pubDate>", b"1 "),
        "xhtml": _fill(b"<feed><entry><summary type='xhtml'>", b"<div>a</div>"),
        "json-items": _fill(b'{"version":"https://jsonfeed.org/version/1","items":[', b'{"url":"/a"},', b"{}]}"),
        "json-nested": _fill(b'{"items":', b"["),
        "lt": _fill(_RSS, b"<"),
        "amp": _fill(_RSS, b"&"),
    },
    "sitemap": {
        "urls": _fill(_URLSET, b"<url><loc>https://p.example/1</loc><lastmod>2026-11-10</lastmod></url>"),
        "loc": _fill(_URLSET + b"<url><loc>", b"a"),
        "children": _fill(b"<sitemapindex>", b"<sitemap><loc>/a.xml</loc></sitemap>"),
        "images": _fill(_URLSET + b"<url>", b"<image:image><image:loc>/a</image:loc></image:image>"),
        "text": _fill(b"", b"https://p.example/1\n"),
        "text-one": _fill(b"https://", b"a"),
        "newlines": _fill(b"", b"\n"),
        "nested": _fill(_URLSET, b"<url>"),
        "comments": _fill(_URLSET, b"<!---->"),
    },
    "listing": {
        "posts": _fill(b"[", b'{"id":1,"link":"/a","title":{"rendered":"a"}},', b"{}]"),
        "links": _fill(b"<html><body>", b'<a href="/2026/11/24/story-of-roads-12">Story of roads</a>'),
        "navs": _fill(b"<html><body>", b"<nav><ul><li><a href=/n/>n</a>"),
        "nested": _fill(b"<html><body>", b"<div>"),
        "json-arrays": _fill(b"", b"["),
        "text": _fill(b"", b"a "),
        "braces": _fill(b"", b"{"),
    },
    "robots": {
        "rules": _fill(b"User-agent: *\n", b"Disallow: /a\n"),
        "stars": _fill(b"User-agent: *\nDisallow: /", b"*a"),
        "star-rules": _fill(b"User-agent: *\n", b"Disallow: /*a*b*c*$\n"),
        "agents": _fill(b"", b"User-agent: newscrawl\n"),
        "groups": _fill(b"", b"User-agent: newscrawl\nDisallow: /a\n"),
        "sitemaps": _fill(b"", b"Sitemap: /a.xml\n"),
        "newlines": _fill(b"", b"\r"),
        "comment": _fill(b"", b"#"),
        "escapes": _fill(b"User-agent: *\nDisallow: /", b"%e1"),
        "spaces": _fill(b"User-agent", b" ", b": *"),
        "compatible": _fill(b"User-agent: mozilla/", b"(compatible;"),
    },
    "dates": {name: _fill(b"", piece) for name, piece in {
        "digits": b"1", "spaces": b" ", "slashes": b"1/", "colons": b"1:", "words": b"November ",
        "dashes": b"-", "relative": b"3 hours ago ", "khmer": "២៤ ".encode(), "plus": b"+",
        "commas": b",", "thai": "พ.ย. ".encode(), "am": b"10:30 am ", "brackets": b"(",
    }.items()},
    "urls": {name: _fill(b"https://p.example/", piece) for name, piece in {
        "slashes": b"/", "dots": b"../", "percent": b"%25", "query": b"?a=b&", "params": b"&a=b",
        "at": b"@", "amp": b"/amp", "semicolons": b";a", "brackets": b"[", "hash": b"#", "dashes": b"-",
        "letters": b"a", "digits": b"1", "page": b"/page/2", "spaces": b" ", "proxies": b"https://web.archive.org/web/2026/",
    }.items()},
    "charset": {name: _fill(label + b"\n", piece) for name, label, piece in (
        ("utf8-cut", b"utf-8", b"\xe0\xb8"), ("sjis", b"shift_jis", b"\x82"), ("gb", b"gb18030", b"\x81\x30"),
        ("high", b"", b"\xff\x81"), ("iso2022", b"iso-2022-jp", b"\x1b$B"), ("utf7", b"utf-7", b"+A"),
        ("big5", b"big5", b"\xa4\x40\x80"), ("hz", b"hz-gb-2312", b"~{"), ("meta", b"", b"<meta charset=x>"),
        ("meta-open", b"", b"<meta "), ("johab", b"johab", b"\x88\x61\xff"), ("utf16", b"", b"a\x00"), ("cp1258", b"windows-1258", b"a\xcc"),
    )},
    "toml": {
        "arrays": _fill(b"a=", b"["),
        "tables": _fill(b"", b"[[site]]\n"),
        "strings": _fill(b'a="', b"\\"),
        "number": _fill(b"a=", b"1"),
        "dots": _fill(b"a", b".a"),
        "inline": _fill(b"a=", b"{a="),
        "keys": lambda n: b"[[site]]\n" + b"".join(b"k%d=1\n" % k for k in range(n // 9)),
    },
    "warc": {
        "records": _fill(b"", b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n"),
        "marks": _fill(b"", b"\nWARC/"),
        "bad-length": _fill(b"", b"WARC/1.0\r\nContent-Length: 9999\r\n\r\n"),
        "header": _fill(b"WARC/1.0\r\n", b"a: b\r\n"),
        "folded": _fill(b"WARC/1.0\r\na: b\r\n", b" c\r\n"),
        "gzip-heads": _fill(b"", b"\x1f\x8b\x08"),
        "newlines": _fill(b"", b"\n"),
    },
    "headers": {
        "fields": _fill(b"HTTP/1.1 200 OK\r\n", b"a: b\r\n", b"\r\nx"),
        "folded": _fill(b"HTTP/1.1 200 OK\r\na: b\r\n", b" c\r\n", b"\r\nx"),
        "chunks": _fill(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", b"0\r\n\r\n"),
        "codings": _fill(b"HTTP/1.1 200 OK\r\nContent-Encoding: ", b"gzip,", b"\r\n\r\nx"),
        "digits": _fill(b"", b"1"),
    },
    "text": {name: _fill(b"", piece) for name, piece in {
        "words": b"By Sok Dara ", "lines": b"a\n", "bylines": b"By Sok Dara\n", "commas": b"a, ",
        "dots": b". ", "slashes": b"/", "dashes": b" - ", "parens": b"(", "spaces": b" ", "newlines": b"\n",
        "caption": b"Photo: ", "images": b"a.jpg\n", "caps": b"PHNOM PENH (AFP) - x\n", "thai": "ก".encode(),
        "brackets": "【".encode(), "datelines": b"PHNOM PENH, Nov 24 - ", "sentence": _TEXT,
    }.items()},
    "state": {
        "lines": lambda n: b'{"pages":9,"allowed":[],"lines":{' + b",".join(b'"k%d":["a",9,[1]]' % k for k in range(n // 20)) + b"}}",
        "nested": _fill(b"", b"["),
        "windows": _fill(b"", b"2026-01-01/2026-02-01\n"),
    },
    "lines": {"braces": _fill(b"", b"{"), "records": _fill(b"", b'{"id":1}\n'), "id": _fill(b'{"id":', b"[")},
}  # fmt: skip


def shapes() -> Iterator[Shape]:
    """All adversarial shapes of all targets."""
    for name, make in _PAGE_SHAPES.items():
        yield Shape("page", name, lambda n, make=make: b"\x00" + make(n))
    for name, make in _JSON_SHAPES.items():
        yield Shape("embedded", name, make)
    for target, group in _OTHER_SHAPES.items():
        for name, make in group.items():
            yield Shape(target, name, make)


class TooSlow(BaseException):
    """The time allowed has passed; a `BaseException`, so that no handler swallows it."""


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


# How often a target reads its input: a second for a megabyte is promised for each reading.
READINGS = {"embedded": 3, "feed": 2, "listing": 7, "robots": 1, "dates": 13, "urls": 12, "charset": 3,
            "headers": 3, "text": 4}  # fmt: skip


def seconds_for(target: str, data: bytes, limit: float = 60.0) -> float:
    """CPU seconds of one reading of an input, infinite beyond the limit; what is raised is raised."""
    gc.collect()
    begun = time.process_time()
    try:
        with _limit(limit):
            TARGETS[target].reads(data)
    except TooSlow:
        return math.inf
    return (time.process_time() - begun) / READINGS.get(target, 1)


def probe(shape: Shape, sizes: Sequence[int] = SIZES) -> str | None:
    """What is wrong with how the time of a shape grows; None if nothing is."""
    before = before_size = 0.0
    for size in sizes:
        data = shape.make(size)
        allowed = max(_FLOOR, SECONDS_A_MIB * len(data) / MIB)
        taken = min(seconds_for(shape.target, data) for _ in range(1))
        if taken > allowed:  # another process may have had the caches
            taken = min(taken, seconds_for(shape.target, data))
        if taken > allowed:
            return f"{taken:.2f} s for {len(data)} bytes"
        if before > _FLOOR:
            growth = (size * math.log(size)) / (before_size * math.log(before_size))
            if taken > before * growth * _WORST:
                return f"{before:.2f} s for {before_size:.0f} bytes, {taken:.2f} s for {size}"
        before, before_size = taken, size
    return None


# Regular expressions


def expressions() -> dict[str, re.Pattern[Any]]:
    """Every compiled expression that a module of the project holds, by where it stands."""
    found: dict[str, re.Pattern[Any]] = {}

    def look(value: object, where: str, depth: int = 0) -> None:
        if isinstance(value, re.Pattern):
            found.setdefault(where, value)
        elif depth < 3 and isinstance(value, dict):
            for key, inner in value.items():
                look(inner, f"{where}[{key!s:.20}]", depth + 1)
        elif depth < 3 and isinstance(value, tuple | list | set | frozenset):
            for number, inner in enumerate(value):
                look(inner, f"{where}[{number}]", depth + 1)

    for info in pkgutil.walk_packages(newscrawl.__path__, "newscrawl."):
        if info.name.startswith(
            ("newscrawl.spiders", "newscrawl.__main__", "newscrawl.demo", "newscrawl.engines")
        ):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            look(value, f"{info.name}.{name}")
    unique: dict[tuple[object, int], str] = {}
    return {
        where: pattern
        for where, pattern in found.items()
        if unique.setdefault((pattern.pattern, pattern.flags), where) == where
    }


def baits(pattern: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """(start, piece, end): ``start + piece * n + end`` makes an expression try every repeat."""
    text = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        flags = pattern.flags & ~re.DEBUG
        if isinstance(pattern.pattern, bytes):
            flags &= ~re.UNICODE
        try:
            tree = sre_parse.parse(text, flags if isinstance(pattern.pattern, str) else 0)
        except re.error:
            return []
    out: dict[tuple[str, str, str], None] = {}

    def walk(items: Any, before: str) -> str:
        sample = ""
        for op, argument in items:
            name = str(op)
            if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
                low, high, inner = argument
                piece = walk(inner, before + sample)
                if high > 20 and piece:
                    for end in ("", "\x01", "!\n"):
                        out[(before + sample, piece, end)] = None
                    out[("", piece, "\x01")] = None
                    if sample:
                        out[("", sample + piece, "\x01")] = None
                sample += piece * max(low, 1 if high > 1 else 0)
            elif name == "SUBPATTERN":
                sample += walk(argument[3], before + sample)
            elif name == "ATOMIC_GROUP":
                sample += walk(argument, before + sample)
            elif name == "BRANCH":
                samples = [walk(branch, before + sample) for branch in argument[1]]
                sample += samples[0] if samples else ""
            elif name == "LITERAL":
                sample += chr(argument)
            elif name == "IN":
                sample += _one_of(argument)
            elif name in {"ANY", "NOT_LITERAL"}:
                sample += "a"
        return sample

    sample = walk(tree, "")
    if sample:
        out[("", sample, "\x01")] = None
        out[("", sample[:1], "\x01")] = None
    return list(out)


def _one_of(members: Any) -> str:
    negated = str(members[0][0]) == "NEGATE"
    inside: list[str] = []
    for op, argument in members:
        name = str(op)
        if name == "LITERAL":
            inside.append(chr(argument))
        elif name == "RANGE":
            inside.append(chr(argument[0]))
        elif name == "CATEGORY":
            kind = str(argument)
            inside.append(
                {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}.get(kind, "-")
            )
    if not negated:
        return inside[0] if inside else ""
    return next((x for x in "a 1-\u00e9" if x not in inside), "~")


def growth_of(
    pattern: re.Pattern[Any], bait: tuple[str, str, str], use: str
) -> tuple[float, float]:
    """CPU seconds of ``use`` (search, match, sub ...) on 1,000 and on 8,000 characters."""
    taken = []
    for size in (1_000, 8_000):
        start, piece, end = bait
        text: Any = start + piece * (size // len(piece)) + end
        if isinstance(pattern.pattern, bytes):
            text = text.encode("latin-1", "replace")
        begun = time.process_time()
        try:
            with _limit(10.0):
                getattr(pattern, use)(text)
        except TooSlow:
            taken.append(math.inf)
            break
        taken.append(time.process_time() - begun)
    return taken[0], taken[-1]


def grows_badly(pattern: re.Pattern[Any], bait: tuple[str, str, str]) -> bool:
    """Whether eight times the length costs far more than eight times the time."""
    small, large = growth_of(pattern, bait, "search")
    return large > 0.02 and large > 24 * small  # linear is 8, quadratic 64


def bad_baits() -> Iterator[tuple[str, tuple[str, str, str]]]:
    """The expressions that grow worse than n log n under a bait, with the first such bait."""
    for where, pattern in expressions().items():
        bait = next((x for x in baits(pattern) if grows_badly(pattern, x)), None)
        if bait is not None:
            yield where, bait


def placed(bait: tuple[str, str, str]) -> Iterator[Shape]:
    """A bait wherever a reader may meet it."""

    def text(size: int) -> bytes:
        start, piece, end = bait
        whole = start + piece * max(1, size // len(piece.encode("utf-8", "replace"))) + end
        return whole.encode("utf-8", "replace")

    def plain(size: int) -> bytes:
        return text(size).replace(b"<", b"&lt;")

    def quoted(size: int) -> bytes:
        return text(size).replace(b'"', b"&quot;")

    def escaped(size: int) -> bytes:
        return text(size).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"<", b"\\u003c")

    around: dict[tuple[str, str], Callable[[int], bytes]] = {
        ("page", "paragraph"): lambda n: b"\x00" + _P + b"<p>" + plain(n) + b"</p>",
        ("page", "markup"): lambda n: b"\x00" + _P + text(n),
        ("page", "title"): lambda n: b"\x00<title>" + plain(n) + b"</title>" + _P,
        ("page", "h1"): lambda n: b"\x00<article><h1>" + plain(n) + b"</h1><p>" + _TEXT + b"</p>",
        ("page", "class"): lambda n: b"\x00" + _P + b'<p class="' + quoted(n) + b'">x',
        ("page", "href"): lambda n: b"\x00" + _P + b'<a href="' + quoted(n) + b'">x</a>',
        ("page", "meta"): lambda n: b'\x00<meta name="description" content="' + quoted(n) + b'">' + _P,
        ("page", "author"): lambda n: b'\x00<meta name="author" content="' + quoted(n) + b'">' + _P,
        ("page", "byline"): lambda n: b"\x00" + _P + b'<div class="byline">' + plain(n) + b"</div>",
        ("page", "time"): lambda n: b'\x00' + _P + b'<time datetime="' + quoted(n) + b'">' + plain(n),
        ("page", "caption"): lambda n: b"\x00" + _P + b"<figure><img src=a.jpg><figcaption>" + plain(n),
        ("page", "script"): lambda n: b"\x00<script>" + text(n) + b"</script>" + _P,
        ("embedded", "json"): lambda n: text(n),
        ("embedded", "headline"): lambda n: b'{"@type":"NewsArticle","headline":"' + escaped(n) + b'"}',
        ("embedded", "body"): lambda n: _LD + b',"articleBody":"' + escaped(n) + b'"}',
        ("embedded", "date"): lambda n: _LD + b',"datePublished":"' + escaped(n) + b'"}',
        ("embedded", "author"): lambda n: _LD + b',"author":"' + escaped(n) + b'","url":"' + escaped(n) + b'"}',
        ("feed", "markup"): lambda n: _RSS + b"<item>" + text(n),
        ("feed", "title"): lambda n: _RSS + b"<item><link>/a</link><title>" + plain(n) + b"</title></item>",
        ("feed", "description"): lambda n: _RSS + b"<item><link>/a</link><description>" + plain(n),
        ("feed", "date"): lambda n: _RSS + b"<item><link>/a</link><pubDate>" + plain(n) + b"</pubDate></item>",
        ("sitemap", "loc"): lambda n: _URLSET + b"<url><loc>" + plain(n) + b"</loc></url>",
        ("listing", "html"): lambda n: b"<html><body>" + text(n),
        ("robots", "whole"): text,
        ("dates", "whole"): text,
        ("urls", "whole"): text,
        ("charset", "whole"): lambda n: b"\n" + text(n),
        ("text", "whole"): text,
        ("headers", "whole"): lambda n: b"HTTP/1.1 200 OK\r\na: " + text(n) + b"\r\n\r\n" + seeds.PAGE,
        ("warc", "whole"): lambda n: b"WARC/1.0\r\n" + text(n),
    }  # fmt: skip
    for (target, name), make in around.items():
        yield Shape(target, f"{name}({bait[0]!r:.30} {bait[1]!r:.40})", make)


def main(what: str) -> int:
    """Print what is wrong; 1 if something is."""
    wrong = 0
    if what == "shapes":
        probes: Iterator[Shape] = shapes()
    else:
        bad: dict[str, tuple[str, str, str]] = {}
        for where, bait in bad_baits():
            bad[where] = bait
            print(f"worse than n log n: {where} on {bait!r:.120}", flush=True)
        print(f"{len(expressions())} expressions, {len(bad)} of them", flush=True)
        probes = (shape for bait in dict.fromkeys(bad.values()) for shape in placed(bait))
    count = 0
    for shape in probes:
        count += 1
        try:
            fault = probe(shape)
        except Exception as error:  # noqa: BLE001 (what is looked for)
            fault = f"{type(error).__name__}: {error}"[:300]
        if fault is not None:
            wrong = 1
            print(f"FOUND {shape.target} {shape.name}: {fault}", flush=True)
    print(f"{count} shapes tried", flush=True)
    return wrong
