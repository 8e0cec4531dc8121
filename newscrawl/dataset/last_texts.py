"""The last text of each article that may still change, so that a change can be told by its kind.

Kept for as long as the revisit plan looks at an article, in the state database, compressed.
"""

from __future__ import annotations

import sqlite3
import zlib
from datetime import datetime, timedelta

from newscrawl.dataset.conform import micros
from newscrawl.items import Article

KEPT = timedelta(days=9)  # a little longer than the last look of the revisit plan
_SPLIT = "\x00"  # no stored text holds it


def pack_last_text(article: Article) -> bytes:
    """Title and body as they are kept; a worker can do this ahead."""
    return zlib.compress(f"{article.title}{_SPLIT}{article.body}".encode(), 1)


def write_last_text(
    connection: sqlite3.Connection, article: Article, packed: bytes | None = None
) -> None:
    """Remember title and body of an article's newest version, packed already or not."""
    assert article.fetched_at is not None
    packed = pack_last_text(article) if packed is None else packed
    connection.execute(
        "INSERT OR REPLACE INTO last_texts VALUES (?, ?, ?)",
        (bytes.fromhex(article.article_id), micros(article.fetched_at), packed),
    )


def read_last_text(connection: sqlite3.Connection, article_id: str) -> tuple[str, str] | None:
    """Title and body of the newest version, or None if they are no longer kept."""
    row = connection.execute(
        "SELECT text FROM last_texts WHERE article_id = ?", (bytes.fromhex(article_id),)
    ).fetchone()
    if row is None:
        return None
    title, _, body = zlib.decompress(row[0]).decode().partition(_SPLIT)
    return title, body


def forget_last_texts(connection: sqlite3.Connection, now: datetime) -> int:
    """Drop the texts of articles not seen for a while; how many."""
    cursor = connection.execute(
        "DELETE FROM last_texts WHERE fetched_at < ?", (micros(now - KEPT),)
    )
    return cursor.rowcount


def take_down_last_text(connection: sqlite3.Connection, article_id: str) -> None:
    """Drop the text of an article that is taken down."""
    connection.execute("DELETE FROM last_texts WHERE article_id = ?", (bytes.fromhex(article_id),))
