"""Ray: tasks on a cluster, or on a Ray that is started on this machine.

Ray itself starts a task anew whose worker is lost (``max_retries``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, TypeVar

from newscrawl.engines.executor import TRIES, EngineMissing, Lost

try:
    import ray
except ImportError as error:
    raise EngineMissing("Ray is not installed: pip install 'newscrawl[ray]'") from error

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Result = TypeVar("Result")

_AHEAD = 8  # tasks a worker that are on their way


class RayExecutor:
    """Tasks of one CPU each."""

    name = "ray"

    def __init__(self, workers: int, address: str | None = None) -> None:
        options: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}
        if address is None:
            options |= {"num_cpus": workers, "include_dashboard": False}
        else:
            options |= {"address": address}
        ray.init(**options)
        self.workers = workers if address is None else int(ray.cluster_resources().get("CPU", 1))

    def run(
        self,
        function: Callable[[Shared, Task], Result],
        shared: Shared,
        tasks: Iterable[Task],
    ) -> Iterator[Result | Lost]:
        """See `newscrawl.engines.Executor.run`."""
        # a task that raises is a value here, so that Ray's own retries are for lost workers only
        remote = ray.remote(max_retries=TRIES - 1, num_cpus=1)(_answer)
        what = ray.put((function, shared))
        line: deque[Any] = deque()
        todo = iter(tasks)
        try:
            for task in todo:
                line.append(remote.remote(what, task))
                if len(line) >= _AHEAD * self.workers:
                    yield _result(line.popleft())
            while line:
                yield _result(line.popleft())
        finally:
            for reference in line:  # closed early
                ray.cancel(reference, force=True)

    def close(self) -> None:
        """Leave the cluster, or end the Ray that was started."""
        ray.shutdown()

    def __enter__(self) -> RayExecutor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _answer(what: tuple[Callable[[Any, Any], Any], Any], task: Any) -> Any:
    function, shared = what
    for _ in range(TRIES):
        try:
            return function(shared, task)
        except Exception as error:  # noqa: BLE001 - told to the driver, who decides
            lost = Lost("error", f"{type(error).__name__}: {error}"[:500])
    return lost


def _result(reference: Any) -> Any:
    try:
        return ray.get(reference)
    except ray.exceptions.RayError as error:
        return Lost("worker_died", str(error)[:500])
