"""A task that not every worker survives; a module of its own, so that workers can import it."""

from __future__ import annotations

import os
from pathlib import Path


def task(shared: str, n: int) -> int:
    """The square; at 3 it dies the first time, at 5 each time, and at 6 it raises."""
    mark = Path(shared) / f"{n}"
    if n == 3 and not mark.exists():
        mark.touch()
        os._exit(7)
    if n == 5:
        os._exit(9)
    if n == 6:
        raise ValueError("no")
    return n * n
