"""What is known of every URL and every source, and how it is read and written in bulk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newscrawl.dataset.conform import from_micros, micros


@dataclass(frozen=True, slots=True)
class ArticleState:
    """The latest version of an article."""

    article_id: str
    site: str
    canonical_url: str
    version_id: str
    version: int
    content_hash: str
    title: str
    published_at: datetime | None
    first_seen_at: datetime
    fetched_at: datetime
    taken_down_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UrlState:
    """What is known of one URL (in canonical form).

    ``outcome`` is a short word of the caller's (``stored``, ``unchanged``, ``refused:reason``);
    ``failures`` counts fetches that failed in a row; ``fetch_url`` is what to ask for if that is
    not ``url``, kept only while ``next_due`` is set; ``article`` is filled on reading, from
    ``article_id``, and not written.
    """

    url: str
    site: str
    first_seen_at: datetime
    article_id: str | None = None
    outcome: str | None = None
    fetched_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    raw_sha256: str | None = None
    failures: int = 0
    next_due: datetime | None = None
    fetch_url: str | None = None
    article: ArticleState | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of one feed, sitemap or section page; ``interval_s`` in seconds."""

    url: str
    site: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    polled_at: datetime | None = None
    good_at: datetime | None = None
    next_due: datetime | None = None
    interval_s: float | None = None
    failures: int = 0


_FIRST_MOMENT, _LAST_MOMENT = -(2**63), 2**63 - 1  # of SQLite
_ARTICLE = (
    "a.article_id, a.site, a.canonical_url, a.version_id, a.version, a.content_hash, a.title,"
    " a.published_at, a.first_seen_at, a.fetched_at, a.taken_down_at"
)
_URL = (
    "u.url, u.site, u.first_seen_at, u.article_id, u.outcome, u.fetched_at, u.etag,"
    " u.last_modified, u.raw_sha256, u.failures, u.next_due, u.fetch_url"
)
_SOURCE = (
    "url, site, etag, last_modified, body_sha256, polled_at, good_at, next_due, interval_s,"
    " failures"
)


def known_urls(connection: sqlite3.Connection, urls: Iterable[str]) -> dict[str, UrlState]:
    """The state of those of the URLs that are known."""
    rows = connection.execute(
        f"SELECT {_URL}, {_ARTICLE} FROM json_each(?) AS asked"  # noqa: S608 - constants
        " CROSS JOIN urls AS u ON u.url = asked.value"
        " LEFT JOIN articles AS a ON a.article_id = u.article_id",
        (_asked(urls),),
    )
    return {row[0]: _url_state(row) for row in rows}


def due_urls(
    connection: sqlite3.Connection,
    site: str,
    now: datetime,
    limit: int,
    *,
    not_before: datetime | None = None,
    believed_until: datetime | None = None,
) -> list[UrlState]:
    """Articles of a site whose ``next_due`` has come, the latest due first.

    Those due before ``not_before`` are left out; a time after ``believed_until`` was written by a
    clock that was wrong, and counts as due.
    """
    rows = connection.execute(
        f"SELECT {_URL}, {_ARTICLE} FROM urls AS u"  # noqa: S608
        " LEFT JOIN articles AS a ON a.article_id = u.article_id"
        " WHERE u.site = ?1 AND u.article_id IS NOT NULL"
        " AND ((u.next_due <= ?2 AND u.next_due >= ?3) OR u.next_due > ?4)"
        " ORDER BY u.next_due DESC LIMIT ?5",
        (
            site,
            micros(now),
            _FIRST_MOMENT if not_before is None else micros(not_before),
            _LAST_MOMENT if believed_until is None else micros(believed_until),
            limit,
        ),
    )
    return [_url_state(row) for row in rows]


def forget_overdue(connection: sqlite3.Connection, before: datetime) -> int:
    """Plan no look any more at articles whose look has been due since before; how many.

    What was refused is left: it is asked for only where a source names it, and then it is time.
    """
    cursor = connection.execute(
        "UPDATE urls SET next_due = NULL, fetch_url = NULL"
        " WHERE next_due IS NOT NULL AND next_due < ? AND article_id IS NOT NULL"
        " AND outcome NOT LIKE 'refused:%'",
        (micros(before),),
    )
    return cursor.rowcount


def latest_version(connection: sqlite3.Connection, article_id: str) -> ArticleState | None:
    """The latest version of an article, or None if there is none."""
    row = connection.execute(
        f"SELECT {_ARTICLE} FROM articles AS a WHERE a.article_id = ?",  # noqa: S608
        (bytes.fromhex(article_id),),
    ).fetchone()
    return None if row is None else _article_state(row)


