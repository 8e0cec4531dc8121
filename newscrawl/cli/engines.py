"""The options that say where work is done, the same for all commands that can be spread."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from newscrawl.engines import ENGINES, EngineMissing


def engine_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--workers``, ``--engine``, ``--engine-address`` and ``--staging``."""
    for option in reversed((
        click.option("--workers", type=click.IntRange(min=0), default=os.cpu_count() or 1,
                     show_default="all cores", metavar="N",
                     help="Processes; 0 = the command's own (local engine only)."),
        click.option("--engine", type=click.Choice(ENGINES), default="local", show_default=True,
                     help="Where they run: on this machine, on Ray, on Spark."),
        click.option("--engine-address", metavar="URL",
                     help="A cluster (ray://HOST:10001, spark://HOST:7077); else one is started."),
        click.option("--staging", type=click.Path(file_okay=False), metavar="DIR",
                     help="Folder that all workers see, for what they hand over.  [default: in the"
                     " state]"),
    )):  # fmt: skip
        function = option(function)
    return function


@contextmanager
def engine_missing_told() -> Iterator[None]:
    """An engine whose library is not installed is a mistake of usage (exit code 2)."""
    try:
        yield
    except EngineMissing as error:
        raise click.UsageError(str(error)) from error
