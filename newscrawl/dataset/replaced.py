"""Which clean copies stand in for the files that a take-down deleted.

A snapshot from before a take-down names files that are gone; it is read from their clean copies.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from newscrawl.dataset.store import Store

_PATH = "articles/replaced.json"


def note_replaced(store: Store, replaced: Mapping[str, str | None]) -> None:
    """Add to the map: old path -> clean copy, or None where no row was left."""
    store.replace(_PATH, json.dumps({**_known(store), **replaced}).encode())


def stand_ins(store: Store, paths: Iterable[str]) -> dict[str, str | None]:
    """The clean copies of those of the paths (relative to the table) that were replaced."""
    known = _known(store)
    result: dict[str, str | None] = {}
    for path in paths if known else ():
        new: str | None = path
        while new is not None and new in known:
            new = known[new]
        # a take-down that did not get as far as deleting has replaced nothing
        if new != path and store.size(f"articles/{path}") is None:
            result[path] = new
    return result


def _known(store: Store) -> dict[str, str | None]:
    data = store.read(_PATH)
    known: dict[str, str | None] = {} if data is None else json.loads(data)
    return known
