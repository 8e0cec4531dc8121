"""Files that readers may meet at any moment: there is the old one or the new one, never a half."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import TextIO


def write_whole(path: Path, text: str) -> None:
    """Write a text file in one step, readable by all.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    sweep_drafts(path.parent, path.name)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with _locked(draft) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            draft.replace(path)
    except OSError:
        with suppress(OSError):  # a failing disk may refuse this, too; the next writer sweeps
            draft.unlink(missing_ok=True)
        raise


def _locked(draft: Path) -> TextIO:
    """A new draft, with a lock that tells `sweep_drafts` that its writer lives."""
    while True:
        file = draft.open("w", encoding="utf-8")
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            if os.path.samestat(draft.stat(), os.fstat(file.fileno())):
                return file
        except FileNotFoundError:
            pass  # swept between the two steps
        file.close()


def sweep_drafts(folder: Path, name: str = "*") -> int:
    """Remove drafts of a file (or of files that match) whose writer was killed; how many."""
    count = 0
    for draft in folder.glob(f".{name}.*.tmp"):
        with suppress(OSError), draft.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()
            count += 1
    return count
