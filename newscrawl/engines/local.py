"""Processes of this machine.

The driver talks to each worker over a pipe of its own, so a worker that dies costs the task it had:
the task goes to another worker, and a task that kills every worker it meets is given up. Processes
are spawned, ignore SIGINT and SIGTERM (the driver ends in good order first), and end when the
driver is gone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from newscrawl.engines.executor import TRIES, Executor, Lost, raised

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Result = TypeVar("Result")

_AT_ONCE = 2  # tasks a worker holds, so that it need not wait for a driver that is committing
_AHEAD = 8  # tasks a worker that may be taken before the first one's result is asked for


class LocalExecutor(Executor):
    """``workers`` processes; 0: tasks run in the calling thread, as they are asked for."""

    name = "local"

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._workers: list[_Worker] = []

    def run(
        self,
        function: Callable[[Shared, Task], Result],
        shared: Shared,
        tasks: Iterable[Task],
    ) -> Iterator[Result | Lost]:
        """See `newscrawl.engines.Executor.run`."""
        if self.workers == 0:
            for task in tasks:
                yield _inline(function, shared, task)
            return
        # what is shared is packed once, whoever has to be sent it again
        run = _Run(self._workers, self.workers, pickle.dumps((function, shared)), iter(tasks))
        try:
            yield from run.results()
        finally:
            if run.busy:  # closed early: what is still being worked on is of no use
                self.close()

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.stop()
        self._workers.clear()


class _Run:
    """One call of `run`: who holds which task, and results that wait for their turn."""

    def __init__(
        self, workers: list[_Worker], count: int, what: bytes, tasks: Iterator[Any]
    ) -> None:
        self._workers, self._count, self._what, self._tasks = workers, count, what, tasks
        self._again: deque[tuple[int, bytes]] = deque()  # tasks whose worker was lost
        self._tries: dict[int, int] = {}
        self._done: dict[int, Any] = {}
        self._taken = 0
        self._next = 0
        for worker in workers:
            worker.told = False

    @property
    def busy(self) -> bool:
        """Whether a worker holds a task."""
        return any(worker.held for worker in self._workers)

    def results(self) -> Iterator[Any]:
        """The results, in order."""
        while True:
            self._hand_out()
            while self._next in self._done:
                result = self._done.pop(self._next)
                self._next += 1
                yield result
                self._collect(0.0)
                self._hand_out()
            if not self.busy and not self._again:
                return
            self._collect(None)

    def _hand_out(self) -> None:
        for depth in range(1, _AT_ONCE + 1):
            for n in range(self._count):
                if n < len(self._workers) and len(self._workers[n].held) >= depth:
                    continue
                job = self._take()
                if job is None:
                    return
                if n >= len(self._workers):
                    self._workers.append(_Worker())
                    n = len(self._workers) - 1
                self._workers[n].give(self._what, *job)

    def _take(self) -> tuple[int, bytes] | None:
        if self._again:
            return self._again.popleft()
        if self._taken - self._next >= _AHEAD * self._count:
            return None
        try:
            task = next(self._tasks)
        except StopIteration:
            return None
        number = self._taken
        self._taken += 1
        return number, pickle.dumps(task)

    def _collect(self, timeout: float | None) -> None:
        """Take what workers have to say."""
        ready = wait([worker.pipe for worker in self._workers if worker.held], timeout)
        for worker in [w for w in self._workers if w.pipe in ready]:
            try:
                good, value = pickle.loads(worker.pipe.recv_bytes())  # noqa: S301 - from our worker
            except (EOFError, OSError):
                self._workers.remove(worker)
                self._lost(worker)
                continue
            number, task = worker.held.popleft()
            if good:
                self._done[number] = value
            elif self._may_try(number):
                self._again.append((number, task))
            else:
                self._done[number] = value

    def _lost(self, worker: _Worker) -> None:
        code = worker.stop()
        first, *others = worker.held
        self._again.extendleft(reversed(others))
        if self._may_try(first[0]):
            self._again.appendleft(first)
        else:
            self._done[first[0]] = Lost("worker_died", f"exit code {code}")

    def _may_try(self, number: int) -> bool:
        self._tries[number] = self._tries.get(number, 0) + 1
        return self._tries[number] < TRIES


class _Worker:
    """A process, its pipe, and the tasks it holds, the one it works on first."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_work, args=(theirs,), name="newscrawl-engine", daemon=True
        )
        self._process.start()
        theirs.close()
        self.held: deque[tuple[int, bytes]] = deque()
        self.told = False  # what to do with tasks

    def give(self, what: bytes, number: int, task: bytes) -> None:
        """Send a task; a worker that is dead is found out when its answer is waited for."""
        self.held.append((number, task))
        with contextlib.suppress(OSError):
            if not self.told:
                self.pipe.send_bytes(b"w" + what)
                self.told = True
            self.pipe.send_bytes(b"t" + task)

    def stop(self) -> int | None:
        """End the process; its exit code."""
        busy = bool(self.held)
        self.pipe.close()
        self._process.join(0.2 if busy else 5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        return self._process.exitcode


def _work(pipe: Connection) -> None:
    """The worker: until the driver closes the pipe."""
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    what: Any = None
    with contextlib.suppress(EOFError, OSError):
        while True:
            message = pipe.recv_bytes()
            if message[:1] == b"w":
                what = message[1:]
                continue
            if isinstance(what, bytes):
                what = pickle.loads(what)  # noqa: S301 - from our own driver
            try:
                task = pickle.loads(message[1:])  # noqa: S301 - from our own driver
                answer = pickle.dumps((True, what[0](what[1], task)), pickle.HIGHEST_PROTOCOL)
            except Exception as error:  # noqa: BLE001 - told to the driver, who decides
                answer = pickle.dumps((False, raised(error)))
            pipe.send_bytes(answer)


def _inline(
    function: Callable[[Shared, Task], Result], shared: Shared, task: Task
) -> Result | Lost:
    try:
        return function(shared, task)
    except Exception as error:  # noqa: BLE001 - as a worker would tell it
        return raised(error)
