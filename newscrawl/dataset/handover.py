"""A finished file of an engine gets its name in the store."""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from pathlib import Path

from newscrawl.dataset.errors import OutputUnwritable
from newscrawl.dataset.store import Store


def take_over(store: Store, file: Path, path: str) -> bool:
    """Publish a file under a path that must be free; False if it is not. The file is removed.

    Raises:
        OutputUnwritable: the disk is full or failing.
    """
    staged = store.staging(path)
    try:
        try:
            file.replace(staged)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            shutil.copyfile(file, staged)  # from another disk
            file.unlink()
    except OSError as error:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
        raise OutputUnwritable(store.locate(path), error.strerror or str(error)) from error
    return store.publish(staged, path)
