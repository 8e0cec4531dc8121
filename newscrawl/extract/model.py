"""Evaluation of small boosted trees with numpy: no training library at run time.

A model is JSON: for each stage the feature names, the depth, and for every tree the features and
thresholds of a complete binary tree in heap order with its leaves. A block goes right where its
value is above the threshold. Made by ``benchmarks/train_blocks``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_AT_ONCE: Final = 256  # blocks; what more take at once fits no cache, and is 50 MB for 6,000
MODEL_FILE: Final = "block_model.json"


@dataclass(frozen=True, slots=True)
class Trees:
    """One stage. Features and thresholds are arrays of (trees * nodes) for each level."""

    names: tuple[str, ...]  # the features, in the order of the columns
    depth: int
    bias: float
    boosters: int  # whose scores are averaged; each has as many trees, its leaves are divided
    early: int  # so many trees of a single booster judge every row
    floor: float  # a row goes on only with a score above this
    sure: float  # log-odds either way with which some of several boosters settle a row
    # of the width that numpy looks up with, else it is cast each time
    feature: tuple[NDArray[np.intp], ...]
    threshold: tuple[NDArray[np.float32], ...]
    leaf: NDArray[np.float32]

    def predict(self, matrix: Floats) -> NDArray[np.float64]:
        """Probabilities for the columns of a matrix (len(names), blocks).

        The first trees settle what is plain; only the rest goes through all.
        """
        if matrix.shape[1] > _AT_ONCE:
            parts = range(0, matrix.shape[1], _AT_ONCE)
            return np.concatenate([self.predict(matrix[:, n : n + _AT_ONCE]) for n in parts])
        score = self._in_turn(matrix) if self.boosters > 1 else self._at_length(matrix)
        return np.asarray(1.0 / (1.0 + np.exp(-score)))

    def _at_length(self, matrix: Floats) -> NDArray[np.float64]:
        """Scores of one booster: what its first trees think little of is not asked further."""
        trees = len(self.leaf) >> self.depth
        score = self._score(matrix, 0, min(self.early, trees)) + self.bias
        if trees > self.early:
            open_ = np.flatnonzero(score > self.floor)
            if len(open_):
                score[open_] += self._score(matrix[:, open_], self.early, trees)
        return score

    def _in_turn(self, matrix: Floats) -> NDArray[np.float64]:
        """Mean scores of several boosters: a row is settled once those asked so far are sure."""
        each = (len(self.leaf) >> self.depth) // self.boosters
        total = self._score(matrix, 0, each)
        score = total * self.boosters + self.bias
        for asked in range(1, self.boosters):
            open_ = np.flatnonzero(np.abs(score) <= self.sure)
            if not len(open_):
                break
            total[open_] += self._score(matrix[:, open_], asked * each, (asked + 1) * each)
            score[open_] = total[open_] * (self.boosters / (asked + 1)) + self.bias
        return score

    def _score(self, matrix: Floats, low: int, high: int) -> NDArray[np.float64]:
        """Sum of the leaves of the trees ``low`` to ``high`` for each column."""
        trees, blocks = high - low, matrix.shape[1]
        flat = np.ascontiguousarray(matrix).ravel()
        block = np.arange(blocks)
        # all nodes of the two upper levels are asked, which needs no look-up by block
        upper = [
            (matrix.take(feature, axis=0) > threshold[:, None]).reshape(trees, -1, blocks)
            for feature, threshold in (self._level(n, low, high) for n in range(2))
        ]
        left = np.arange(0, 4 * trees, 4)[:, None]
        node = np.where(upper[0][:, 0], upper[1][:, 1] + (left + 2), upper[1][:, 0] + left)
        for n in range(2, self.depth):
            feature, threshold = self._level(n, low, high)
            # where the row of each node's feature begins in the flat matrix, and then the value
            place = (feature * blocks).take(node)
            place += block
            right = flat.take(place) > threshold.take(node)
            node += node  # the children of node n of a level are 2n and 2n + 1 of the next
            node += right
        leaf = self.leaf[low << self.depth : high << self.depth]
        return np.asarray(leaf.take(node).sum(axis=0, dtype=np.float64))

    def _level(self, n: int, low: int, high: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Features and thresholds of a level of the trees ``low`` to ``high``."""
        return self.feature[n][low << n : high << n], self.threshold[n][low << n : high << n]


@dataclass(frozen=True, slots=True)
class BlockModel:
    """Both stages and the thresholds of the decision."""

    first: Trees
    second: Trees
    threshold: float
    floor: float  # blocks with less after the first stage are not judged again
    wanted: frozenset[str]  # the features that are used at all


def read_trees(data: dict[str, Any]) -> Trees:
    """One stage out of its JSON form."""
    trees, depth = data["trees"], data["depth"]
    feature = np.array([t["feature"] for t in trees], dtype=np.intp)
    threshold = np.array(
        [[np.inf if x is None else x for x in t["threshold"]] for t in trees], dtype=np.float32
    )
    levels = [slice((1 << n) - 1, (2 << n) - 1) for n in range(depth)]
    return Trees(
        names=tuple(data["names"]),
        depth=depth,
        bias=data["bias"],
        boosters=data["boosters"],
        early=data["early"],
        floor=data["floor"],
        sure=data["sure"],
        feature=tuple(feature[:, level].ravel() for level in levels),
        threshold=tuple(threshold[:, level].ravel() for level in levels),
        leaf=np.array([x for t in trees for x in t["leaf"]], dtype=np.float32),
    )


@cache
def block_model() -> BlockModel:
    """The model that ships with the package."""
    data = json.loads(files("newscrawl.extract").joinpath(MODEL_FILE).read_text(encoding="utf-8"))
    first, second = read_trees(data["first"]), read_trees(data["second"])
    wanted = frozenset({*first.names, *second.names, "bytes", "title_like"})
    return BlockModel(first, second, data["threshold"], data["floor"], wanted)
