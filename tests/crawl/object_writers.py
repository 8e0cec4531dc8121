"""Processes that write articles to one output in an object store. Not a test itself.

Each writer is a process with a state of its own, as on a machine of its own. They come from a
process that has imported everything, so that one costs milliseconds; `WRITERS` starts them.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import dataset_writer as writer

from newscrawl.dataset import Output, OutputUnwritable

GROUP = 5  # with an article comes its second version

WRITERS = multiprocessing.get_context("forkserver")
WRITERS.set_forkserver_preload(["newscrawl.dataset", "obstore.store"])


@dataclass(frozen=True, slots=True)
class Part:
    """What one of ``writers`` does: every so many-th group of the articles 0 to ``count``."""

    url: str
    states: Path
    count: int
    number: int = 0
    writers: int = 1

    @property
    def state(self) -> Path:
        return self.states / str(self.number)

    @property
    def said(self) -> Path:
        """The file that names what was acknowledged."""
        return self.states / f"said-{self.number}"


def start(part: Part, environment: Mapping[str, str]) -> ForkServerProcess:
    """Start a writer."""
    process = WRITERS.Process(target=_write, args=(part, dict(environment)), daemon=True)
    process.start()
    return process


def end(process: ForkServerProcess) -> int:
    """Wait for a writer; its exit code: 0, 3 if it could not write, -9 if it was killed."""
    process.join(120)
    assert process.exitcode is not None, "a writer hangs"
    return process.exitcode


def acknowledged(states: Path) -> set[str]:
    """The versions that all writers have acknowledged, ever: each after its transaction."""
    said = [path.read_text().split() for path in states.glob("said-*")]
    return {line for lines in said for line in lines if len(line) == 32}


def _write(part: Part, environment: Mapping[str, str]) -> None:
    os.environ.update(environment)
    part.states.mkdir(parents=True, exist_ok=True)
    try:
        with part.said.open("a") as said, Output(part.url, state_dir=part.state) as output:
            for first in range(part.number * GROUP, part.count, part.writers * GROUP):
                versions = writer.accept(output, range(first, first + GROUP))
                print(*versions, file=said, flush=True)
                output.flush(force=True)
            output.flush(force=True)
    except OutputUnwritable as error:
        print(error, file=sys.stderr)
        sys.exit(3)
