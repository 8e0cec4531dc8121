"""Texts as arrays of code points in their matching form, many at a time.

`newscrawl.text.matching` defines the form; here it is computed for a whole batch with one table
look-up a character, about thirty times faster.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]

_SEPARATOR = "\U0010ffff"  # a noncharacter: never part of a matching form


@cache
def _kept() -> Mask:
    """For each code point: whether it is a letter, mark or digit (one byte each, 1.1 MB)."""
    table = np.zeros(0x110000, dtype=np.bool_)
    for code in (*range(0x40000), *range(0xE0000, 0xE0200)):
        char = chr(code)
        table[code] = char.isalnum() or unicodedata.category(char)[0] == "M"
    return table


@cache
def _digits() -> Mask:
    table = np.zeros(0x110000, dtype=np.bool_)
    for code in range(0x20000):
        table[code] = chr(code).isdigit()
    return table


def folded(text: str) -> str:
    """NFKC and case-folded; ASCII takes the short way."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()


def code_points(text: str) -> Codes:
    """The code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def matching_codes(texts: Sequence[str]) -> tuple[Codes, npt.NDArray[np.int64]]:
    """The matching forms of many texts, one after the other, and where each begins.

    Returns (codes, starts) with ``len(starts) == len(texts) + 1``: text i is
    ``codes[starts[i]:starts[i + 1]]``.
    """
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    if not texts:
        return np.empty(0, dtype=np.uint32), starts
    parts = [folded(t.replace(_SEPARATOR, "") if _SEPARATOR in t else t) for t in texts]
    raw = code_points(_SEPARATOR.join(parts))
    keep = _kept()[raw]
    lengths = np.fromiter((len(part) + 1 for part in parts), dtype=np.int64, count=len(parts))
    ends = np.cumsum(lengths) - 1
    counts = np.zeros(len(raw) + 1, dtype=np.int64)
    np.cumsum(keep, out=counts[1:])
    starts[1:] = counts[np.minimum(ends, len(raw))]
    return raw[keep], starts


def is_digit(codes: Codes) -> Mask:
    """Which characters are digits of any script."""
    return _digits()[codes]


def is_dense(codes: Codes) -> bool:
    """Whether most characters are Han, kana or hangul, which say much in one sign."""
    sample = codes[:2000]
    dense = (sample >= 0x3040) & (sample <= 0x9FFF)
    dense |= (sample >= 0xAC00) & (sample <= 0xD7A3)
    dense |= (sample >= 0x20000) & (sample < 0x40000)
    return bool(2 * np.count_nonzero(dense) > len(sample))
