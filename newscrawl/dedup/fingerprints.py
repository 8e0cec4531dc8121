"""Fingerprints: a few hashes of character runs, so that copies can be found without comparing all.

Every run of 24 characters of the matching form (10 where most characters are Han, kana or hangul,
which say as much in one sign as an alphabet in two or three) is hashed with a rolling polynomial
(Karp and Rabin 1987); of the hashes those with enough zero bits are kept, enough being chosen for
each text such that about 12 remain ("mod p" sampling, Manber 1994; levels as in Broder 1997). A
copy of half a text keeps about half of its prints, whatever the language; no word is ever split.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newscrawl.dedup.forms import Codes, matching_codes

Hashes = npt.NDArray[np.uint64]

GRAM = 24
GRAM_DENSE = 10
MOST = 20  # prints an article at most; thinned by half beyond, so 10-20 for a text of any length
PRINT_BITS = 40

_BASE = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_CHUNK = 1 << 20  # characters hashed at a time: bounds the memory, and stays near the cache


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The prints of one text: distinct 40-bit numbers, ascending; empty for a very short text."""

    prints: Hashes
    chars: int  # characters of the matching form


def _power(n: int) -> np.uint64:
    return np.uint64(pow(_BASE, n, 1 << 64))


def gram_hashes(codes: Codes, size: int) -> Hashes:
    """The hash of each run of `size` characters (24 or 10, or any); empty if there is none."""
    if len(codes) < size:
        return np.empty(0, dtype=np.uint64)
    one = codes.astype(np.uint64)
    one *= np.uint64(0xD6E8FEB86659FD93)
    one ^= one >> np.uint64(29)
    total: Hashes | None = None
    done, block, width = 0, one, 1
    rest = size
    while rest:  # the binary digits of `size`, lowest first: each adds one block of that width
        if rest & 1:
            if total is None:
                total, done = block, width
            else:
                n = len(codes) - done - width + 1
                total = total[:n] * _power(width) + block[done : done + n]
                done += width
        rest >>= 1
        if rest:
            n = len(codes) - 2 * width + 1
            block = block[:n] * _power(width) + block[width : width + n]
            width *= 2
    assert total is not None
    mixed = total ^ (total >> np.uint64(32))
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def is_dense(codes: Codes) -> bool:
    """Whether most characters are Han, kana or hangul."""
    sample = codes[:2000]
    dense = (
        ((sample >= 0x3040) & (sample <= 0x9FFF))
        | ((sample >= 0xAC00) & (sample <= 0xD7A3))
        | (sample >= 0x20000)
    )
    return bool(2 * np.count_nonzero(dense) > len(sample))


def fingerprints(texts: Sequence[str]) -> list[Fingerprint]:
    """The fingerprints of many texts, in their order."""
    out: list[Fingerprint] = []
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= _CHUNK:
            out += _fingerprints(batch)
            batch, size = [], 0
    return out + _fingerprints(batch)


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of one text."""
    return _fingerprints([text])[0]


def _fingerprints(texts: Sequence[str]) -> list[Fingerprint]:
    if not texts:
        return []
    codes, starts = matching_codes(texts)
    sparse = gram_hashes(codes, GRAM)
    bounds = starts.tolist()
    # Hashes with at least four zero bits are all that any text of 16 x MOST characters can keep.
    out = []
    for first, last in zip(bounds[:-1], bounds[1:], strict=True):
        own = codes[first:last]
        if (
            last - first > 0
            and own[0] >= 0x3000
            and is_dense(own)
            or (last - first > 1 and is_dense(own))
        ):
            hashes = gram_hashes(own, GRAM_DENSE)
        else:
            hashes = sparse[first : max(first, last - GRAM + 1)]
        out.append(Fingerprint(sample(hashes), last - first))
    return out


def sample(hashes: Hashes) -> Hashes:
    """The prints kept of a text's hashes: those with the most zero bits, at most `MOST`."""
    n = len(hashes)
    bits = max(0, (n // MOST).bit_length() - 2)
    while True:
        mask = np.uint64(((1 << bits) - 1) << (64 - PRINT_BITS))
        kept = hashes[(hashes & mask) == 0] if bits else hashes
        if len(kept) <= MOST or bits >= 30:
            break
        kept = np.unique(kept)
        if len(kept) <= MOST:
            break
        bits += 1
    kept = np.unique(kept >> np.uint64(64 - PRINT_BITS))
    return kept[:MOST]