def same_text(
    connection: sqlite3.Connection, site: str, content_hash: str, title: str
) -> ArticleState | None:
    """The article of a site whose latest version has this text and title, or None."""
    row = connection.execute(
        f"SELECT {_ARTICLE} FROM articles AS a"  # noqa: S608
        " WHERE a.content_hash = ? AND a.site = ? AND a.title = ? LIMIT 1",
        (bytes.fromhex(content_hash), site, title),
    ).fetchone()
    return None if row is None else _article_state(row)


def write_article(connection: sqlite3.Connection, article: ArticleState) -> None:
    """Set the latest version of an article."""
    connection.execute(
        "INSERT OR REPLACE INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            bytes.fromhex(article.article_id),
            article.site,
            article.canonical_url,
            bytes.fromhex(article.version_id),
            article.version,
            bytes.fromhex(article.content_hash),
            article.title,
            _count(article.published_at),
            micros(article.first_seen_at),
            micros(article.fetched_at),
            _count(article.taken_down_at),
        ),
    )


def write_url(connection: sqlite3.Connection, url: UrlState) -> None:
    """Set what is known of a URL; the earliest ``first_seen_at`` stays."""
    connection.execute(
        "INSERT INTO urls (url, site, article_id, outcome, first_seen_at, fetched_at, etag,"
        " last_modified, raw_sha256, failures, next_due, fetch_url)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT (url) DO UPDATE SET site = excluded.site, article_id = excluded.article_id,"
        " outcome = excluded.outcome, first_seen_at = min(first_seen_at, excluded.first_seen_at),"
        " fetched_at = excluded.fetched_at, etag = excluded.etag,"
        " last_modified = excluded.last_modified, raw_sha256 = excluded.raw_sha256,"
        " failures = excluded.failures, next_due = excluded.next_due,"
        " fetch_url = excluded.fetch_url",
        (
            url.url,
            url.site,
            None if url.article_id is None else bytes.fromhex(url.article_id),
            url.outcome,
            micros(url.first_seen_at),
            _count(url.fetched_at),
            url.etag,
            url.last_modified,
            url.raw_sha256,
            url.failures,
            _count(url.next_due),
            url.fetch_url if url.next_due is not None and url.fetch_url != url.url else None,
        ),
    )


def known_source(connection: sqlite3.Connection, url: str) -> SourceState | None:
    """What is known of a source, or None."""
    row = connection.execute(
        f"SELECT {_SOURCE} FROM sources WHERE url = ?",  # noqa: S608
        (url,),
    ).fetchone()
    return None if row is None else _source_state(row)


def sources_of(connection: sqlite3.Connection, site: str | None = None) -> list[SourceState]:
    """All sources of a site, or of all sites."""
    rows = connection.execute(
        f"SELECT {_SOURCE} FROM sources WHERE ?1 IS NULL OR site = ?1"  # noqa: S608
        " ORDER BY site, url",
        (site,),
    )
    return [_source_state(row) for row in rows]


def write_source(connection: sqlite3.Connection, source: SourceState) -> None:
    """Set what is known of a source."""
    connection.execute(
        "INSERT OR REPLACE INTO sources VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            source.url,
            source.site,
            source.etag,
            source.last_modified,
            source.body_sha256,
            _count(source.polled_at),
            _count(source.good_at),
            _count(source.next_due),
            source.interval_s,
            source.failures,
        ),
    )


def _asked(urls: Iterable[str]) -> str:
    # a lone surrogate is no URL, and SQLite would not take it
    return json.dumps([u for u in urls if u.isascii() or _encodes(u)])


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _url_state(row: tuple[Any, ...]) -> UrlState:
    return UrlState(
        url=row[0],
        site=row[1],
        first_seen_at=from_micros(row[2]),
        article_id=None if row[3] is None else row[3].hex(),
        outcome=row[4],
        fetched_at=_moment(row[5]),
        etag=row[6],
        last_modified=row[7],
        raw_sha256=row[8],
        failures=row[9],
        next_due=_moment(row[10]),
        fetch_url=row[11],
        article=None if row[12] is None else _article_state(row[12:]),
    )


def _article_state(row: tuple[Any, ...]) -> ArticleState:
    article_id, site, canonical_url, version_id, version, content_hash, title, *times = row
    return ArticleState(
        article_id.hex(),
        site,
        canonical_url,
        version_id.hex(),
        version,
        content_hash.hex(),
        title,
        _moment(times[0]),
        from_micros(times[1]),
        from_micros(times[2]),
        _moment(times[3]),
    )


def _source_state(row: tuple[Any, ...]) -> SourceState:
    url, site, etag, last_modified, body_sha256, polled, good, due, interval, failures = row
    return SourceState(
        url,
        site,
        etag,
        last_modified,
        body_sha256,
        _moment(polled),
        _moment(good),
        _moment(due),
        interval,
        failures,
    )


def _count(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def _moment(value: int | None) -> datetime | None:
    return None if value is None else from_micros(value)
