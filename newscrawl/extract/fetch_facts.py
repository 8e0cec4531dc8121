"""What is known of an article from its fetch: addresses, site, answer, directives."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import urlsplit

from newscrawl.extract.reading import MAX_LINE, NO_TIME, Reading
from newscrawl.extract.rights import read_rights, read_robots
from newscrawl.items import Via
from newscrawl.text import one_line


def fill_fetch_facts(reading: Reading) -> None:
    """Addresses, site, answer and what the publisher allows."""
    page, article, site = reading.page, reading.article, reading.site
    article.url = one_line(page.url)
    if page.requested_url != page.url:
        article.requested_url = one_line(page.requested_url)
    try:
        article.host = (urlsplit(article.url).hostname or "").lower()
    except ValueError:
        article.host = ""
    article.site = site.name if site is not None else article.host
    article.country = site.country if site is not None else None
    article.http_status = page.status
    article.etag = one_line(page.header("etag") or "")[:MAX_LINE] or None
    article.last_modified = one_line(page.header("last-modified") or "")[:MAX_LINE] or None
    article.raw_sha256 = sha256(page.body).hexdigest()
    article.fetched_at = page.fetched_at if page.fetched_at != NO_TIME else None
    article.discovered_via = page.candidate.via if page.candidate else Via.LINK
    article.robots_directives = read_robots(reading.structured, page)
    article.rights = read_rights(reading.structured, page)
