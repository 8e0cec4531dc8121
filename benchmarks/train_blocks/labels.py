"""Which blocks of a page belong to its article, by aligning them with the annotated text."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

IGNORE = -1.0  # blocks whose label is unknown or free


def labels(
    texts: list[str], truth: dict[str, Any], tokenize: Any
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Labels (share of a block in the truth, or `IGNORE`) and lengths in tokens."""
    tokens = [tokenize(text) for text in texts]
    sizes = np.array([len(t) for t in tokens], dtype=float)
    if not truth.get("body"):
        return _from_snippets(texts, truth), sizes
    return _from_body(tokens, truth, tokenize), sizes


def _from_snippets(texts: list[str], truth: dict[str, Any]) -> NDArray[np.float64]:
    out = np.full(len(texts), IGNORE)
    for k, text in enumerate(texts):
        if any(_flat(s) in text for s in truth.get("with") or ()):
            out[k] = 1.0
        elif any(_flat(s) in text for s in truth.get("without") or ()):
            out[k] = 0.0
    return out


def _flat(text: str) -> str:
    return " ".join(text.split())


def _from_body(
    tokens: list[list[str]], truth: dict[str, Any], tokenize: Any
) -> NDArray[np.float64]:
    optional = set(truth.get("optional") or ())
    all_tokens: list[str] = []
    free: list[bool] = []
    lines: set[tuple[str, ...]] = set()
    for k, part in enumerate(truth["body"].split("\n\n")):
        mine = tokenize(part)
        all_tokens += mine
        free += [k in optional] * len(mine)
        lines.update(tuple(tokenize(line)) for line in part.split("\n"))
    at: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for k in range(len(all_tokens)):
        at[tuple(all_tokens[k : k + 4])].append(k)
    left: Counter[tuple[str, ...]] = Counter({g: len(v) for g, v in at.items()})
    out = np.zeros(len(tokens))
    grams = [[tuple(t[j : j + 4]) for j in range(len(t) - 3)] for t in tokens]
    # copies of a paragraph stand in teasers and elsewhere: the copy nearest to the bulk is meant
    weight = np.array([sum(g in at for g in gs) for gs in grams], dtype=float)
    bulk = float(np.average(np.arange(len(tokens)), weights=weight)) if weight.any() else 0.0
    position: dict[int, tuple[int, int]] = {}
    for k in sorted(range(len(tokens)), key=lambda k: abs(k - bulk)):
        if not grams[k]:
            continue
        hits = [g for g in grams[k] if left[g] > 0]
        out[k] = len(hits) / len(grams[k])
        if out[k] > 0.5:
            left.subtract(hits)
            places = [at[g][0] for g in hits]
            position[k] = (min(places), max(places) + 4)
            if sum(free[p] for p in places) > 0.5 * len(places):
                out[k] = IGNORE
        elif out[k] < 0.25:
            out[k] = 0.0
    _short_blocks(tokens, all_tokens, free, position, out)
    return out


_REACH = 6  # blocks, and tokens, between a short block and the long one that vouches for it


def _short_blocks(
    tokens: list[list[str]],
    all_tokens: list[str],
    free: list[bool],
    position: dict[int, tuple[int, int]],
    out: NDArray[np.float64],
) -> None:
    """Blocks of one to three tokens count where they stand in the text next to a longer one."""
    before, ends = -100, 0
    for k, mine in enumerate(tokens):
        if k in position:
            before, ends = k, position[k][1]
            continue
        if len(mine) >= 4:
            continue
        if not mine:
            out[k] = IGNORE
            continue
        after = next((j for j in range(k + 1, k + _REACH) if j in position), None)
        for p in range(max(0, ends - 1), min(ends + 40, len(all_tokens))):
            if all_tokens[p : p + len(mine)] != mine:
                continue
            follows = k - before <= _REACH and p <= ends + _REACH
            precedes = after is not None and 0 <= position[after][0] - p - len(mine) <= _REACH
            if follows or precedes:
                out[k] = IGNORE if free[p] else 1.0
                before, ends = k, p + len(mine)
            break
