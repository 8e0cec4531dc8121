"""Answers whose content coding is broken, or that take their time."""

from __future__ import annotations

import gzip
import time
import zlib
from functools import cache

from hostile.cases import nth
from hostile.further.spec import HEAD, Specified, endless, headed, page, site, story
from hostile.server import Answer, Conversation


def _coded(
    coding: str, *packers: str, cut: int = 0, more: bytes = b"", once: bool = False
) -> Answer:
    def answer(talk: Conversation) -> None:
        body = page(talk).encode()
        for packer in packers:
            body = _PACK[packer](body)
        bad = not once or nth(talk) == 1
        body = (body[:-cut] if cut and bad else body) + more
        talk.send(body, headers=[("Content-Encoding", coding)])

    return answer


def _members(body: bytes) -> bytes:
    return b"".join(gzip.compress(body[n : n + 300]) for n in range(0, len(body), 300))


def _raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=-15)
    return packer.compress(body) + packer.flush()


_PACK = {
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "deflate": _raw_deflate,
    "members": _members,
    "bad_crc": lambda body: gzip.compress(body)[:-8] + b"\1\2\3\4" + gzip.compress(body)[-4:],
}


@cache
def _bomb_in_bombs() -> bytes:
    body = bytes(1_000_000)
    for _ in range(3):
        body = gzip.compress(body * 60, 6)
    return body


def _nested_bomb(talk: Conversation) -> None:
    body = _bomb_in_bombs()
    talk.send(body, headers=[("Content-Encoding", "gzip, gzip, gzip")])


def _many_members(talk: Conversation) -> None:
    body = gzip.compress(b"", 1) * 100_000
    talk.send(body + gzip.compress(page(talk).encode()), headers=[("Content-Encoding", "gzip")])


def _hang(talk: Conversation) -> None:
    time.sleep(12)


def _drip(seconds: float) -> Answer:
    def answer(talk: Conversation) -> None:
        text = page(talk).encode()
        talk.raw(HEAD + b"Content-Length: %d\r\n\r\n" % len(text))
        for n in range(20):
            talk.raw(text[len(text) * n // 20 : len(text) * (n + 1) // 20])
            time.sleep(seconds / 20)

    return answer


def packing() -> list[Specified]:
    """Broken content codings."""
    cut = "truncated"
    return [
        site(
            "codings-right",
            a=_coded("gzip", "members"),
            b=_coded("deflate", "zlib"),
            c=_coded("deflate", "deflate"),
            d=_coded("x-gzip", "gzip"),
            e=_coded("gzip, gzip", "gzip", "gzip"),
            f=_coded("deflate, gzip", "zlib", "gzip"),
            g=_coded("identity"),
            h=_coded("GZIP", "gzip"),
            i=_coded(""),
            whole="a b c d e f g h i",
        ),
        site(
            "codings-cut",
            a=_coded("deflate", "zlib", cut=100),
            b=_coded("deflate", "deflate", cut=100),
            c=_coded("gzip", "gzip", cut=4),
            d=_coded("gzip", "members", cut=60),
            absent="a b d",
            why={f"/news/{k}.html": cut for k in "abd"},
        ),
        site("gzip-cut-once", a=_coded("gzip", "gzip", cut=200, once=True), whole="a"),
        site(
            "codings-wrong",
            a=_coded("gzip"),
            b=_coded("foo", "gzip"),
            c=_coded("br", "gzip"),
            d=_coded("deflate", "gzip"),
            e=_coded("gzip", "bad_crc"),
            f=_coded(", ".join(["gzip"] * 50), "gzip"),
            g=_coded("none"),
            h=_coded("utf-8"),
            absent="b c d f",
            why={f"/news/{k}.html": "bad_encoding" for k in "bcdf"},
        ),
        site(
            "gzip-tail",
            a=_coded("gzip", "gzip", more=b"\0" * 512),
            b=_coded("gzip", "gzip", more=b"trailing garbage"),
            c=_coded("gzip", "members", more=b"\x1f\x8b\x08\0broken member"),
            d=lambda talk: talk.send(gzip.compress(page(talk).encode())),
            whole="a",
        ),
        site("nested-bomb", a=_nested_bomb, absent="a", why={"/news/a.html": "too_large"}),
        site("empty-members", a=_many_members),
    ]


def pace() -> list[Specified]:
    """Answers that take their time."""
    return [
        site(
            "header-drip",
            a=endless(HEAD, b"X", 0.1, 100),
            absent="a",
            why={"/news/a.html": "timeout"},
            seconds=12,
            most={"/news/a": 4},
        ),
        site(
            "never-answers",
            a=_hang,
            absent="a",
            why={"/news/a.html": "timeout"},
            most={"/news/a": 4},
        ),
        site("slow-but-whole", a=_drip(2), whole="a"),
        site("slow-feed", a=story, whole="a", pages={"/feed.xml": _hang}),
        site("slow-home", a=story, whole="a", pages={"/": _hang}),
        site(
            "slow-sitemap",
            a=story,
            whole="a",
            pages={"/sitemap.xml": endless(HEAD + b"\r\n<urlset>", b"<url>", 0.05, 300)},
        ),
        site("slow-robots", robots=_hang, a=headed(), absent="a", control=False, never=("/news/",)),
    ]
