"""Builds ``shim.c`` and says how it is put under a job."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")


def available() -> bool:
    """Whether there is a C compiler."""
    return shutil.which("gcc") is not None


def build(folder: Path) -> Path:
    """The shared object, built in a folder."""
    made = folder / "shim.so"
    if not made.exists():
        line = ["gcc", "-shared", "-fPIC", "-O2", "-o", str(made), str(SOURCE), "-ldl"]
        subprocess.run(line, check=True)
    return made


class Clock:
    """A wall clock that can be set while a job runs; ``environment`` puts it under the job."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "clock"
        self._path.write_bytes(bytes(8))
        self.environment = {
            "LD_PRELOAD": str(build(folder)),
            "FAULTS_CLOCK": str(self._path),
        }

    def set(self, seconds: float) -> None:
        """How far the clock is ahead (or, below 0, behind) from now on."""
        with self._path.open("r+b", buffering=0) as file:  # in place: jobs have it mapped
            file.write(struct.pack("q", int(seconds)))


def failing(
    folder: Path, under: Path, call: str, at: int, number: int, *, on: bool = False
) -> dict[str, str]:
    """The environment of a job whose ``at``-th ``call`` on files in ``under`` fails.

    ``call`` is ``write`` or ``open``, ``number`` an errno or -9 for SIGKILL; with ``on``, all later
    ones fail, too. `calls_of` reads what came of it.
    """
    return {
        "LD_PRELOAD": str(build(folder)),
        "FAULTS_UNDER": str(under),
        "FAULTS_CALL": call,
        "FAULTS_AT": str(at),
        "FAULTS_ERRNO": str(number),
        "FAULTS_LOG": str(folder / "shim.log"),
        **({"FAULTS_ON": "1"} if on else {}),
    }


def calls_of(folder: Path) -> list[str]:
    """The calls of the last job under the shim, in their order; forgets them."""
    log = folder / "shim.log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return lines
