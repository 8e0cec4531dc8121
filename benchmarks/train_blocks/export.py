"""LightGBM boosters as the JSON that `newscrawl.extract.model` reads."""

from __future__ import annotations

from typing import Any

import numpy as np


def _digits(x: float) -> float:
    return float(f"{x:.5g}")


def stage(
    boosters: list[Any], names: tuple[str, ...], early: int, floor: float, sure: float
) -> dict[str, Any]:
    """One stage: only the features that are used, trees as complete binary trees in heap order.

    The scores of several boosters are averaged: all their trees in one list, leaves divided.
    """
    dumps = [booster.dump_model()["tree_info"] for booster in boosters]
    trees = [t["tree_structure"] for dump in dumps for t in dump]
    used = sorted({f for t in trees for f in _features(t)})
    column = {f: n for n, f in enumerate(used)}
    depth = max(_depth(t) for t in trees)
    heaps = [_heap(t, depth, column) for t in trees]
    for heap in heaps:
        heap["leaf"] = [_digits(leaf / len(boosters)) for leaf in heap["leaf"]]
    return {
        "names": [names[f] for f in used],
        "depth": depth,
        "bias": 0.0,
        "boosters": len(boosters),
        "early": early,
        "floor": floor,
        "sure": sure,
        "trees": heaps,
    }


def _features(node: dict[str, Any]) -> set[int]:
    if "split_feature" not in node:
        return set()
    return {node["split_feature"]} | _features(node["left_child"]) | _features(node["right_child"])


def _depth(node: dict[str, Any]) -> int:
    if "split_feature" not in node:
        return 0
    return 1 + max(_depth(node["left_child"]), _depth(node["right_child"]))


def _heap(root: dict[str, Any], depth: int, column: dict[int, int]) -> dict[str, Any]:
    inner = (1 << depth) - 1
    feature, threshold = [0] * inner, [None] * inner
    leaf = [0.0] * (1 << depth)
    pending = [(0, root)]
    while pending:
        at, node = pending.pop()
        if at >= inner:
            leaf[at - inner] = node["leaf_value"]
        elif "split_feature" not in node:  # an early leaf: everything goes left
            pending.append((2 * at + 1, node))
        else:
            feature[at] = column[node["split_feature"]]
            # rounded up in float32, so that a value equal to the threshold still goes left
            t = np.float32(node["threshold"])
            threshold[at] = float(
                t if t >= node["threshold"] else np.nextafter(t, np.float32(np.inf))
            )
            pending.append((2 * at + 1, node["left_child"]))
            pending.append((2 * at + 2, node["right_child"]))
    return {"feature": feature, "threshold": threshold, "leaf": leaf}
