"""Runs newscrawl as its users do: as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def environment() -> dict[str, str]:
    """The environment of a job: as ours, with the modules of this folder importable."""
    return {**os.environ, "PYTHONPATH": str(HERE), "PYTHONWARNINGS": "default", "COLUMNS": "200"}


def command(*args: str | Path) -> list[str]:
    """The command line of a newscrawl command."""
    return [sys.executable, "-m", "newscrawl", *map(str, args)]


def run(*args: str | Path, timeout: float = 300, **kwargs: Any) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and keep what it printed."""
    return subprocess.run(
        command(*args),
        capture_output=True,
        text=True,
        timeout=timeout,
        env=environment(),
        check=False,
        **kwargs,
    )


def summary(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The summary that a command with ``--json`` printed last."""
    lines = done.stdout.strip().splitlines()
    assert lines, done.stderr[-3000:]
    value = json.loads(lines[-1])
    assert isinstance(value, dict)
    return value
