"""A page within its limits, in a worker of an engine.

The time limit ends a page, the memory limit too; C code that does not come back ends the worker,
whose task the driver then does a page at a time.
"""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from newscrawl.extract import make_ready, run_within
from newscrawl.items import Article, Page, Rejection
from newscrawl.site import Site

_GRACE = 1.0  # seconds after which a page that does not give up ends its worker

Task = Callable[[Page, Site | None], Article | Rejection]

_ready: IO[bytes] | None = None


def guarded(
    task: Task, page: Page, site: Site | None, *, seconds: float, memory_mb: int
) -> Article | Rejection:
    """What a task makes of a page; ``memory_mb`` (0: no limit) counts from the first page on."""
    global _ready
    if _ready is None:
        make_ready(task, memory_mb)
        _ready = Path(os.devnull).open("wb")  # noqa: SIM115 - for as long as the process lives
    faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=_ready)
    try:
        return run_within(task, page, site, seconds)
    finally:
        faulthandler.cancel_dump_traceback_later()
