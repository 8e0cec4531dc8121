"""The second look: what the first stage thinks of a block's neighbours and containers.

A paragraph is judged by its company. Inputs are the probabilities of the first stage; outputs are
more columns for the second.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.block_features import Columns, Floats, Frame, running, shift


def second_look(
    frame: Frame, p: NDArray[Any], size: NDArray[Any], wanted: frozenset[str] | None = None
) -> tuple[Floats, list[str]]:
    """Rows (features, blocks) from first-stage probabilities and block sizes, and their names."""
    n = len(p)
    p = p.astype(np.float64)
    columns = Columns(n, wanted)

    def add(name: str, values: NDArray[Any] | float) -> None:
        columns(f"2_{name}", values)

    add("p", p)
    for by in (-3, -2, -1, 1, 2, 3):
        add(f"p{by:+}", shift(p, by))
    mass = p * size
    run_mass, run_size = running(mass), running(size)
    total = max(run_mass[-1], 1e-9)
    add("mass_before", run_mass[:-1] / total)
    add("mass_after", 1 - run_mass[1:] / total)
    add("mass_total", total)
    add("mass_of_page", total / max(run_size[-1], 1))
    # windows around the block
    order = np.arange(n)
    for reach in (4, 10):
        low, high = np.maximum(order - reach, 0), np.minimum(order + reach + 1, n)
        add(
            f"w{reach}",
            (run_mass[high] - run_mass[low]) / np.maximum(run_size[high] - run_size[low], 1),
        )
    # containers
    run_p = running(p)
    for level in range(5):
        m, s = frame.container(level, run_mass), frame.container(level, run_size)
        count = np.maximum(frame.high[level] - frame.low[level], 1)
        add(f"c{level}_p", m / np.maximum(s, 1))
        add(f"c{level}_m", m / total)
        add(f"c{level}_mean", frame.container(level, run_p) / count)
    # blocks that look alike
    s = frame.signature
    alike = np.bincount(s, weights=mass, minlength=frame.signatures)
    alike_size = np.bincount(s, weights=size, minlength=frame.signatures)
    alike_p = np.bincount(s, weights=p, minlength=frame.signatures)
    number = np.bincount(s, minlength=frame.signatures)
    add("s_p", alike[s] / np.maximum(alike_size[s], 1))
    add("s_m", alike[s] / total)
    add("s_mean", alike_p[s] / np.maximum(number[s], 1))
    others = np.maximum(number[s] - 1, 1)
    add("s_others", np.where(number[s] > 1, (alike_p[s] - p) / others, -1))
    # where the text is: first and last sure block, and the main container
    sure = np.flatnonzero(p > 0.5)
    if len(sure):
        add("from_first", order - sure[0])
        add("to_last", sure[-1] - order)
        position = np.searchsorted(sure, order)
        before = order - sure[np.maximum(position - 1, 0)]
        after = sure[np.minimum(position, len(sure) - 1)] - order
        add("since_sure", np.where(position > 0, before, 99))
        add("until_sure", np.where((position < len(sure)), after, 99))
    else:
        for name in ("from_first", "to_last", "since_sure", "until_sure"):
            add(name, -99.0)
    heaviest = int(np.argmax(mass))
    first_sure = int(sure[0]) if len(sure) else heaviest
    for label, anchor in (("heavy", heaviest), ("first", first_sure)):
        up, down = frame.steps(int(frame.owner[anchor]))
        add(f"{label}_up", up)
        add(f"{label}_down", down)
        add(f"{label}_from", order - anchor)
        add(f"{label}_alike", frame.signature == frame.signature[anchor])
    add("sure", len(sure))
    box = main_container(frame, run_mass, share=0.85)
    add("box_in", ((frame.owner >= box) & (order >= 0) & inside(frame, box)).astype(float))
    add("box_depth", frame.depth[frame.owner] - frame.depth[box])
    add("best", p.max())
    return columns.matrix(), columns.names


def inside(frame: Frame, element: int) -> NDArray[Any]:
    """Which blocks stand in an element."""
    return (frame.owner >= element) & (frame.owner < frame.end[element])


def main_container(frame: Frame, run_mass: NDArray[Any], share: float) -> int:
    """The deepest element that holds at least ``share`` of the likely text."""
    low = np.searchsorted(frame.first, frame.text_start)
    high = np.searchsorted(frame.first, frame.text_end)
    held = run_mass[high] - run_mass[low]
    enough = np.flatnonzero(held >= share * run_mass[-1])
    return int(enough[np.argmax(frame.depth[enough])]) if len(enough) else 0
