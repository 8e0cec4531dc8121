"""The turns of hosts between processes that share a state folder: a small file a host.

Whoever asks a host holds a lock of the operating system on its file, which dies with its holder,
and leaves there when the host may be asked next, on the clock that all processes of a machine
share (CLOCK_MONOTONIC). Only requests that go out are seen: a process that waits for the gap to end
holds nothing, so that two processes with much to ask come to their turns alike.
"""

from __future__ import annotations

import fcntl
import os
import random
import struct
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

_TIME = struct.Struct("<d")
_LOOK_AGAIN = 0.02  # seconds until a turn that another process has is looked for again
_LONGEST = 660.0  # no host is held for longer, so a later time is of another boot's clock


class TurnFiles:
    """Turn files in ``folder``; times are those of the event loop (`time.monotonic`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, int] = {}

    def claim(self, key: str, now: float) -> float:
        """Take the turn at a host and return 0, or the seconds after which to try again."""
        try:
            descriptor = self._open(key)
        except OSError:
            return 0.0  # a full disk is told of by what must be written
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if not isinstance(error, BlockingIOError):
                return 0.0  # a file system without locks
            return _LOOK_AGAIN * (0.5 + random.random())  # noqa: S311 (jitter)
        wait = _read(descriptor) - now
        if 0 < wait < _LONGEST:
            os.close(descriptor)
            return wait + _LOOK_AGAIN * random.random()  # noqa: S311 (jitter)
        self._held[key] = descriptor
        return 0.0

    def release(self, key: str, free_at: float) -> None:
        """Give the turn back; the host may be asked again from ``free_at`` on."""
        descriptor = self._held.pop(key, None)
        if descriptor is not None:
            _write(descriptor, free_at)
            os.close(descriptor)

    def hold(self, key: str, until: float) -> None:
        """Let no process ask a host before a time (Retry-After)."""
        with suppress(OSError):
            descriptor = self._open(key)
            with suppress(OSError):
                # Whoever has the turn now will meet the same answer.
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _write(descriptor, max(until, _read(descriptor)))
            os.close(descriptor)

    def _open(self, key: str) -> int:
        path = self._folder / quote(key, safe="")[:200]
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            return os.open(path, flags, 0o644)
        except FileNotFoundError:
            self._folder.mkdir(parents=True, exist_ok=True)
            return os.open(path, flags, 0o644)


def _read(descriptor: int) -> float:
    data = os.pread(descriptor, _TIME.size, 0)
    return float(_TIME.unpack(data)[0]) if len(data) == _TIME.size else 0.0


def _write(descriptor: int, value: float) -> None:
    with suppress(OSError):
        os.pwrite(descriptor, _TIME.pack(value), 0)
