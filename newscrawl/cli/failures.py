"""What an output may raise when it is opened or written, as a line and an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console

from newscrawl.account import ExitCode
from newscrawl.dataset import (
    FromNewerVersion,
    LogDamaged,
    OutputUnwritable,
    SchemaConflict,
    SiteHeld,
    StateDamaged,
    StateMismatch,
)

UNUSABLE: Final = (  # the output cannot be used as it is: exit code 3
    OutputUnwritable,
    StateDamaged,
    StateMismatch,
    FromNewerVersion,
    SchemaConflict,
    LogDamaged,
)


@contextmanager
def failures_told(console: Console) -> Iterator[None]:
    """Turn what an output may raise into a line and an exit code."""
    try:
        yield
    except SiteHeld as error:
        console.print(f"error: {error}", style="red", markup=False)
        raise SystemExit(ExitCode.HELD) from error
    except UNUSABLE as error:
        console.print(f"error: {error}", style="red", markup=False)
        raise SystemExit(ExitCode.UNWRITABLE) from error
