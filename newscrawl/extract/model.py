"""Evaluation of small boosted trees with numpy: no training library at run time.

A model is JSON: for each stage the feature names, the depth, and for every tree the features and
thresholds of a complete binary tree in heap order with its leaves. A block goes right where its value
is above the threshold. Made by ``benchmarks/train_blocks``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

MODEL_FILE: Final = "block_model.json"


@dataclass(frozen=True, slots=True)
class Trees:
    """One stage. Arrays of (trees * inner nodes) and (trees * leaves), in heap order."""

    names: tuple[str, ...]  # the features, in the order of the columns
    depth: int
    bias: float
    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    leaf: NDArray[np.float32]

    def predict(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probabilities for the rows of a matrix (rows, len(names))."""
        rows, width = matrix.shape
        inner, leaves = (1 << self.depth) - 1, 1 << self.depth
        trees = len(self.leaf) // leaves
        flat = np.ascontiguousarray(matrix).ravel()
        row = (np.arange(rows) * width)[:, None]
        tree = np.arange(trees) * inner
        # the root needs no look-up by row
        at = 1 + (matrix[:, self.feature[tree]] > self.threshold[tree]).astype(np.int64)
        for _ in range(self.depth - 1):
            node = at + tree
            value = flat.take(self.feature.take(node) + row)
            at = 2 * at + 1 + (value > self.threshold.take(node))
        score = self.leaf.take(at - inner + np.arange(trees) * leaves).sum(axis=1, dtype=np.float64)
        return np.asarray(1.0 / (1.0 + np.exp(-(score + self.bias))))


@dataclass(frozen=True, slots=True)
class BlockModel:
    """Both stages and the decision's threshold."""

    first: Trees
    second: Trees
    threshold: float


def read_trees(data: dict[str, Any]) -> Trees:
    """One stage out of its JSON form."""
    return Trees(
        names=tuple(data["names"]),
        depth=data["depth"],
        bias=data["bias"],
        feature=np.array([f for t in data["trees"] for f in t["feature"]], dtype=np.int64),
        threshold=np.array(
            [np.inf if x is None else x for t in data["trees"] for x in t["threshold"]],
            dtype=np.float32,
        ),
        leaf=np.array([x for t in data["trees"] for x in t["leaf"]], dtype=np.float32),
    )


@cache
def block_model() -> BlockModel:
    """The model that ships with the package."""
    data = json.loads(files("newscrawl.extract").joinpath(MODEL_FILE).read_text(encoding="utf-8"))
    return BlockModel(read_trees(data["first"]), read_trees(data["second"]), data["threshold"])
