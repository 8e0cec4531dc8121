"""One request and its answer, as HTTP/1.1 messages in WARC blocks and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from newscrawl.archive.content_coding import CodingError, codings, unpack_layers
from newscrawl.archive.records import Headers, first_value

_STATUS_LINE = re.compile(rb"HTTP/[\d.]+[ \t]+(\d{3})\b[^\r\n]*\r?\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
# Fields of the wire that do not fit the body as it is kept; the values stay readable under the
# name that web archives use for them.
_KEPT_AS = "X-Archive-Orig-"
MAX_HEAD = 256 * 1024


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and what came.

    ``body`` is as received after transfer decoding, content encodings still on it.
    """

    url: str
    method: str
    request_headers: Headers
    request_body: bytes
    status: int
    headers: Headers
    body: bytes
    address: str | None = None  # IP address that answered

    def request_block(self) -> bytes:
        """The request as an HTTP/1.1 message."""
        parts = urlsplit(self.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = self.request_headers
        if first_value(headers, "Host") is None:
            headers = (("Host", parts.netloc.rpartition("@")[2]), *headers)
        return _message(f"{self.method} {target} HTTP/1.1", headers) + self.request_body

    def response_head(self) -> bytes:
        """Status line and headers of the answer, honest about the body that follows them."""
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = ""
        size = str(len(self.body))
        headers: list[tuple[str, str]] = []
        for name, value in self.headers:
            lower = name.lower()
            wrong_length = lower == "content-length" and value.strip() != size
            if lower == "transfer-encoding" or wrong_length:
                name = _KEPT_AS + name
            headers.append((name, value))
        if first_value(tuple(headers), "Content-Length") is None:
            headers.append(("Content-Length", size))
        return _message(f"HTTP/1.1 {self.status} {phrase}".rstrip(), tuple(headers))


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer read from a record; ``headers`` with lower-case names, ``body`` fully decoded."""

    status: int
    headers: Headers
    body: bytes


class BadMessage(ValueError):  # noqa: N818 - a kind of value, with its reason
    """``reason``: bad_http, truncated, too_large or bad_encoding."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class HttpHead:
    """Status and headers (lower-case names) of an answer, and where its body begins."""

    status: int
    headers: Headers
    body_at: int

    @property
    def media_type(self) -> str:
        """The media type in lower case without parameters; empty if none is declared."""
        return (first_value(self.headers, "content-type") or "").partition(";")[0].strip().lower()


def read_head(block: bytes) -> HttpHead:
    """Status and headers of an HTTP answer. Raises `BadMessage`."""
    start = _STATUS_LINE.match(block)
    if start is None:
        raise BadMessage("bad_http", "no status line")
    end = _HEAD_END.search(block, start.end() - 2, MAX_HEAD)
    if end is None:
        raise BadMessage("bad_http", "the header has no end")
    headers = tuple(_fields(block[start.end() : end.start()]))
    return HttpHead(int(start[1]), headers, end.end())


def read_body(block: bytes, head: HttpHead, max_size: int) -> bytes:
    """The body of an answer with all encodings undone. Raises `BadMessage`.

    Archives that undo an encoding leave its header now and then, so a body that is plainly not
    encoded as declared is taken as it is.
    """
    body = block[head.body_at :]
    if len(body) > max_size:
        raise BadMessage("too_large", f"{len(body)} bytes")
    transfer = [v.lower() for n, v in head.headers if n == "transfer-encoding"]
    if any("chunked" in value for value in transfer):
        body = _dechunked(body)
    names = codings(v for n, v in head.headers if n == "content-encoding")
    if not names or not _looks_coded(body, names[-1]):
        return body
    try:
        return unpack_layers(body, names, max_size)
    except CodingError as error:
        raise BadMessage(error.reason, error.detail) from error


def _looks_coded(body: bytes, name: str) -> bool:
    """False only for a body that reads as markup or text though a coding is declared."""
    return not body[:64].lstrip().startswith((b"<", b"{", b"\xef\xbb\xbf<"))


def _dechunked(body: bytes) -> bytes:
    """A chunked body as one piece (RFC 9112, section 7.1); as it is if it is not chunked."""
    out: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 1024)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9a-fA-F]{1,8}", size):
            if out:
                raise BadMessage("truncated", "chunks without an end")
            return body
        length = int(size, 16)
        if length == 0:
            return b"".join(out)
        if end + 1 + length > len(body):
            raise BadMessage("truncated", "a chunk without its end")
        out.append(body[end + 1 : end + 1 + length])
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1


def _fields(head: bytes) -> Iterator[tuple[str, str]]:
    name, value = "", ""
    for line in head.decode("latin-1").split("\n"):
        line = line.rstrip("\r")
        if line[:1] in {" ", "\t"} and name:  # folded, as RFC 9112 calls obsolete
            value += " " + line.strip()
            continue
        if name:
            yield name, value
        name, colon, value = line.partition(":")
        name, value = name.strip().lower() if colon else "", value.strip()
    if name:
        yield name, value


def _message(start: str, headers: Headers) -> bytes:
    lines = [start, *(f"{name}: {_flat(value)}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _flat(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")
