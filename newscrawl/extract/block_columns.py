"""The features of blocks as named rows of one matrix, of which only the wanted ones are kept."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Sums = NDArray[np.float64]
_ROOM: Final = 64  # rows that are made room for where it is not known how many come


class Columns:
    """Named rows of a float matrix (features, blocks); only the wanted ones are kept."""

    def __init__(self, blocks: int, wanted: frozenset[str] | None, prefix: str = "") -> None:
        self.wanted = wanted
        self.prefix = prefix
        self.names: list[str] = []
        self._rows = np.empty((_ROOM if wanted is None else len(wanted), blocks), dtype=np.float32)

    def wants(self, name: str) -> bool:
        """Whether a row is used at all."""
        return self.wanted is None or self.prefix + name in self.wanted

    def add(self, name: str, values: NDArray[Any] | float) -> None:
        """Keep a row, or one value for all blocks, if it is wanted."""
        name = self.prefix + name
        if self.wanted is None or name in self.wanted:
            k = len(self.names)
            self.names.append(name)
            self._room()[k] = values

    def add_all(self, names: tuple[str, ...], values: NDArray[Any]) -> None:
        """Keep the rows of an array (names, blocks) that are wanted."""
        some, places = _chosen(names, self.prefix, self.wanted)
        if some:
            k = len(self.names)
            self.names += some
            self._room()[k : k + len(some)] = values if places is None else values[places]

    def add_shifted(self, name: str, values: NDArray[Any], *steps: int) -> None:
        """Keep each block's value of the block so many places on (negative: before), else -1."""
        for one, by in _shifts(name, steps, self.prefix, self.wanted):
            k = len(self.names)
            self.names.append(one)
            shift(values, by, self._room()[k])

    def matrix(self) -> Floats:
        """All rows, in the order they came."""
        return self._rows[: len(self.names)]

    def _room(self) -> Floats:
        """The rows, with room for all that have names."""
        while len(self._rows) < len(self.names):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        return self._rows


@cache
def _chosen(
    names: tuple[str, ...], prefix: str, wanted: frozenset[str] | None
) -> tuple[tuple[str, ...], list[int] | None]:
    """Which of some rows are wanted, and where they stand; None for all of them."""
    full = tuple(prefix + name for name in names)
    places = [k for k, name in enumerate(full) if wanted is None or name in wanted]
    if len(places) == len(full):
        return full, None
    return tuple(full[k] for k in places), places


@cache
def _shifts(
    name: str, steps: tuple[int, ...], prefix: str, wanted: frozenset[str] | None
) -> tuple[tuple[str, int], ...]:
    """The names and steps of the wanted ones of some shifted rows."""
    pairs = ((f"{prefix}{name}{by:+}", by) for by in steps)
    return tuple(pair for pair in pairs if wanted is None or pair[0] in wanted)


def shift(a: NDArray[Any], by: int, out: NDArray[Any] | None = None) -> NDArray[Any]:
    """Each block's value of the block ``by`` places on (negative: before).

    Beyond the ends it is -1, or True.
    """
    if out is None:
        out = np.empty_like(a)
    beyond = a.dtype.type(-1)
    if abs(by) >= len(a):
        out[:] = beyond
    elif by > 0:
        out[:-by] = a[by:]
        out[-by:] = beyond
    else:
        out[-by:] = a[:by]
        out[:-by] = beyond
    return out


def running(a: NDArray[Any]) -> Sums:
    """Running sums along the blocks, with a zero before them."""
    out = np.zeros((*a.shape[:-1], a.shape[-1] + 1))
    np.cumsum(a, axis=-1, out=out[..., 1:])
    return out
