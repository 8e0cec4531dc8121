"""Files that a compaction or take-down is about to make or to delete, noted before it does.

If it dies, the next start finds the note and removes what belongs to nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from newscrawl.dataset.delta_log import DeltaLog
from newscrawl.dataset.state import State
from newscrawl.dataset.store import Store

_SETTING = "unfinished"


def note(state: State, *, made: Iterable[str] = (), doomed: Iterable[str] = ()) -> None:
    """Note files (with their table) that are about to be made, and to be deleted once replaced."""
    paths = {**dict.fromkeys(made, "made"), **dict.fromkeys(doomed, "doomed")}
    state.set(_SETTING, json.dumps({**noted(state), **paths}))


def settle(state: State, store: Store, logs: Mapping[str, DeltaLog]) -> None:
    """Delete made files that no commit names, and doomed files that are no longer live.

    The caller holds the lock on care, so nobody is at work on them.
    """
    paths = noted(state)
    for path, kind in paths.items():
        table, _, relative = path.partition("/")
        at = logs[table].update()
        if relative in at.files or (kind == "made" and relative in at.gone):
            continue
        store.delete(path)
    if paths:
        state.set(_SETTING, "{}")


def noted(state: State) -> dict[str, str]:
    """The files that are noted, each with ``made`` or ``doomed``."""
    paths: dict[str, str] = json.loads(state.setting(_SETTING) or "{}")
    return paths
