"""What the pages of one host in a stream have in common, taken out of their articles.

A line that stands on four pages of a host with different headlines is the host's own and no part of
a story (`newscrawl.clean.Furniture`, which the crawl keeps for each site). In a stream the lines of
later pages tell about earlier ones too, so articles are held back for a while.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from typing import Any, Final

from newscrawl.clean import Furniture, clean
from newscrawl.items import Article

HELD: Final = 2_000  # entries that are held back
_HELD_CHARS: Final = 20_000_000  # characters of their bodies
_HOSTS: Final = 5_000  # hosts whose lines are remembered

Entry = tuple[Any, Article | str]  # an id with its article, or with what went wrong


class RecurringLines:
    """A queue of articles that learns from all and cleans those that leave it.

    ``keep`` names reasons of removal that shall not count, as in `clean`.
    """

    def __init__(self, keep: Collection[str] = (), *, held: int = HELD) -> None:
        self._keep, self._held = keep, held
        self._furniture: dict[str, Furniture] = {}
        self._entries: deque[Entry] = deque()
        self._chars = 0

    def push(self, entry: Entry) -> Iterator[Entry]:
        """Take an entry in; gives those that are due, in the order they came."""
        _, found = entry
        self._entries.append(entry)
        if isinstance(found, Article):
            self._chars += len(found.body)
            if found.host:
                self._of(found.host).learn(found)
        while len(self._entries) > self._held or self._chars > _HELD_CHARS:
            yield self._pop()

    def rest(self) -> Iterator[Entry]:
        """The entries that are still held."""
        while self._entries:
            yield self._pop()

    def _of(self, host: str) -> Furniture:
        """The memory of a host, which is now the one used last."""
        furniture = self._furniture.pop(host, None) or Furniture()
        self._furniture[host] = furniture
        if len(self._furniture) > _HOSTS:
            del self._furniture[next(iter(self._furniture))]
        return furniture

    def _pop(self) -> Entry:
        ident, found = self._entries.popleft()
        if isinstance(found, Article):
            self._chars -= len(found.body)
            furniture = self._furniture.get(found.host)
            if furniture and any(map(furniture.is_furniture, found.body.split("\n\n"))):
                found = clean(found, None, furniture, keep=self._keep)
        return ident, found
