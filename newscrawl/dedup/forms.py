"""Texts as arrays of code points in their matching form, many at a time.

`newscrawl.text.matching` defines the form; here it is computed for a whole batch with one table
look-up a character, about thirty times faster.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

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


@cache
def _ends() -> Mask:
    """Line ends, brackets, and the sentence ends of the region's scripts."""
    table = np.zeros(0x110000, dtype=np.bool_)
    ends = "\n\r()[]!?\u2026\u3002\u0964\u0965\u17d4\u17d5\u104a\u104b\u06d4\u061f\u0f0d\u1803"
    table[[ord(char) for char in ends]] = True
    return table


@cache
def _spaces() -> Mask:
    table = np.zeros(0x110000, dtype=np.bool_)
    for code in range(0x3001):
        table[code] = chr(code).isspace()
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
    if len(texts) == 1:
        codes = _matching(texts[0])
        starts[1] = len(codes)
        return codes, starts
    parts = [folded(t.replace(_SEPARATOR, "") if _SEPARATOR in t else t) for t in texts]
    raw = code_points(_SEPARATOR.join(parts))
    keep = _kept()[raw]
    begins = np.fromiter((len(part) + 1 for part in parts[:-1]), np.int64, len(parts) - 1)
    begins = np.concatenate(([0], np.cumsum(begins)))
    if len(raw):
        begins = np.minimum(begins, len(raw) - 1)  # an empty last text begins after the last sign
        counts = np.add.reduceat(keep, begins, dtype=np.int64)
        np.cumsum(counts, out=starts[1:])
    return raw[keep], starts


def matching_bytes(text: str) -> bytes:
    """The matching form of one text as bytes (UTF-32), for hashing."""
    return _matching(text).tobytes()


@lru_cache(maxsize=2)  # the text that has just been hashed is the one whose prints are wanted next
def _matching(text: str) -> Codes:
    raw = code_points(folded(text))
    return raw[_kept()[raw]]


def passage_codes(text: str) -> tuple[Codes, list[int]]:
    """The matching form of a text, and where its passages begin and end.

    A passage is what stands between line ends, brackets and sentence ends. Returns (codes,
    bounds): passage i is ``codes[bounds[i]:bounds[i + 1]]``; none is empty.
    """
    raw = code_points(folded(text))
    if not len(raw):
        return raw, [0]
    ends = _ends()[raw]
    stop = np.flatnonzero(raw[:-1] == ord("."))
    after = raw[stop + 1]
    ends[stop[_spaces()[after] | (after == ord("."))]] = True
    keep = _kept()[raw]
    number = np.cumsum(ends)[keep]
    inner = np.flatnonzero(number[1:] != number[:-1]) + 1
    codes = raw[keep]
    return codes, [0, *inner.tolist(), len(codes)] if len(codes) else [0]


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
