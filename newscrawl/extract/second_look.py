"""The second look: what the first stage thinks of a block's neighbours and containers.

A paragraph is judged by its company. Inputs are the probabilities of the first stage; outputs are
more rows for the second.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.block_columns import Columns, Floats, Sums, running
from newscrawl.extract.block_frame import LEVELS, Frame

_SURE: Final = 0.5
_BOX: Final = 0.85  # share of the likely text that the main container holds
_FAR: Final = 99
_OF_LEVELS: Final = tuple(f"c{k}_{name}" for name in ("p", "m", "mean") for k in range(LEVELS))
_TWINS: Final = (1, 2, 3)  # levels of containers of which the twins are looked at
_OF_TWINS: Final = tuple(f"c{k}_twins_p" for k in _TWINS)


def second_look(
    frame: Frame, p: NDArray[Any], size: NDArray[Any], wanted: frozenset[str] | None = None
) -> tuple[Floats, list[str]]:
    """Rows (features, blocks) from first-stage probabilities and block sizes, and their names."""
    n = frame.n
    weights = np.empty((3, n))
    mass, weights[1], weights[2] = weights[0], size, p
    size, p = weights[1:]
    np.multiply(p, size, out=mass)
    columns = Columns(n, wanted, "2_")
    columns.add("p", p)
    columns.add_shifted("p", p, -3, -2, -1, 1, 2, 3)
    run = running(weights)
    run_mass, run_size = run[:2]
    total = max(float(run_mass[-1]), 1e-9)
    columns.add("mass_before", run_mass[:-1] / total)
    columns.add("mass_after", 1 - run_mass[1:] / total)
    columns.add("mass_total", total)
    columns.add("mass_of_page", total / max(float(run_size[-1]), 1.0))
    order = np.arange(n)
    for reach in (4, 10):
        if columns.wants(f"w{reach}"):
            low, high = np.maximum(order - reach, 0), np.minimum(order + reach + 1, n)
            around = np.maximum(run_size[high] - run_size[low], 1)
            columns.add(f"w{reach}", (run_mass[high] - run_mass[low]) / around)
    _containers(columns, frame, run, total)
    _alike(columns, frame, weights, total)
    columns.add("best", float(p.max()))
    sure = np.flatnonzero(p > _SURE)
    _twins(columns, frame, weights)
    _extent(columns, order, sure)
    heaviest = int(np.argmax(mass))
    _anchors(columns, frame, order, heaviest, int(sure[0]) if len(sure) else heaviest)
    _box(columns, frame, run_mass, heaviest)
    return columns.matrix(), columns.names


def _containers(columns: Columns, frame: Frame, run: Sums, total: float) -> None:
    """What the first stage thinks of the containers of a block."""
    mass, size, p = held = frame.within(run)
    np.divide(p, frame.count, out=p)
    likely = mass / np.maximum(size, 1)
    np.divide(mass, total, out=size)
    mass[:] = likely
    columns.add_all(_OF_LEVELS, held.reshape(-1, frame.n))


def _alike(columns: Columns, frame: Frame, weights: NDArray[Any], total: float) -> None:
    """What it thinks of the blocks of the same make."""
    number, p = frame.number, weights[2]
    mass, size, all_p = frame.among_alike(weights)
    columns.add("s_p", mass / np.maximum(size, 1))
    columns.add("s_m", mass / total)
    columns.add("s_mean", all_p / number)
    columns.add("s_others", np.where(number > 1, (all_p - p) / np.maximum(number - 1, 1), -1))


def _twins(columns: Columns, frame: Frame, weights: NDArray[Any]) -> None:
    """What it thinks of blocks and containers made alike that stand side by side."""
    twin = frame.twin[_TWINS[0] : _TWINS[-1] + 1]
    kinds = int(twin.max()) + 1
    levels = len(_TWINS)
    bins = twin + kinds * np.arange(levels)[:, None]
    held, size = (
        np.bincount(bins.ravel(), weights=np.tile(of, levels)).take(bins) for of in weights[:2]
    )
    columns.add_all(_OF_TWINS, held / np.maximum(size, 1))
    p = weights[2]
    number = np.bincount(frame.beside).take(frame.beside)
    total = np.bincount(frame.beside, weights=p).take(frame.beside)
    columns.add("sib_p", total / number)
    columns.add("sib_others", np.where(number > 1, (total - p) / np.maximum(number - 1, 1), -1))
    columns.add("sib_count", number)
    # the nearest of the same make before and after
    line = np.argsort(frame.alike, kind="stable")
    alike, sorted_p = frame.alike.take(line), p.take(line)
    same = alike[:-1] == alike[1:]
    near = np.full((2, frame.n), -1.0)
    before, after = near
    after[line[:-1]] = np.where(same, sorted_p[1:], -1.0)
    before[line[1:]] = np.where(same, sorted_p[:-1], -1.0)
    columns.add_all(("alike_before", "alike_after"), near)


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
        up, down = frame.steps(anchor)
        columns.add(f"{label}_up", up)
        columns.add(f"{label}_down", down)
        columns.add(f"{label}_from", order - anchor)
        columns.add(f"{label}_alike", frame.alike == frame.alike[anchor])


def _box(columns: Columns, frame: Frame, run_mass: NDArray[Any], heaviest: int) -> None:
    """Inside or outside the smallest element around the heaviest block that holds nearly all."""
    document = frame.document
    path = frame.path(heaviest)
    low = np.searchsorted(frame.first, [document.text_start[e] for e in path])
    high = np.searchsorted(frame.first, [document.text_end[e] for e in path])
    enough = np.flatnonzero(run_mass[high] - run_mass[low] >= _BOX * run_mass[-1])
    up = int(enough[0]) if len(enough) else len(path) - 1
    box = path[up]
    columns.add("box_in", (frame.owner >= box) & (frame.owner < document.end[box]))
    columns.add("box_depth", frame.depth - (int(frame.depth[heaviest]) - up))
