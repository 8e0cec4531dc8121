"""Spark: tasks on a cluster, or on a Spark that is started on this machine. Needs Java.

Spark starts a task anew that failed or whose worker is lost (``spark.task.maxFailures``).
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from newscrawl.engines.executor import TRIES, EngineMissing, Executor, Lost, attempt

try:
    from py4j.protocol import Py4JJavaError
    from pyspark.sql import SparkSession
except ImportError as error:
    raise EngineMissing("Spark is not installed: pip install 'newscrawl[spark]'") from error

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Result = TypeVar("Result")

_WAVE = 8  # tasks a worker in one job: enough to level out, and few enough to commit often


class SparkExecutor(Executor):
    """Each task is a partition of its own; jobs of some tasks follow one another."""

    name = "spark"

    def __init__(self, workers: int, address: str | None = None) -> None:
        if address is None:
            # the workers of a cluster have their own Python
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = (
            SparkSession.builder.appName("newscrawl")
            .master(address or f"local[{workers},{TRIES}]")
            .config("spark.task.maxFailures", TRIES)
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.log.level", "OFF")
        )
        self._session = builder.getOrCreate()
        context = self._session.sparkContext
        self.workers = workers if address is None else max(1, context.defaultParallelism)

    def run(
        self,
        function: Callable[[Shared, Task], Result],
        shared: Shared,
        tasks: Iterable[Task],
    ) -> Iterator[Result | Lost]:
        """See `newscrawl.engines.Executor.run`."""
        what = self._session.sparkContext.broadcast((function, shared))
        todo = iter(tasks)
        try:
            while wave := list(itertools.islice(todo, _WAVE * self.workers)):
                yield from self._wave(what, wave)
        finally:
            what.unpersist()

    def _wave(self, what: Any, tasks: list[Any]) -> Iterator[Any]:
        try:
            found = self._job(what, tasks)
        except Py4JJavaError as error:
            if len(tasks) == 1:
                found = [Lost("worker_died", str(error.java_exception)[:500])]
            else:
                # one of them fails the whole job: which, is found out one by one
                found = [one for task in tasks for one in self._wave(what, [task])]
        yield from found

    def _job(self, what: Any, tasks: list[Any]) -> list[Any]:
        data = self._session.sparkContext.parallelize(tasks, len(tasks))
        found: list[Any] = data.map(lambda task: attempt(what.value, task)).collect()
        return found

    def close(self) -> None:
        """End the session."""
        self._session.stop()
