"""How long one callback of the crawl's event loop took at most: as long all other sites wait.

In CPU time, for on a machine that others load the time on the clock says little.
"""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

VARIABLE = "HOSTILE_LAG"  # names the file to which the seconds are written


def watch() -> None:
    """Begin to measure in this process, if the variable is set."""
    if not (file := os.environ.get(VARIABLE)):
        return
    longest = 0.0
    run = asyncio.Handle._run

    def measured(handle: asyncio.Handle) -> None:
        nonlocal longest
        began = time.thread_time()
        run(handle)
        if (took := time.thread_time() - began) > longest:
            longest = took
            Path(file).write_text(str(longest))

    asyncio.Handle._run = measured  # type: ignore[method-assign]
