"""What a copy kept of a text, cut from it and added to it, paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newscrawl.dedup.fingerprints import Hashes, gram_hashes
from newscrawl.dedup.forms import Codes, is_dense, matching_codes

KEPT = 0.5  # share of a paragraph that must stand in the other text
_GRAM = 12
_GRAM_DENSE = 5


@dataclass(frozen=True, slots=True)
class TextChanges:
    """Paragraphs of the first text that the second lacks, and the reverse, each in its order.

    ``kept`` is the share of the first text's characters that stand in paragraphs of the second.
    """

    cut: tuple[str, ...]
    added: tuple[str, ...]
    kept: float


def text_changes(before: str, after: str) -> TextChanges:
    """What became of a text: compared in the matching form, paragraphs as they were written."""
    old, new = _paragraphs(before), _paragraphs(after)
    cut, kept = _missing(old, new)
    added, _ = _missing(new, old)
    return TextChanges(tuple(cut), tuple(added), kept)


def _paragraphs(text: str) -> list[tuple[str, Codes]]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    codes, starts = matching_codes(lines)
    parts = [(line, codes[starts[i] : starts[i + 1]]) for i, line in enumerate(lines)]
    return [(line, part) for line, part in parts if len(part)]


def _missing(
    some: list[tuple[str, Codes]], other: list[tuple[str, Codes]]
) -> tuple[list[str], float]:
    whole = {part.tobytes() for _, part in other}
    known: dict[int, Hashes] = {}
    out: list[str] = []
    total = found = 0
    for line, part in some:
        total += len(part)
        if part.tobytes() in whole:
            found += len(part)
            continue
        size = _GRAM_DENSE if is_dense(part) else _GRAM
        if size not in known:
            grams = [gram_hashes(theirs, size) for _, theirs in other]
            known[size] = np.concatenate(grams) if grams else np.empty(0, dtype=np.uint64)
        mine = gram_hashes(part, size)
        if len(mine) and float(np.isin(mine, known[size]).mean()) >= KEPT:
            found += len(part)
        else:
            out.append(line)
    return out, found / total if total else 1.0
