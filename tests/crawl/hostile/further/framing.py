"""Answers whose HTTP framing, codings or pace are broken."""

from __future__ import annotations

import time

from hostile.further.spec import HEAD, Specified, endless, once, page, raw, site
from hostile.server import Answer, Conversation

_CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_OPEN = HEAD + b"\r\n"


def _chunks(*ends: bytes, extension: bytes = b"", cut: bool = False) -> Answer:
    def answer(talk: Conversation) -> None:
        text = page(talk).encode()
        pieces = [text[n : n + 400] for n in range(0, len(text), 400)]
        if cut:
            pieces = pieces[: len(pieces) // 2]
        talk.raw(_CHUNKED)
        for piece in pieces:
            talk.raw(b"%x%s\r\n%s\r\n" % (len(piece), extension, piece))
        for end in ends:
            talk.raw(end)

    return answer


def _later(talk: Conversation) -> None:
    text = page(talk).encode()
    talk.raw(HEAD + b"Content-Length: %d\r\n\r\n" % (len(text) // 2) + text[: len(text) // 2])
    time.sleep(0.05)
    talk.raw(text[len(text) // 2 :])


def _pushed(talk: Conversation) -> None:
    text = page(talk).encode()
    evil = text.replace(b"QBpushed", b"QBevil").replace(b"QEpushed", b"QEevil")
    talk.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(text)
    )
    talk.raw(text)
    talk.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(evil)
    )
    talk.raw(evil)
    time.sleep(0.3)


def framing() -> list[Specified]:
    """Broken framing."""
    cut, bad = "truncated", "bad_answer"
    length = b"Content-Length: {length}\r\n"
    return [
        site("chunked-cut", a=_chunks(cut=True), absent="a", why={"/news/a.html": cut}),
        site("chunk-last-missing", a=_chunks(), absent="a", why={"/news/a.html": cut}),
        site(
            "chunk-size-odd",
            a=_chunks(b"zz\r\n", cut=True),
            b=_chunks(b"-5\r\n", cut=True),
            c=_chunks(b"ffffffffffffffffffff\r\nx", cut=True),
            d=_chunks(b"0x10\r\n0123456789abcdef\r\n0\r\n\r\n", cut=True),
            absent="a b c d",
            why=dict.fromkeys(("/news/a.html", "/news/b.html"), f"{cut} {bad}"),
        ),
        site(
            "chunk-extras",
            a=_chunks(b"0\r\n\r\n", extension=b';name="value"'),
            b=_chunks(b"0\r\nX-Trailer: yes\r\nX-More: \x1b[31m\r\n\r\n"),
            whole="a b",
        ),
        site(
            "chunk-flood",
            a=endless(_CHUNKED, b"1\r\nx\r\n" * 100),
            b=endless(_CHUNKED, b"1;" + b"x" * 10_000, times=5000),
            c=endless(_CHUNKED + b"0\r\n", b"X-T: y\r\n" * 100, times=5000),
            absent="a b c",
            taken=32 * 2**20,
            why={"/news/a.html": "too_large timeout", "/news/b.html": f"{cut} {bad}"},
        ),
        site(
            "length-and-chunks",
            a=raw(
                HEAD + b"Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n",
                b"{length}",
                body=b"",
            ),
        ),
        site(
            "two-lengths",
            a=raw(HEAD + b"Content-Length: {half}\r\n" + length + b"\r\n{page}"),
            b=raw(HEAD + length + length + b"\r\n{page}"),
            absent="a",
            why={"/news/a.html": bad},
        ),
        site(
            "length-too-small",
            a=raw(HEAD + b"Content-Length: {half}\r\n\r\n{page}"),
            b=_later,
            absent="a b",
            why={"/news/a.html": cut, "/news/b.html": cut},
        ),
        site(
            "length-garbage",
            a=raw(HEAD + b"Content-Length: abc\r\n\r\n{page}"),
            b=raw(HEAD + b"Content-Length: -5\r\n\r\n{page}"),
            c=raw(HEAD + b"Content-Length: " + b"9" * 40 + b"\r\n\r\n{page}"),
            d=raw(HEAD + b"Content-Length: 1e3\r\n\r\n{page}"),
            absent="a b c d",
            why={f"/news/{k}.html": f"{bad} too_large" for k in "abcd"},
        ),
        site(
            "coding-of-transfer",
            a=raw(HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n{page}"),
            b=raw(HEAD + b"Transfer-Encoding: identity\r\n" + length + b"\r\n{page}"),
            absent="a",
            why={"/news/a.html": bad},
        ),
        site(
            "old-line-ends",
            a=raw(HEAD.replace(b"\r\n", b"\n") + b"Content-Length: {length}\n\n{page}"),
            b=raw(HEAD + b"X-Folded: one\r\n two\r\n\tthree\r\n" + length + b"\r\n{page}"),
            c=raw(HEAD + b"no colon here\r\n: no name\r\n" + length + b"\r\n{page}"),
            d=raw(b"HTTP/1.1 200\r\nContent-Type: text/html\r\n" + length + b"\r\n{page}"),
            e=raw(HEAD + b"Content-Length : {length}\r\n\r\n{page}"),
            whole="a b c d",
        ),
        site(
            "folded-first",
            a=raw(b"HTTP/1.1 200 OK\r\n X: y\r\n" + length + b"\r\n{page}"),
            why={"/news/a.html": bad},
        ),
        site(
            "nul-header",
            a=raw(
                HEAD
                + b"X-A\0B: c\0\x1b[31md\r\nX-Big: "
                + b"\xff\xfe" * 50
                + b"\r\n"
                + length
                + b"\r\n{page}"
            ),
            b=raw(
                HEAD + b'ETag: "a\x1b]0;x\x07"\r\nLast-Modified: \x9b\r\n' + length + b"\r\n{page}"
            ),
        ),
        site(
            "header-giant",
            a=raw(b"HTTP/1.1 200 " + b"O" * 1_000_000 + b"K\r\n" + length + b"\r\n{page}"),
            b=endless(HEAD, b"X-More: " + b"y" * 1000 + b"\r\n"),
            c=endless(HEAD + b"X-One: ", b"y" * 10_000),
            absent="a b c",
            taken=4 * 2**20,
            why={f"/news/{k}.html": "header_too_large" for k in "abc"},
            most={"/news/": 12},
        ),
        site(
            "continue-flood",
            a=endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
            b=endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>; rel=preload\r\n\r\n" * 50),
            absent="a b",
            taken=4 * 2**20,
            why={f"/news/{k}.html": "header_too_large" for k in "ab"},
        ),
        site(
            "continue-first",
            a=raw(
                b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                + HEAD
                + length
                + b"\r\n{page}"
            ),
            whole="a",
        ),
        site("no-header", a=raw(b"{page}"), absent="a", why={"/news/a.html": bad}),
        site(
            "status-line-odd",
            a=raw(HEAD.replace(b"200", b"2OO") + b"\r\n{page}"),
            b=raw(HEAD.replace(b"HTTP/1.1", b"ICY") + b"\r\n{page}"),
            c=raw(HEAD.replace(b"HTTP/1.1 200 OK", b"220 mail.torture.test ESMTP") + b"\r\n{page}"),
            d=raw(HEAD.replace(b"200", b"-200") + b"\r\n{page}"),
            e=raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
            f=raw(bytes(range(256)) * 4),
            absent="a b c d e f",
            why={f"/news/{k}.html": bad for k in "abcef"},
            most={"/news/": 30},
        ),
        site(
            "status-zoo",
            **{
                f"{'abcdefghijk'[n]}": _with_status(status)
                for n, status in enumerate((204, 205, 206, 304, 401, 403, 410, 451, 600, 999, 300))
            },
            absent=" ".join("abcdefghijk"),
            why={
                f"/news/{'abcdefghijk'[n]}.html": f"http_{status}"
                for n, status in enumerate((204, 205, 206, 304, 401, 403, 410, 451, 600, 999, 300))
            },
            most={"/news/": 16},
        ),
        site(
            "status-broken",
            **{
                "abcdefg"[n]: _with_status(status)
                for n, status in enumerate((500, 501, 502, 504, 520, 521, 500))
            },
            absent=" ".join("abcdefg"),
            most={"/news/": 30},
        ),
        site("status-once", a=once(lambda talk: talk.send("sorry", status=500)), whole="a"),
        site(
            "switch-protocols",
            a=endless(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
                b"\0\0\0\4\0\0\0\0\0",
                0.05,
                20,
            ),
            absent="a",
        ),
        site(
            "empty-answers",
            a=raw(b""),
            b=raw(b"HTTP/1.1 200 OK\r\nContent-Ty"),
            c=raw(HEAD + b"Content-Length: 0\r\n\r\n"),
            d=raw(HEAD + b"\r\n   \n"),
            absent="a b c d",
            why={
                "/news/a.html": "connection_lost",
                "/news/b.html": "connection_lost",
                "/news/c.html": "no_text empty",
                "/news/d.html": "no_text empty",
            },
        ),
        site(
            "reset-early",
            a=raw(b"HTTP/1.1 200 OK\r\nContent-Ty", reset=True),
            b=raw(b"", reset=True),
            absent="a b",
            why={"/news/a.html": "connection_lost", "/news/b.html": "connection_lost"},
        ),
        site(
            "no-length-cut",
            a=raw(_OPEN + b"{first}", reset=True),
            b=raw(_OPEN + b"{first}"),
            c=raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n{first}"),
            absent="a b c",
            why={f"/news/{k}.html": cut for k in "abc"},
        ),
        site("no-length-whole", a=raw(_OPEN + b"{page}"), whole="a"),
        site("no-length-cut-once", a=once(raw(_OPEN + b"{first}", reset=True)), whole="a"),
        site(
            "cut-upstream",
            a=raw(HEAD + b"Content-Length: {half}\r\n\r\n{first}"),
            absent="a",
            why={"/news/a.html": cut},
        ),
        site("pushed-answer", a=_pushed, whole="a", lacks={"*": ("QBevil",)}),
    ]


def _with_status(status: int) -> Answer:
    return lambda talk: talk.send(
        page(talk), status=status, headers=[("WWW-Authenticate", 'Basic realm="\x1b[31mx"')]
    )
