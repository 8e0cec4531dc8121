"""The one protocol of all engines, and how an engine is chosen."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Result = TypeVar("Result")

ENGINES = ("local", "ray", "spark")
TRIES = 3  # of a task whose worker is lost or that raises


class EngineMissing(Exception):  # noqa: N818 - what is wrong is that it is missing
    """The library of an engine is not installed."""


class TaskFailed(Exception):  # noqa: N818 - it is a task that failed, not the engine
    """A task did not come to its end, whoever tried it."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A task without a result: its workers died (``worker_died``) or it raised (``error``)."""

    reason: str
    detail: str


def raised(error: Exception) -> Lost:
    """What a task that raised leaves instead of a result."""
    return Lost("error", f"{type(error).__name__}: {error}"[:500])


def attempt(what: tuple[Callable[[Any, Any], Any], Any], task: Any) -> Any:
    """The result of a task, tried anew where it raises, or `Lost`.

    A task that raises is a value on the engines of others, so that their own retries are for lost
    workers only. ``what`` is the function and what tasks share.
    """
    function, shared = what
    for _ in range(TRIES):
        try:
            return function(shared, task)
        except Exception as error:  # noqa: BLE001 - told to the driver, who decides
            lost = raised(error)
    return lost


class Executor(ABC):
    """Runs tasks somewhere. Functions must be importable by name; values must be picklable.

    A task may be run more than once, also at the same time (its worker was lost, or only thought
    to be): it must give the same result each time, and write under names of its own. A ``with``
    block ends what was started, also where it raises.
    """

    name: str  # ``local``, ``ray`` or ``spark``
    workers: int  # how many tasks run at a time, about

    @abstractmethod
    def run(
        self,
        function: Callable[[Shared, Task], Result],
        shared: Shared,
        tasks: Iterable[Task],
    ) -> Iterator[Result | Lost]:
        """``function(shared, task)`` of each task, in the order of the tasks.

        ``shared`` is sent to each worker once. Tasks are taken as results are asked for, some
        ahead; an iterator that is closed early leaves the engine usable.
        """

    @abstractmethod
    def close(self) -> None:
        """End the workers that this executor started. May be called twice."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def results(found: Iterable[Result | Lost]) -> Iterator[Result]:
    """The results where none may be missing.

    Raises:
        TaskFailed: a task was lost.
    """
    for one in found:
        if isinstance(one, Lost):
            raise TaskFailed(f"{one.reason}: {one.detail}")
        yield one


def open_executor(engine: str, workers: int, address: str | None = None) -> Executor:
    """An engine by name. ``workers`` 0 means in this process (``local`` only).

    ``address`` is that of a cluster (``ray://host:10001``, ``spark://host:7077``); without one, Ray
    and Spark run on this machine.

    Raises:
        EngineMissing: its library is not installed.
        ValueError: there is no such engine.
    """
    if engine == "local":
        from newscrawl.engines.local import LocalExecutor

        return LocalExecutor(workers)
    if engine == "ray":
        from newscrawl.engines.on_ray import RayExecutor

        return RayExecutor(max(1, workers), address)
    if engine == "spark":
        from newscrawl.engines.on_spark import SparkExecutor

        return SparkExecutor(max(1, workers), address)
    raise ValueError(f"no engine {engine!r}: {', '.join(ENGINES)}")
