"""Broken encodings in the paragraphs of a body put right, with a record of what they were.

The whole text is asked first, so that the evidence of one paragraph helps the next; where it holds
something that is not certain, each paragraph is judged alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newscrawl.extract.mojibake import Repair, may_be_broken, repair
from newscrawl.items import Removal
from newscrawl.text import stored

BREAK = "\n\n"
REASON = "repaired_"  # and the kind of the repair


@dataclass(frozen=True, slots=True)
class Repaired:
    """The paragraphs as they are stored, and the original of each that was put right.

    An entry of ``originals`` tells what stood in place of the paragraph at its position;
    `newscrawl.clean.restore` puts it back. ``kinds`` are the kinds of `Repair` that were made.
    """

    paragraphs: tuple[str, ...]
    originals: tuple[Removal, ...] = ()
    kinds: tuple[str, ...] = ()


def repair_paragraphs(raw: Sequence[str]) -> Repaired:
    """The paragraphs in stored form, without empty ones, put right where that is certain.

    ``raw`` may still hold the C1 controls that a byte without a character became: without them
    a closing quotation mark cannot be told.
    """
    text = BREAK.join(raw)
    if not may_be_broken(text):
        return Repaired(tuple(filter(None, map(_as_stored, raw))))
    whole = repair(text)
    pieces = whole.text.split(BREAK) if whole is not None else []
    if len(pieces) != len(raw):
        whole = None
    paragraphs: list[str] = []
    originals: list[Removal] = []
    kinds: dict[str, None] = {}
    at = 0
    for n, text in enumerate(raw):
        if whole is not None and pieces[n] != text:
            found: Repair | None = Repair(pieces[n], text, whole.kind)
        else:
            found = repair(text)
        before = _as_stored(text)
        after = _as_stored(found.text) if found is not None else before
        if not after:
            continue
        if found is not None and after != before:
            originals.append(Removal(before, REASON + found.kind, at))
            kinds[found.kind] = None
        paragraphs.append(after)
        at += len(after) + len(BREAK)
    return Repaired(tuple(paragraphs), tuple(originals), tuple(kinds))


def _as_stored(text: str) -> str:
    """The stored form; a control character that goes leaves no two spaces behind."""
    kept = stored(text).strip()
    return kept if len(kept) == len(text) else re.sub(" {2,}", " ", kept)
