"""Small boosted trees over facts: yes-or-no statements about a candidate.

A tree is a leaf (a number) or a list ``[fact, if it holds, if it does not]``; a score is the sum
over all trees. The models are JSON that a person can read, made by ``benchmarks/train_metadata``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from math import fsum
from typing import Any

Tree = Any  # float | [str, Tree, Tree]; recursive types are more trouble here than they are worth


class FactTrees:
    """A model: its trees, and the scores above which a candidate is taken.

    A candidate needs ``threshold`` and no more than ``below_best`` under the best one's score.
    """

    __slots__ = ("_trees", "_weights", "below_best", "threshold")

    def __init__(
        self, trees: Sequence[Tree], threshold: float = 0.0, below_best: float = 0.0
    ) -> None:
        self.threshold = threshold
        self.below_best = below_best
        # A tree that only adds something where a fact holds is looked up by that fact.
        self._weights: dict[str, float] = {}
        self._trees: list[Tree] = []
        for tree in trees:
            if isinstance(tree, list) and isinstance(tree[1], float) and tree[2] == 0.0:
                self._weights[tree[0]] = self._weights.get(tree[0], 0.0) + tree[1]
            else:
                self._trees.append(tree)

    def score(self, facts: Collection[str]) -> float:
        """The score (log odds) of a candidate with these facts."""
        weights = self._weights
        # exact, so that the score does not hang on the order of a set, which differs by process
        total = fsum([weights[fact] for fact in facts if fact in weights])
        for tree in self._trees:
            node = tree
            while node.__class__ is list:
                node = node[1] if node[0] in facts else node[2]
            total += node
        return total


@cache
def fact_trees(name: str) -> FactTrees:
    """The model of a name that ships with the package."""
    text = files("newscrawl.extract").joinpath(f"models/{name}.json").read_text("utf-8")
    data = json.loads(text)
    return FactTrees(data["trees"], data["threshold"], data["below_best"])
