"""Where blocks stand: in which containers, beside which of the same make, how far apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.blocks import Blocks
from newscrawl.extract.dom import Document

Floats = NDArray[np.float32]
Sums = NDArray[np.float64]
LEVELS: Final = 5  # containers that are looked at: the block's element and four above
_PATH: Final = 60  # elements of a path from a block to the root


@dataclass(frozen=True, slots=True)
class Twins:
    """Containers beside one another with the same tag and class: cards, comments, teasers.

    All are (levels, blocks), as the containers are: ``kind`` numbers the make of a container
    together with its parent, ``number`` is how many there are of it, ``siblings`` how many
    containers the parent has in all. Only containers that hold text are counted.
    """

    kind: NDArray[np.intp]
    number: NDArray[np.intp]
    siblings: NDArray[np.intp]

    @classmethod
    def of(cls, document: Document, above: NDArray[Any]) -> Twins:
        """Those of the containers ``above`` (levels, blocks)."""
        elements, place = np.unique(above, return_inverse=True)
        place = place.reshape(above.shape)
        tags, attrs, parent = document.tags, document.attrs, document.parent
        kinds: dict[tuple[int, str, str | None], int] = {}
        kind = np.array([
            kinds.setdefault((parent[e], tags[e], attrs[e].get("class")), len(kinds))
            for e in elements.tolist()
        ])  # fmt: skip
        parents = np.array([parent[e] for e in elements.tolist()]) + 1
        return cls(
            kind[place],
            np.bincount(kind)[kind][place],
            np.bincount(parents)[parents][place],
        )


class Frame:
    """Positions of blocks within their containers, shared by both stages.

    ``low`` and ``high`` are the ranges of blocks (levels, blocks) in each container; ``own``,
    ``near`` and ``any`` the lexicon bits of the element with its parent, with three above it, and
    with all above it.
    """

    def __init__(self, document: Document, blocks: Blocks) -> None:
        self.document = document
        self.n = len(blocks)
        parent, own = document.parent, blocks.own
        owners = blocks.owner
        above = [owners]
        for _ in range(LEVELS - 1):
            above.append([parent[e] if parent[e] >= 0 else e for e in above[-1]])
        start, end = document.text_start, document.text_end
        self.first = np.array(blocks.first)
        self.low = np.searchsorted(self.first, [[start[e] for e in row] for row in above])
        self.high = np.searchsorted(self.first, [[end[e] for e in row] for row in above])
        self.count = np.maximum(self.high - self.low, 1)
        self.above = np.array(above)
        self.owner, self.parent = self.above[0], self.above[1]
        self.depth = np.array([blocks.depth[e] for e in owners])
        bits = np.array([[own[e] for e in row] for row in above[:4]], dtype=np.int64)
        self.bits = bits[0]
        self.own = bits[0] | bits[1]
        self.near = self.own | bits[2] | bits[3]
        self.any = np.array(blocks.any_bits, dtype=np.int64)
        kinds: dict[tuple[str, str | None, str, str | None], int] = {}
        tags, attrs = document.tags, document.attrs
        self.alike = np.array([
            kinds.setdefault(
                (tags[o], attrs[o].get("class"), tags[p], attrs[p].get("class")), len(kinds)
            )
            for o, p in zip(owners, above[1], strict=True)
        ])  # fmt: skip
        self.kinds = len(kinds)
        self._twins: Twins | None = None

    @property
    def twins(self) -> Twins:
        """The containers and those beside them that are made alike."""
        if self._twins is None:
            self._twins = Twins.of(self.document, self.above)
        return self._twins

    def within(self, sums: Sums) -> Sums:
        """Sums over the containers of each block (levels, blocks) from a running sum."""
        return np.asarray(sums[self.high] - sums[self.low])

    def among_alike(self, values: NDArray[Any]) -> Sums:
        """For each block the sum over all blocks of the same tags and classes."""
        return np.asarray(np.bincount(self.alike, weights=values, minlength=self.kinds)[self.alike])

    def parted(self, level: int) -> NDArray[Any]:
        """Over how many containers of a level the blocks of the same make are spread, a block.

        Near 1 for teasers, each in a box of its own; near 0 for the paragraphs of one article.
        """
        pairs = np.unique(self.alike * (len(self.document.tags) + 1) + self.above[level])
        of = pairs // (len(self.document.tags) + 1)
        return np.asarray(
            np.bincount(of, minlength=self.kinds)[self.alike]
            / np.bincount(self.alike, minlength=self.kinds)[self.alike]
        )

    def path(self, element: int) -> list[int]:
        """An element and those above it, to the root."""
        parent = self.document.parent
        line = [element]
        while len(line) < _PATH and parent[line[-1]] >= 0:
            line.append(parent[line[-1]])
        return line

    def steps(self, path: list[int]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Steps up a path until it meets each block, and down again to the block's element."""
        ends = np.array([self.document.end[e] for e in path])
        line = np.array(path)
        holds = (self.owner >= line[:, None]) & (self.owner < ends[:, None])
        up = np.argmax(holds, axis=0)
        # depth falls by one with each step of the path
        return up, self.depth - (self._depth_of(path[0]) - up)

    def _depth_of(self, element: int) -> int:
        depth = 0
        while (element := self.document.parent[element]) >= 0:
            depth += 1
        return depth


class Columns:
    """Named rows of a float matrix (features, blocks); only the wanted ones are kept."""

    def __init__(self, blocks: int, wanted: frozenset[str] | None, prefix: str = "") -> None:
        self.blocks = blocks
        self.wanted = wanted
        self.prefix = prefix
        self.names: list[str] = []
        self.rows: list[NDArray[Any] | float] = []

    def wants(self, name: str) -> bool:
        """Whether a row is used at all."""
        return self.wanted is None or self.prefix + name in self.wanted

    def add(self, name: str, values: NDArray[Any] | float) -> None:
        """Keep a row, or one value for all blocks, if it is wanted."""
        if self.wants(name):
            self.names.append(self.prefix + name)
            self.rows.append(values)

    def add_levels(self, name: str, values: NDArray[Any]) -> None:
        """Keep the rows of a (levels, blocks) array that are wanted, as ``c0_name`` and so on."""
        for level in range(LEVELS):
            self.add(f"c{level}_{name}", values[level])

    def add_shifted(self, name: str, values: NDArray[Any], *steps: int) -> None:
        """Keep each block's value of the block so many places on (negative: before), else -1."""
        for by in steps:
            if self.wants(f"{name}{by:+}"):
                self.add(f"{name}{by:+}", shift(values, by))

    def matrix(self) -> Floats:
        """All rows, in the order they came."""
        out = np.empty((len(self.rows), self.blocks), dtype=np.float32)
        for k, values in enumerate(self.rows):
            out[k] = values
        return out


def shift(a: NDArray[Any], by: int) -> NDArray[Any]:
    """Each block's value of the block ``by`` places on (negative: before), -1 beyond the ends."""
    out = np.full_like(a, -1)
    if abs(by) < len(a):
        if by > 0:
            out[:-by] = a[by:]
        else:
            out[-by:] = a[:by]
    return out


def running(a: NDArray[Any]) -> Sums:
    """Running sum with a zero before it."""
    out = np.zeros(len(a) + 1)
    np.cumsum(a, out=out[1:])
    return out
