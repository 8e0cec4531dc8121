"""How much is taken from a site at most: one record of all limits.

A site cannot raise them; `docs` and SECURITY.md name them. Bytes are after removal of encodings
unless a name says ``wire``.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Counts, bytes and seconds; see each line."""

    # one answer
    page_bytes: int = 10 * MIB
    wire_bytes: int = 10 * MIB
    feed_bytes: int = 10 * MIB
    sitemap_bytes: int = 52_428_800  # the protocol's own 50 MB
    robots_bytes: int = 512 * 1024  # RFC 9309 asks for at least 500 KiB
    header_bytes: int = 128 * 1024
    headers: int = 500
    cookie_bytes: int = 8192
    url_characters: int = 4096
    redirects: int = 5
    answer_seconds: float = 60.0
    # one page
    parser_depth: int = 2048  # libxml2 drops what lies deeper without a word
    tag_attributes: int = 3000
    page_tags: int = 200_000  # the largest of 1,836 real pages has 20,000
    page_seconds: float = 20.0  # in a worker
    worker_bytes: int = 1024 * MIB
    links_a_page: int = 1000
    # one host and run
    sitemap_depth: int = 3
    sitemaps: int = 50
    sitemap_entries: int = 50_000
    feed_entries: int = 5000
    feeds: int = 20
    sections: int = 20
    listing_pages: int = 200
    new_urls: int = 20_000
    pages: int = 20_000
    host_bytes: int = 4096 * MIB
    robots_seconds: float = 86_400.0  # how long a copy of robots.txt is good
    robots_gap_seconds: float = 3600.0  # a run asks a host for it no more often than this
    # manners
    gap_seconds: float = 1.0  # between requests to a host
    crawl_delay_seconds: float = 60.0  # obeyed up to here; above, the host waits for another run
    retry_after_seconds: float = 600.0  # waited for up to here
    backoff_seconds: float = 600.0
    failures: int = 5  # in a row, then the host is left alone until the next run


LIMITS = Limits()
