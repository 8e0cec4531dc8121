"""Tables of figures and names are part of an article as a whole or not at all.

A cell says too little to be judged alone, its table does not. Tables that only lay out a page hold
longer texts and are left to the judgement of their blocks.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.blocks import Blocks
from newscrawl.extract.dom import Document

CELL: Final = 60  # characters: what is longer is no cell of a table of data
_FEW: Final = 4  # cells: with less there is no table to speak of
_CLIMB: Final = 4  # elements from a cell to its table: row and body, and one to spare


def whole_tables(document: Document, blocks: Blocks, p: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probabilities of blocks, with the mean of a table of data for each of its cells."""
    tags, parent = document.tags, document.parent
    cells: dict[int, list[int]] = {}
    for k, owner in enumerate(blocks.owner):
        if tags[owner] not in ("td", "th") or len(blocks.texts[k]) > CELL:
            continue
        element = owner
        for _ in range(_CLIMB):
            element = parent[element]
            if element < 0 or tags[element] == "table":
                break
        if element >= 0 and tags[element] == "table":
            cells.setdefault(element, []).append(k)
    if not cells:
        return p
    out = p.copy()
    owners = np.array(blocks.owner)
    for table, some in cells.items():
        if len(some) < _FEW:
            continue
        inside = np.count_nonzero((owners > table) & (owners < document.end[table]))
        if len(some) == inside:
            out[some] = float(p[some].mean())
    return out
