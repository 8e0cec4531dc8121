"""Ray: tasks on a cluster, or on a Ray that is started on this machine.

Ray itself starts a task anew whose worker is lost (``max_retries``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from newscrawl.engines.executor import TRIES, EngineMissing, Executor, Lost, attempt

try:
    import ray
except ImportError as error:
    raise EngineMissing("Ray is not installed: pip install 'newscrawl[ray]'") from error

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Result = TypeVar("Result")

_AHEAD = 8  # tasks a worker that are on their way


class RayExecutor(Executor):
    """Tasks of one CPU each."""

    name = "ray"

    def __init__(self, workers: int, address: str | None = None) -> None:
        options: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}
        if address is None:
            options |= {"address": "local", "num_cpus": workers, "include_dashboard": False}
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
        remote = ray.remote(max_retries=TRIES - 1, num_cpus=1)(attempt)
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


def _result(reference: Any) -> Any:
    try:
        return ray.get(reference)
    except ray.exceptions.RayError as error:
        return Lost("worker_died", str(error)[:500])
