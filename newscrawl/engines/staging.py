"""A folder for what tasks hand to the driver, gone when the driver is.

All workers must see it; a driver that was killed leaves it to be swept by the next one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from pathlib import Path
from types import TracebackType
from typing import IO

_LOCK = ".held"


class Staging:
    """``<parent>/<name>``, made when entered and removed when left. Sweeps those of the dead."""

    def __init__(self, parent: Path, name: str) -> None:
        self.folder = parent / name
        self._held: IO[bytes] | None = None

    def __enter__(self) -> Staging:
        self.folder.mkdir(parents=True)
        self._held = (self.folder / _LOCK).open("wb")
        fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._sweep()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._held is not None:
            self._held.close()

    def _sweep(self) -> None:
        for other in self.folder.parent.iterdir():
            if other == self.folder:
                continue
            try:
                with (other / _LOCK).open("rb") as held:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(other, ignore_errors=True)
            except OSError:  # held, or just being made or removed
                continue


def write_once(folder: Path, name: str, data: bytes) -> str:
    """Write a file that is whole or not there, under a name of this try's own; its path."""
    path = folder / f"{name}.{uuid.uuid4().hex[:12]}"
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(data)
    part.rename(path)
    return str(path)
