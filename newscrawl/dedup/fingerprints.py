"""Fingerprints: a few hashes of character runs, so that copies can be found without comparing all.

Every run of 24 characters of the matching form (10 where most characters are Han, kana or hangul)
is hashed with a rolling polynomial (Karp and Rabin 1987); of the hashes those with enough zero
bits are kept, enough being chosen for each text such that 10 to 20 remain ("mod p" sampling, Manber
1994). A copy of half a text keeps about half of its prints, whatever the language; no word is
ever split.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newscrawl.dedup.forms import Codes, is_dense, matching_codes

Hashes = npt.NDArray[np.uint64]

GRAM = 24
GRAM_DENSE = 10
MOST = 20  # prints of an article at most; thinned by half beyond, so 10-20 for any length
PRINT_BITS = 40
MOST_CHARS = 1 << 17  # characters of a text that are looked at for near-duplicates

_BASE = 0x9E3779B97F4A7C15
_CHUNK = 1 << 16  # characters hashed at a time: bounds the memory and stays near the cache
_FLOOR = 2  # zero bits that every kept hash of a text of some length has
_LEVELS = 24  # more zero bits than that do not count


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The prints of one text: distinct 40-bit numbers, ascending; empty for a very short text."""

    prints: Hashes
    chars: int  # characters of the matching form that were looked at


def gram_hashes(codes: Codes, size: int) -> Hashes:
    """The hash of each run of `size` characters; empty if the text is shorter."""
    if len(codes) < size:
        return np.empty(0, dtype=np.uint64)
    block = codes.astype(np.uint64)
    block *= np.uint64(0xD6E8FEB86659FD93)
    block ^= block >> np.uint64(29)
    total: Hashes | None = None
    done, width, rest = 0, 1, size
    while rest:  # the binary digits of `size`, lowest first: each adds one block of that width
        if rest & 1:
            if total is None:
                total, done = block, width
            else:
                n = len(codes) - done - width + 1
                total = total[:n] * _power(width)
                total += block[done : done + n]
                done += width
        rest >>= 1
        if rest:
            n = len(codes) - 2 * width + 1
            double = block[:n] * _power(width)
            double += block[width : width + n]
            block = double
            width *= 2
    assert total is not None
    mixed = total ^ (total >> np.uint64(32))
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _power(n: int) -> np.uint64:
    return np.uint64(pow(_BASE, n, 1 << 64))


def fingerprints(texts: Sequence[str]) -> list[Fingerprint]:
    """The fingerprints of many texts, in their order."""
    return [one for batch in _batches(texts) for one in _fingerprints(batch)]


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of one text."""
    return fingerprints([text])[0]


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text[: 2 * MOST_CHARS])
        size += len(batch[-1])
        if size >= _CHUNK:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _fingerprints(texts: Sequence[str]) -> list[Fingerprint]:
    codes, starts = matching_codes(texts)
    length = np.minimum(np.diff(starts), MOST_CHARS)
    kept, bounds = _sampled(gram_hashes(codes, GRAM), starts[:-1], length - GRAM + 1)
    out = [
        Fingerprint(kept[begin:end], chars)
        for begin, end, chars in zip(bounds[:-1], bounds[1:], length.tolist(), strict=True)
    ]
    dense = _dense_texts(codes, starts)
    if dense:
        parts = [codes[starts[i] : starts[i] + length[i]] for i in dense]
        begins = np.cumsum([0, *(len(part) for part in parts[:-1])])
        hashes = gram_hashes(np.concatenate(parts), GRAM_DENSE)
        kept, bounds = _sampled(hashes, begins, length[dense] - GRAM_DENSE + 1)
        for n, i in enumerate(dense):
            out[i] = Fingerprint(kept[bounds[n] : bounds[n + 1]], out[i].chars)
    return out


def _sampled(
    hashes: Hashes, starts: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]
) -> tuple[Hashes, list[int]]:
    """The prints of many texts: text i has ``hashes[starts[i]:starts[i] + counts[i]]``.

    Of each text the hashes with the most zero bits are kept, at most `MOST`; a text that repeats
    itself so much that none is left keeps its smallest ones. Returns (prints, bounds).
    """
    texts = len(starts)
    counts = np.maximum(counts, 0)
    # Hashes of few zero bits are of use in short texts only.
    useful = (hashes & np.uint64(((1 << _FLOOR) - 1) << (64 - PRINT_BITS))) == 0
    for i in np.flatnonzero(counts <= MOST << _FLOOR).tolist():
        useful[starts[i] : starts[i] + counts[i]] = True
    where = np.flatnonzero(useful)
    owner = np.searchsorted(starts, where, "right") - 1
    inside = where - starts[owner] < counts[owner]
    owner, values = owner[inside], hashes[where[inside]] >> np.uint64(64 - PRINT_BITS)
    lowest = values.astype(np.int64)
    lowest &= -lowest
    level = np.minimum(np.bitwise_count(lowest - 1), _LEVELS - 1).astype(np.int64)
    per_level = np.bincount(owner * _LEVELS + level, minlength=texts * _LEVELS)
    at_least = np.cumsum(per_level.reshape(texts, _LEVELS)[:, ::-1], axis=1)[:, ::-1]
    floor = np.argmax(at_least <= MOST, axis=1)
    left = np.take_along_axis(at_least, floor[:, None], axis=1)[:, 0]
    floor[at_least[:, -1] > MOST] = _LEVELS - 1
    chosen = level >= floor[owner]
    for i in np.flatnonzero((left < MOST // 4) & (at_least[:, 0] > MOST)).tolist():
        mine = np.flatnonzero(owner == i)
        few = np.unique(values[mine], return_index=True)[1][:MOST]
        chosen[mine] = False
        chosen[mine[few]] = True
    owner, values = owner[chosen], values[chosen]
    order = np.lexsort((values, owner))
    owner, values = owner[order], values[order]
    new = np.ones(len(values), dtype=np.bool_)
    new[1:] = (values[1:] != values[:-1]) | (owner[1:] != owner[:-1])
    owner, values = owner[new], values[new]
    return values, np.searchsorted(owner, np.arange(texts + 1)).tolist()


def _dense_texts(codes: Codes, starts: npt.NDArray[np.int64]) -> list[int]:
    """Which texts are dense."""
    if not len(codes) or int(codes.max()) < 0x3040:
        return []
    pairs = itertools.pairwise(starts.tolist())
    return [i for i, (begin, end) in enumerate(pairs) if is_dense(codes[begin:end])]
