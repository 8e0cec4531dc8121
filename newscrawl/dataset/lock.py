"""Locks between processes: locks of the operating system, which die with their holder.

The lock file is never removed and says who holds it (for people); what counts is ``flock``, so a
lock cannot be stale, whatever became of the process, the host or its clock.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from newscrawl import clock
from newscrawl.dataset.errors import OutputUnwritable


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock."""

    pid: int
    host: str
    run_id: str
    since: str  # ISO 8601


class SiteHeld(Exception):  # noqa: N818 - the name of the border
    """Another job holds the same site and output (exit code 4)."""

    def __init__(self, site: str, holder: Holder | None) -> None:
        who = (
            f"process {holder.pid} on {holder.host} (run {holder.run_id}, since {holder.since})"
            if holder
            else "another process"
        )
        super().__init__(f"{site} is held by {who}")
        self.site = site
        self.holder = holder


class FileLock:
    """An exclusive lock on a file, held until `release` or the death of the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self, holder: Holder, *, wait_s: float = 0.0) -> bool:
        """Take the lock, waiting up to ``wait_s`` seconds; False if another holds it."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise OutputUnwritable(str(self.path), error.strerror or str(error)) from error
        until = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    os.close(descriptor)
                    return False
                time.sleep(0.02)
        self._descriptor = descriptor
        # who holds it is a courtesy; a full disk must not stop the lock
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, json.dumps(asdict(holder)).encode(), 0)
        return True

    def release(self) -> None:
        """Give the lock back; does nothing if it is not held."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> Holder | None:
        """Who wrote itself into the file, if that can be read."""
        try:
            return Holder(**json.loads(self.path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


class SiteLock:
    """The lock on a site in an output: a site is crawled by one job at a time.

    Use as a context manager or with `acquire` and `release`.
    """

    def __init__(self, state_dir: str | Path, site: str, *, run_id: str = "") -> None:
        self.site = site
        self.run_id = run_id
        # one file a site; any host or name makes a valid file name
        name = quote(site, safe="")[:200]
        self._lock = FileLock(Path(state_dir) / "locks" / f"{name}.lock")

    def acquire(self, *, wait_s: float = 0.0) -> None:
        """Take the lock.

        Raises:
            SiteHeld: another job has it.
        """
        if not self._lock.acquire(this_process(self.run_id), wait_s=wait_s):
            raise SiteHeld(self.site, self._lock.holder())

    def release(self) -> None:
        """Give the lock back."""
        self._lock.release()

    def __enter__(self) -> SiteLock:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def this_process(run_id: str = "", at: datetime | None = None) -> Holder:
    """This process as a holder."""
    moment = at or clock.now()
    return Holder(os.getpid(), socket.gethostname(), run_id, moment.isoformat(timespec="seconds"))
