"""Lines that a site prints on page after page, learned from its own pages."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Final

from newscrawl.clean.removals import is_repair, restore, split_body
from newscrawl.items import Article
from newscrawl.text import matching, one_line

PAGES: Final = 4  # pages with different headlines on which a line must recur
SHARE: Final = 0.04  # and the share of all pages
LONGEST: Final = 300  # characters of a line that can be furniture
_TABLE: Final = 4000  # lines remembered for a site
_DIGITS = re.compile(r"[0-9]+")


@dataclass(slots=True)
class _Line:
    text: str  # as first seen
    count: int = 0
    titles: set[int] = field(default_factory=set)  # at most PAGES of them


@dataclass(slots=True)
class Furniture:
    """Lines that recur across the pages of one site.

    A line becomes furniture when it stood on ``PAGES`` pages with different headlines and on
    ``SHARE`` of all pages learned. Digits do not count: "12 shares" and "40 shares" are one line.
    Nothing is lost by a mistake: removals are kept with the article, and `allow` takes a line out
    for good.
    """

    pages: int = 0
    _lines: dict[str, _Line] = field(default_factory=dict)
    _allowed: set[str] = field(default_factory=set)

    @staticmethod
    def _key(line: str) -> str:
        return _DIGITS.sub("0", one_line(line).casefold())

    def learn(self, article: Article) -> None:
        """Count the lines of one article, those included that cleaning took out of it."""
        self.pages += 1
        title = int.from_bytes(matching(article.title).encode()[:60], "big") % (1 << 40)
        seen: set[str] = set()
        taken = [removal for removal in article.removed if not is_repair(removal)]
        for line in split_body(restore(article.body, taken)):
            if len(line) > LONGEST or line == article.title:
                continue
            key = self._key(line)
            if key and key not in seen:
                seen.add(key)
                entry = self._lines.get(key)
                if entry is None:
                    entry = self._lines[key] = _Line(one_line(line))
                entry.count += 1
                if len(entry.titles) < PAGES:
                    entry.titles.add(title)
        if len(self._lines) > _TABLE:
            self._forget_rare()

    def _forget_rare(self) -> None:
        floor = 1
        while len(self._lines) > _TABLE // 2:
            self._lines = {k: v for k, v in self._lines.items() if v.count > floor}
            floor += 1

    def _recurs(self, entry: _Line) -> bool:
        return len(entry.titles) >= PAGES and entry.count >= SHARE * self.pages

    def is_furniture(self, line: str) -> bool:
        """Whether this line was learned to be the site's own."""
        if self.pages < PAGES or len(line) > LONGEST:
            return False
        key = self._key(line)
        entry = self._lines.get(key)
        return entry is not None and key not in self._allowed and self._recurs(entry)

    def lines(self) -> list[tuple[str, int]]:
        """The lines held to be furniture with the number of pages, most frequent first."""
        found = [
            (entry.text, entry.count)
            for key, entry in self._lines.items()
            if key not in self._allowed and self._recurs(entry)
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def allow(self, line: str) -> None:
        """Never take this line for furniture again."""
        self._allowed.add(self._key(line))

    def to_json(self) -> str:
        """The whole memory as JSON, stable for equal content."""
        lines = {
            key: [entry.text, entry.count, sorted(entry.titles)]
            for key, entry in sorted(self._lines.items())
        }
        record = {"pages": self.pages, "allowed": sorted(self._allowed), "lines": lines}
        return json.dumps(record, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Furniture:
        """The memory that `to_json` wrote.

        Raises:
            ValueError: the text is not such a record.
        """
        try:
            record = json.loads(text)
            return cls(
                int(record["pages"]),
                {k: _line(*entry) for k, entry in record["lines"].items()},
                {_text(line) for line in record["allowed"]},
            )
        except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise ValueError(f"not a record of furniture: {error!r}") from error


def _line(text: object, count: object, titles: object) -> _Line:
    """An entry of `Furniture.to_json`; raises TypeError for any other."""
    if not isinstance(count, int) or not isinstance(titles, list):
        raise TypeError("an entry is text, count and titles")
    return _Line(_text(text), count, {int(title) for title in titles})


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} where a text is expected")
    return value
