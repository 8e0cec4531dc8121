"""What the index keeps of a story: 48 bytes, and the keys it is found by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from newscrawl.dedup.stories import Story

_PRINT = (1 << 40) - 1


@dataclass(frozen=True, slots=True)
class Known:
    """A story of the index. ``article``, ``content`` and ``site`` are 32-bit checks, not names."""

    number: int
    version: str  # 32 hex digits
    cluster: str  # 32 hex digits
    article: int
    content: int
    site: int
    at: int  # seconds since 1970, 0 if unknown

    @classmethod
    def of(cls, number: int, story: Story, cluster_id: str) -> Known:
        """The record of a story that gets this number."""
        return cls(
            number,
            story.version_id,
            cluster_id,
            check(story.article_id),
            check(story.content_hash),
            check(story.site),
            seconds(story.published_at),
        )

    @classmethod
    def from_record(cls, number: int, record: Any) -> Known:
        """From an element of a record array."""
        version, cluster, article, content, site, at = record.item()
        return cls(
            number,
            version.ljust(16, b"\0").hex(),
            cluster.ljust(16, b"\0").hex(),
            article,
            content,
            site,
            at,
        )

    def record(self) -> tuple[bytes, bytes, int, int, int, int]:
        """As an element for a record array; raises ValueError if an id is not 32 hex digits."""
        version, cluster = bytes.fromhex(self.version), bytes.fromhex(self.cluster)
        if len(version) != 16 or len(cluster) != 16:
            raise ValueError(f"not 32 hex digits: {self.version!r} or {self.cluster!r}")
        return version, cluster, self.article, self.content, self.site, self.at


def article_key(story: Story) -> int:
    """40 bits by which the versions of an article are found."""
    return _number("article " + story.article_id) & _PRINT


def content_key(story: Story) -> int:
    """40 bits by which equal texts are found; ``story.content_hash`` must be filled."""
    return _number("content " + story.content_hash) & _PRINT


def check(text: str) -> int:
    """32 more bits, to tell two texts with the same key from one another."""
    return _number("check " + text) & 0xFFFFFFFF


def seconds(at: datetime | None) -> int:
    """Seconds since 1970 within 32 bits; 0 if unknown."""
    return min(max(0, int(at.timestamp())), 0xFFFFFFFF) if at else 0


def _number(text: str) -> int:
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")
