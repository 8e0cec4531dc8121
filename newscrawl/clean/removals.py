"""Taking text out of a body so that it can be put back.

A body is paragraphs parted by one blank line. Every cut is recorded with the text that it took,
the separator included, so that `restore` gives back the body to the last character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newscrawl.items import Removal
from newscrawl.text import stored

BREAK = "\n\n"
_BREAKS = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+")
_EDGES = " \t\n\u00a0\u3000\u2003\u2002"


def normal_body(text: str) -> str:
    """The text in stored form with paragraphs parted by exactly one blank line.

    White space at the ends of paragraphs goes; single line breaks inside a paragraph stay.
    """
    text = stored(text)
    parts = (part.strip(_EDGES) for part in _BREAKS.split(text))
    return BREAK.join(part for part in parts if part)


def split_body(body: str) -> list[str]:
    """The paragraphs of a body in normal form."""
    return body.split(BREAK) if body else []


def restore(body: str, removed: Sequence[Removal]) -> str:
    """The body as it was before the removals: the exact inverse of cleaning.

    Where the encoding of a paragraph was put right, the original takes its place again.
    """
    for removal in reversed(removed):
        end = removal.position
        if is_repair(removal):
            end = body.find(BREAK, end)
        behind = body[end:] if end >= 0 else ""
        body = body[: removal.position] + removal.text + behind
    return body


def is_repair(removal: Removal) -> bool:
    """Whether an entry holds the original of a repaired paragraph, not what was taken out."""
    return removal.reason.startswith("repaired_")


class Cutter:
    """The paragraphs of one body, and what has been taken out of them so far."""

    __slots__ = ("paragraphs", "removed")

    def __init__(self, body: str, removed: Sequence[Removal] = ()) -> None:
        self.paragraphs = split_body(normal_body(body))
        self.removed = list(removed)

    @property
    def body(self) -> str:
        return BREAK.join(self.paragraphs)

    def _offset(self, index: int) -> int:
        return sum(len(p) for p in self.paragraphs[:index]) + len(BREAK) * index

    def drop(self, index: int, reason: str) -> None:
        """Take out one paragraph with the blank line after it (before it, if it is the last)."""
        text, at = self.paragraphs[index], self._offset(index)
        if index + 1 < len(self.paragraphs):
            text += BREAK
        elif index:
            text, at = BREAK + text, at - len(BREAK)
        del self.paragraphs[index]
        self.removed.append(Removal(text, reason, at))

    def cut_start(self, index: int, end: int, reason: str) -> None:
        """Take the first ``end`` characters off a paragraph; something must be left of it."""
        paragraph = self.paragraphs[index]
        self.removed.append(Removal(paragraph[:end], reason, self._offset(index)))
        self.paragraphs[index] = paragraph[end:]

    def cut(self, index: int, start: int, end: int, reason: str) -> None:
        """Take a piece out of the middle of a paragraph; something must be left of it."""
        paragraph = self.paragraphs[index]
        self.removed.append(Removal(paragraph[start:end], reason, self._offset(index) + start))
        self.paragraphs[index] = paragraph[:start] + paragraph[end:]

    def cut_end(self, index: int, start: int, reason: str) -> None:
        """Take off a paragraph all from ``start`` on; something must be left of it."""
        paragraph = self.paragraphs[index]
        self.removed.append(Removal(paragraph[start:], reason, self._offset(index) + start))
        self.paragraphs[index] = paragraph[:start]
