"""The second look: what the first stage thinks of a block's neighbours and containers.

A paragraph is judged by its company. Inputs are the probabilities of the first stage; outputs are
more rows for the second.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.block_frame import Columns, Floats, Frame, running

_SURE: Final = 0.5
_BOX: Final = 0.85  # share of the likely text that the main container holds
_FAR: Final = 99


def second_look(
    frame: Frame, p: NDArray[Any], size: NDArray[Any], wanted: frozenset[str] | None = None
) -> tuple[Floats, list[str]]:
    """Rows (features, blocks) from first-stage probabilities and block sizes, and their names."""
    n = frame.n
    p = p.astype(np.float64)
    size = size.astype(np.float64)
    columns = Columns(n, wanted, "2_")
    columns.add("p", p)
    columns.add_shifted("p", p, -3, -2, -1, 1, 2, 3)
    mass = p * size
    run_mass, run_size = running(mass), running(size)
    total = max(float(run_mass[-1]), 1e-9)
    columns.add("mass_before", run_mass[:-1] / total)
    columns.add("mass_after", 1 - run_mass[1:] / total)
    columns.add("mass_total", total)
    columns.add("mass_of_page", total / max(float(run_size[-1]), 1.0))
    order = np.arange(n)
    for reach in (4, 10):
        low, high = np.maximum(order - reach, 0), np.minimum(order + reach + 1, n)
        around = np.maximum(run_size[high] - run_size[low], 1)
        columns.add(f"w{reach}", (run_mass[high] - run_mass[low]) / around)
    held = frame.within(run_mass)
    columns.add_levels("p", held / np.maximum(frame.within(run_size), 1))
    columns.add_levels("m", held / total)
    columns.add_levels("mean", frame.within(running(p)) / frame.count)
    number = frame.among_alike(np.ones(n))
    alike, alike_p = frame.among_alike(mass), frame.among_alike(p)
    columns.add("s_p", alike / np.maximum(frame.among_alike(size), 1))
    columns.add("s_m", alike / total)
    columns.add("s_mean", alike_p / number)
    columns.add("s_others", np.where(number > 1, (alike_p - p) / np.maximum(number - 1, 1), -1))
    columns.add("best", float(p.max()))
    sure = np.flatnonzero(p > _SURE)
    _twins(columns, frame, p, mass, size)
    _extent(columns, order, sure)
    heaviest = int(np.argmax(mass))
    _anchors(columns, frame, order, heaviest, int(sure[0]) if len(sure) else heaviest)
    _box(columns, frame, run_mass, heaviest)
    return columns.matrix(), columns.names


def _twins(
    columns: Columns, frame: Frame, p: NDArray[Any], mass: NDArray[Any], size: NDArray[Any]
) -> None:
    """What the first stage thinks of blocks and containers made alike that stand side by side."""
    for level in (1, 2, 3):
        kind = frame.twins.kind[level]
        held = np.bincount(kind, weights=mass)[kind]
        columns.add(
            f"c{level}_twins_p", held / np.maximum(np.bincount(kind, weights=size)[kind], 1)
        )
    _, kind = np.unique(frame.alike * (frame.parent.max() + 1) + frame.parent, return_inverse=True)
    number = np.bincount(kind)[kind]
    total = np.bincount(kind, weights=p)[kind]
    columns.add("sib_p", total / number)
    columns.add("sib_others", np.where(number > 1, (total - p) / np.maximum(number - 1, 1), -1))
    columns.add("sib_count", number)
    # the nearest of the same make before and after
    line = np.argsort(frame.alike, kind="stable")
    same = frame.alike[line[:-1]] == frame.alike[line[1:]]
    before, after = np.full(frame.n, -1.0), np.full(frame.n, -1.0)
    after[line[:-1][same]] = p[line[1:][same]]
    before[line[1:][same]] = p[line[:-1][same]]
    columns.add("alike_before", before)
    columns.add("alike_after", after)


def _extent(columns: Columns, order: NDArray[Any], sure: NDArray[Any]) -> None:
    """Distances to the first, last and next blocks that are surely article text."""
    columns.add("sure", len(sure))
    if not len(sure):
        for name in ("from_first", "to_last", "since_sure", "until_sure"):
            columns.add(name, -float(_FAR))
        return
    columns.add("from_first", order - sure[0])
    columns.add("to_last", sure[-1] - order)
    position = np.searchsorted(sure, order)
    before = order - sure[np.maximum(position - 1, 0)]
    after = sure[np.minimum(position, len(sure) - 1)] - order
    columns.add("since_sure", np.where(position > 0, before, _FAR))
    columns.add("until_sure", np.where(position < len(sure), after, _FAR))


def _anchors(
    columns: Columns, frame: Frame, order: NDArray[Any], heaviest: int, first: int
) -> None:
    """Steps through the tree from the heaviest and the first likely block."""
    for label, anchor in (("heavy", heaviest), ("first", first)):
        up, down = frame.steps(frame.path(int(frame.owner[anchor])))
        columns.add(f"{label}_up", up)
        columns.add(f"{label}_down", down)
        columns.add(f"{label}_from", order - anchor)
        columns.add(f"{label}_alike", frame.alike == frame.alike[anchor])


def _box(columns: Columns, frame: Frame, run_mass: NDArray[Any], heaviest: int) -> None:
    """Inside or outside the smallest element around the heaviest block that holds nearly all."""
    document = frame.document
    path = frame.path(int(frame.owner[heaviest]))
    low = np.searchsorted(frame.first, [document.text_start[e] for e in path])
    high = np.searchsorted(frame.first, [document.text_end[e] for e in path])
    enough = np.flatnonzero(run_mass[high] - run_mass[low] >= _BOX * run_mass[-1])
    up = int(enough[0]) if len(enough) else len(path) - 1
    box = path[up]
    columns.add("box_in", (frame.owner >= box) & (frame.owner < document.end[box]))
    columns.add("box_depth", frame.depth - (int(frame.depth[heaviest]) - up))
