"""Which blocks of a page belong to its article, by aligning them with the annotated text."""

from __future__ import annotations

import re
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
    # long blocks first, so that a teaser does not take the place of the paragraph it quotes
    position: dict[int, tuple[int, int]] = {}
    for k in range(len(tokens)):
        mine = tokens[k]
        if len(mine) < 4:
            continue
        grams = [tuple(mine[j : j + 4]) for j in range(len(mine) - 3)]
        hits = [g for g in grams if left[g] > 0]
        out[k] = len(hits) / len(grams)
        if out[k] > 0.5:
            left.subtract(hits)
            places = [at[g][0] for g in hits]
            position[k] = (min(places), max(places) + 4)
            if sum(free[p] for p in places) > 0.5 * len(places):
                out[k] = IGNORE
        elif out[k] < 0.25:
            out[k] = 0.0
    ends = 0
    for k in range(len(tokens)):
        mine = tokens[k]
        if k in position:
            ends = position[k][1]
        elif 0 < len(mine) < 4:
            following = next(
                (position[j][0] for j in range(k + 1, min(k + 12, len(tokens))) if j in position),
                None,
            )
            found = -1
            stop = min(ends + 12, len(all_tokens))
            for p in range(max(0, ends - 1), stop):
                if all_tokens[p : p + len(mine)] == mine:
                    found = p
                    break
            if (
                found >= 0
                and (following is None or found < following)
                and (tuple(mine) in lines or found <= ends + 3)
                and (ends or following is not None)
            ):
                out[k] = IGNORE if free[found] else 1.0
                ends = found + len(mine)
        elif not mine:
            out[k] = IGNORE
    return out


SPACES = re.compile(r"\s+")
