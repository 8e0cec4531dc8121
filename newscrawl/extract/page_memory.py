"""Blocks that come back on other pages of a host are its furniture, not its articles.

Only 64-bit hashes are kept. A block counts once a page; a page is known by its address, so that
seeing the same article twice teaches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

MIN_CHARS: Final = 12  # shorter lines recur by chance
MAX_HASHES: Final = 20_000  # a host's memory: about 2 MB at most
_OTHER_PAGES: Final = 2  # seen on so many other pages, a block is furniture


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


@dataclass(slots=True)
class PageMemory:
    """What the pages of one host have in common."""

    counts: dict[int, int] = field(default_factory=dict)
    pages: set[int] = field(default_factory=set)

    def learn(self, url: str, texts: Iterable[str]) -> None:
        """Count the blocks of a page, once for each address."""
        page = _digest(url)
        if page in self.pages:
            return
        self.pages.add(page)
        for text in {_digest(t) for t in texts if len(t) >= MIN_CHARS}:
            self.counts[text] = self.counts.get(text, 0) + 1
        if len(self.counts) > MAX_HASHES:
            # those seen once are mostly article text
            self.counts = {h: n for h, n in self.counts.items() if n > 1}
            if len(self.counts) > MAX_HASHES:
                self.counts.clear()
        if len(self.pages) > MAX_HASHES:
            self.pages.clear()

    def recurs(self, url: str, text: str) -> bool:
        """Whether a block stood on at least two other pages of the host."""
        if len(text) < MIN_CHARS:
            return False
        seen = self.counts.get(_digest(text), 0)
        return seen - (_digest(url) in self.pages) >= _OTHER_PAGES
