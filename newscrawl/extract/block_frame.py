"""Where blocks stand: in which containers, beside which of the same make, how far apart."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.block_columns import Sums
from newscrawl.extract.blocks import Blocks
from newscrawl.extract.dom import Document

LEVELS: Final = 5  # containers that are looked at: the block's element and four above
_PATH: Final = 60  # elements of a path from a block to the root


class Frame:
    """Positions of blocks within their containers, shared by both stages.

    Arrays are (blocks) or (levels, blocks). ``low`` and ``high`` are the ranges of blocks in each
    container, ``count`` their number; ``own``, ``near`` and ``any`` the lexicon bits of the element
    with its parent, with three above it, and with all above it. ``alike`` numbers the make of a
    block: tags and classes of its element and the parent; ``beside`` the make together with the
    parent. Containers side by side with the same tag and class (cards, comments, teasers) are
    twins: ``twin`` numbers them, ``twins`` is how many there are, ``siblings`` how many containers
    the parent has in all. Only containers that hold text are counted.
    """

    def __init__(self, document: Document, blocks: Blocks) -> None:
        self.document = document
        self.n = len(blocks)
        self._paths: dict[int, list[int]] = {}
        place, up = _containers(blocks.owner, document.parent)
        elements = list(place)
        # of each block: the places of its containers
        at = np.empty((LEVELS, self.n), dtype=np.intp)
        at[0] = [place[e] for e in blocks.owner]
        for level in range(1, LEVELS):
            up.take(at[level - 1], out=at[level])
        self.container = at
        self.containers = len(elements)
        self.first = np.array(blocks.first)
        start, end = document.text_start, document.text_end
        self.low = np.searchsorted(self.first, [start[e] for e in elements]).take(at)
        self.high = np.searchsorted(self.first, [end[e] for e in elements]).take(at)
        self.count = np.maximum(self.high - self.low, 1)
        self.owner = np.array(blocks.owner)
        self.depth = np.array(blocks.depth)
        bits = np.array([blocks.own[e] for e in elements], dtype=np.int64).take(at[:4])
        self.bits = bits[0]
        self.own = bits[0] | bits[1]
        self.near = self.own | bits[2] | bits[3]
        self.any = np.array(blocks.any_bits, dtype=np.int64)
        self._compare(elements, up)

    def _compare(self, elements: list[int], up: NDArray[np.intp]) -> None:
        """Number what is made alike; ``up`` is the place of each container's parent."""
        tags, attrs, parent = self.document.tags, self.document.attrs, self.document.parent
        makes: dict[tuple[str, str | None], int] = {}
        make = [makes.setdefault((tags[e], attrs[e].get("class")), len(makes)) for e in elements]
        parents = [parent[e] for e in elements]
        twins: dict[tuple[int, int], int] = {}
        twin = np.array(
            [twins.setdefault(pair, len(twins)) for pair in zip(parents, make, strict=True)]
        )
        at = self.container
        self.twin = twin.take(at)
        self.twins = np.bincount(twin).take(self.twin)
        family = np.array(parents) + 1
        self.siblings = np.bincount(family).take(family).take(at)
        kinds: dict[tuple[int, int], int] = {}
        # the elements of the blocks come first among the containers
        above = up.tolist()
        alike = [
            kinds.setdefault((make[k], make[above[k]]), len(kinds))
            for k in range(int(at[0].max()) + 1)
        ]
        groups: dict[tuple[int, int], int] = {}
        beside = [
            groups.setdefault(pair, len(groups))
            for pair in zip(alike, parents[: len(alike)], strict=True)
        ]
        self.alike = np.array(alike).take(at[0])
        self.beside = np.array(beside).take(at[0])
        self.kinds = len(kinds)
        self.number = np.bincount(self.alike, minlength=self.kinds).take(self.alike)

    def within(self, sums: Sums) -> Sums:
        """Sums over the containers of each block (..., levels, blocks) from running sums."""
        return np.asarray(sums.take(self.high, axis=-1) - sums.take(self.low, axis=-1))

    def among_alike(self, values: NDArray[Any]) -> Sums:
        """For each block the sums of (rows, blocks) over all blocks of the same make."""
        rows = len(values)
        bins = self.alike + self.kinds * np.arange(rows)[:, None]
        sums = np.bincount(bins.ravel(), weights=values.ravel(), minlength=self.kinds * rows)
        return np.asarray(sums.take(bins))

    def parted(self) -> NDArray[Any]:
        """Over how many parents and grandparents the blocks of the same make are spread, a block.

        Near 1 for teasers, each in a box of its own; near 0 for the paragraphs of one article.
        """
        pairs = self.alike * self.containers + self.container[1:3]
        pairs.sort(axis=1)
        new = np.ones(pairs.shape, dtype=np.bool_)
        np.not_equal(pairs[:, 1:], pairs[:, :-1], out=new[:, 1:])
        pairs //= self.containers
        spread = [
            np.bincount(of[some], minlength=self.kinds) for of, some in zip(pairs, new, strict=True)
        ]
        return np.asarray(np.array(spread).take(self.alike, axis=1) / self.number)

    def path(self, block: int) -> list[int]:
        """The element of a block and those above it, to the root."""
        element = int(self.owner[block])
        line = self._paths.get(element)
        if line is None:
            parent = self.document.parent
            line = self._paths[element] = [element]
            while len(line) < _PATH and parent[line[-1]] >= 0:
                line.append(parent[line[-1]])
        return line

    def steps(self, block: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Steps up from a block's element until it holds each block, and down to that's element."""
        path = self.path(block)
        ends = np.array([self.document.end[e] for e in path])
        line = np.array(path)
        holds = (self.owner >= line[:, None]) & (self.owner < ends[:, None])
        up = np.argmax(holds, axis=0)
        # depth falls by one with each step of the path
        return up, self.depth - (self.depth[block] - up)


def _containers(owners: list[int], parent: list[int]) -> tuple[dict[int, int], NDArray[np.intp]]:
    """Elements of blocks and those up to `LEVELS` above, numbered; and the numbers of parents.

    The root stands for its own parent, and so do elements whose parents are not asked for.
    """
    place: dict[int, int] = {}
    line: list[int] = owners
    for _ in range(LEVELS):
        new = [e for e in dict.fromkeys(line) if e not in place]
        place |= zip(new, range(len(place), len(place) + len(new)), strict=True)
        line = [parent[e] for e in new if parent[e] >= 0]
    up = [place.get(parent[e], k) for e, k in place.items()]
    return place, np.array(up, dtype=np.intp)
