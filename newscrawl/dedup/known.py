"""What the index keeps of a story: 48 bytes, and the keys it is found by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from newscrawl.dedup.stories import Story


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
    def of(cls, number: int, story: Story, keys: StoryKeys, cluster_id: str) -> Known:
        """The record of a story that gets this number."""
        return cls(
            number,
            story.version_id,
            cluster_id,
            keys.article_check,
            keys.content_check,
            keys.site,
            keys.at,
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


@dataclass(frozen=True, slots=True)
class StoryKeys:
    """What a story is found by: 40-bit keys, and 32 more bits of each to tell equal keys apart."""

    article: int  # finds the versions of the article
    article_check: int
    content: int  # finds equal texts
    content_check: int
    site: int
    at: int

    @classmethod
    def of(cls, story: Story, content: str) -> StoryKeys:
        """The keys of a story; `content` is what an exact copy must share."""
        article, article_check = article_keys(story.article_id)
        text, content_check = _numbers("content " + content)
        return cls(
            article,
            article_check,
            text,
            content_check,
            site_check(story.site),
            seconds(story.published_at),
        )


def article_keys(article_id: str) -> tuple[int, int]:
    """The key of an article, and the check beside it."""
    return _numbers("article " + article_id)


@lru_cache(maxsize=4096)
def site_check(site: str) -> int:
    """32 bits of a site's name."""
    return _numbers("site " + site)[1]


def seconds(at: datetime | None) -> int:
    """Seconds since 1970 within 32 bits; 0 if unknown."""
    return min(max(0, int(at.timestamp())), 0xFFFFFFFF) if at else 0


def _numbers(text: str) -> tuple[int, int]:
    data = text.encode("utf-8", "surrogatepass")
    number = int.from_bytes(blake2b(data, digest_size=9).digest(), "big")
    return number >> 32, number & 0xFFFFFFFF
