"""Changes to good inputs that keep some of their grammar: pieces, swaps, numbers, repeats, cuts."""

# ruff: noqa: E501 (markup and lists of pieces read better unbroken)
from __future__ import annotations

import random
import re
from collections.abc import Sequence

PIECES = (
    b"<", b">", b"&", b";", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b"\x00", b"\xff\xfe",
    b"\xef\xbb\xbf", b"</script>", b"<script>", b"<style>", b"<svg>", b"<template>", b"<table>", b"<p>", b"</p>",
    b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///x'>]>", b"&#x110000;", b"&#55296;", b"&nbsp;", b"&a;", b"&#0;",
    b"xmlns:a='b'", b"\xe0\xb8", b"<a:b:c>", b"%", b"%00", b"%zz", b"://", b"\x1f\x8b\x08", b"encoding='utf-7'",
    b"[", b"]", b"{", b"}", b'"', b"'", b":", b",", b"\\u0000", b"\\ud800", b"\\udc00", b"\\", b"null", b"true", b"NaN",
    b"1e999", b"-0", b"9" * 30, b"9" * 5000, b"0x7f", b"1970-01-01", b"9999-12-31T23:59:60Z", b"0000-00-00", b"2026-02-30",
    b"+99:99", b"-23:59", b"24:00", b"\xe2\x80\x8b", b"\xe2\x80\xae", b"\xc2\x85", b"\x1b[2J", b"\r", b"\r\n", b"\n\n", b"\t", b"\x7f",
    b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"\xf3\xa0\x80\x81", b"\xf0\x9f\x98\x80", b"\xcc\x81", b"\xed\xa0\x80", b"*", b"$", b"#", b"@", b"//",
    b"/../", b"?", b"=", b"[::1]", b"xn--", b"\xe3\x80\x82", b"=cmd", b"Content-Length: -1\r\n", b"WARC/1.0\r\n", b"@graph", b"@type",
    b"\xe0\xa5\xa7\xe0\xa5\xa6", b"\xd9\xa3", b"\xe0\xb9\x91", b"\xe4\xbb\xa4\xe5\x92\x8c", b"BE", b"AD", b"BC", b"GMT-99", b"UTC+14:30", b"Z",
)  # fmt: skip
_NUMBER = re.compile(rb"\d+")
_TOKEN = re.compile(rb"<[^<>]{0,200}>|\"[^\"]{0,200}\"|\w+|\s+|[^\w\s]")
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"32",
    b"255",
    b"2147483648",
    b"18446744073709551616",
    b"99999",
    b"1e400",
    b"00",
    b"9" * 400,
)


def mutate(data: bytes, others: Sequence[bytes], rng: random.Random, size: int) -> bytes:
    """One to a few changes; at most ``size`` bytes come back."""
    body = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        _change(body, others, rng)
        if len(body) > size:
            start = rng.randrange(len(body) - size + 1) if rng.random() < 0.2 else 0
            body = body[start : start + size]
    return bytes(body)


def _change(body: bytearray, others: Sequence[bytes], rng: random.Random) -> None:
    kind = rng.randrange(10)
    at = rng.randrange(len(body) + 1)
    if kind <= 2:
        body[at:at] = rng.choice(PIECES) * rng.choice((1, 1, 1, 2, 8, 60))
    elif kind == 3:
        del body[at : at + rng.choice((1, 2, 5, 40, 400))]
    elif kind == 4 and others:
        other = rng.choice(others)
        start = rng.randrange(len(other) + 1)
        body[at:at] = other[start : start + rng.randint(1, 300)]
    elif kind == 5 and body:
        body[at % len(body)] = rng.randrange(256)
    elif kind == 6:
        found = list(_NUMBER.finditer(body))
        if found:
            span = rng.choice(found).span()
            body[span[0] : span[1]] = rng.choice(_NUMBERS)
    elif kind == 7:  # exchange two tokens, or double one
        found = list(_TOKEN.finditer(body, 0, 4096))
        if len(found) > 1:
            one, two = sorted(rng.sample(found, 2), key=lambda x: x.start())
            first, second = bytes(one[0]), bytes(two[0])
            body[two.start() : two.end()] = first
            if rng.random() < 0.5:
                body[one.start() : one.end()] = second
    elif kind == 8:  # repeat a stretch
        stretch = bytes(body[at : at + rng.choice((1, 3, 20, 200))])
        body[at:at] = stretch * rng.choice((1, 3, 50))
    else:  # cut the end, or put the whole inside itself
        if rng.random() < 0.5:
            del body[at:]
        else:
            body[at:at] = bytes(body[:2000])
