"""Reading Scrapy responses: headers as text, and the facts the account keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.account import Fetched
from newscrawl.clock import now
from newscrawl.schedule import Validators

if TYPE_CHECKING:
    from scrapy.http import Headers, Response


def header(response: Response, name: str) -> str | None:
    """The first value of a header, or None."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value is not None else None


def raw_headers(headers: Headers) -> tuple[tuple[str, str], ...]:
    """All headers as (name, value), names as they are sent."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    )


def header_pairs(response: Response) -> tuple[tuple[str, str], ...]:
    """All headers as (lower-case name, value)."""
    return tuple((name.lower(), value) for name, value in raw_headers(response.headers))


def fetched_facts(response: Response) -> Fetched:
    """What the account keeps of an answer."""
    assert response.request is not None
    return Fetched(
        final_url=response.url,
        status=response.status,
        bytes=len(response.body),
        fetched_at=now(),
        seconds=response.request.meta.get("download_latency"),
    )


def conditions(sent: Validators) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110, section 13)."""
    headers: dict[str, str] = {}
    if sent.etag:
        headers["If-None-Match"] = sent.etag
    if sent.last_modified:
        headers["If-Modified-Since"] = sent.last_modified
    return headers
