"""Worker processes that turn pages into articles, and survive any page.

Each worker is served by one thread of the parent over its own pipe, so a page that crashes, hangs
or swells costs exactly itself: the parent knows which page the worker had, kills the worker, gives
that page a `Rejection` and starts another. (A `ProcessPoolExecutor` breaks as a whole when one
worker dies, and every page it holds has to be guessed about.) Processes are spawned, never forked;
workers ignore SIGINT and SIGTERM, so that a signal to the group stops the crawl in good order, and
end by themselves when the parent is gone.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import itertools
import multiprocessing
import os
import pickle
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from newscrawl.items import Article, Page, Rejection, Stage
from newscrawl.site import Site
from newscrawl.text import one_line

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Result = Article | Rejection
Task = Callable[[Page, Site | None], Result]

_START_SECONDS = 60.0  # a worker that has not reported ready by then is started again
_GRACE = 1.0  # seconds beyond the limit before a worker that does not answer is killed
_START_TRIES = 5
_TRIM_EVERY = 50  # pages
_LARGE_PAGE = 500_000  # bytes; after such a page memory is given back at once
_LARGE_BUFFER = 128 * 1024  # bytes that are taken from the system, not from the heap
_M_MMAP_THRESHOLD = -3  # of <malloc.h>
_YOUNG_OBJECTS = 20_000  # new objects before the collector looks at them; a page makes some 5,000


class PageTooSlow(BaseException):
    """The time limit of a page has passed; a `BaseException`, so that no handler swallows it."""


def read_article(page: Page, site: Site | None) -> Result:
    """The task of a crawl: the page's article, not yet cleaned, or why it is none."""
    from newscrawl.extract.article import read_page
    from newscrawl.extract.judge import judge_reading

    reading = read_page(page, site)
    return judge_reading(reading) or reading.article


class ExtractionPool:
    """``workers`` processes (0 = in the calling thread) with limits for each page.

    ``seconds`` is the time limit of a page, ``memory_mb`` what a worker may map beyond what it has
    when idle. ``task`` is a function of a module that takes page and site.
    """

    def __init__(
        self, workers: int, seconds: float, memory_mb: int, *, task: Task = read_article
    ) -> None:
        self.workers = workers
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._task = task
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._serve, name=f"extract-{n}", daemon=True)
            for n in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, page: Page, site: Site | None = None) -> Future[Result]:
        """A future that always ends with an article or a rejection, never with an exception.

        Raises `RuntimeError` after `close`.
        """
        if self._closed:
            raise RuntimeError("the pool is closed")
        future: Future[Result] = Future()
        if self.workers == 0:
            future.set_result(run_within(self._task, page, site, self._seconds))
        else:
            self._jobs.put(_Job(page, site, future))
        return future

    def close(self) -> None:
        """Finish what was submitted, then end the workers. May be called twice."""
        if self._closed:
            return
        self._closed = True
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> ExtractionPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self) -> None:
        """One thread: keep a worker and give it one page at a time."""
        worker = _Worker(self._seconds, self._memory_mb, self._task)
        try:
            while (job := self._jobs.get()) is not None:
                if job.future.set_running_or_notify_cancel():
                    job.future.set_result(worker.ask(job.page, job.site))
        finally:
            worker.stop()


class _Job:
    __slots__ = ("future", "page", "site")

    def __init__(self, page: Page, site: Site | None, future: Future[Result]) -> None:
        self.page, self.site, self.future = page, site, future


class _Worker:
    """A process and the parent's end of its pipe; started at once, and again when it is lost."""

    def __init__(self, seconds: float, memory_mb: int, task: Task) -> None:
        self._arguments = (seconds, memory_mb, task)
        self._seconds = seconds
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._hopeless = False  # could not be started at all
        self._start(_START_TRIES)

    def ask(self, page: Page, site: Site | None) -> Result:
        """What the worker made of a page."""
        if self._pipe is None and not self._start(1 if self._hopeless else _START_TRIES):
            return _refused(page, site, "no_worker", "the extraction process does not start")
        pipe = self._pipe
        assert pipe is not None
        try:
            pipe.send_bytes(pickle.dumps((page, site), pickle.HIGHEST_PROTOCOL))
            if not pipe.poll(self._seconds + _GRACE):
                self._kill()
                return _refused(page, site, "too_slow", f"no answer in {self._seconds:g} s")
            result = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own worker
        except (EOFError, OSError):
            code = self._kill()
            return _refused(page, site, "worker_died", f"exit code {code}")
        assert isinstance(result, Article | Rejection)
        return result

    def stop(self) -> None:
        """End the process in good order."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.join(5)
            self._kill()

    def _start(self, tries: int) -> bool:
        context = multiprocessing.get_context("spawn")
        for _ in range(tries):
            ours, theirs = context.Pipe()
            process = context.Process(
                target=_work, args=(theirs, *self._arguments), name="newscrawl-extract", daemon=True
            )
            try:
                process.start()
                theirs.close()
                if ours.poll(_START_SECONDS) and ours.recv_bytes() == b"ready":
                    self._process, self._pipe, self._hopeless = process, ours, False
                    return True
            except (EOFError, OSError):
                pass
            ours.close()
            if process.pid is not None:
                process.kill()
                process.join()
        self._hopeless = True
        return False

    def _kill(self) -> int | None:
        code = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.join(0.2)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            code = self._process.exitcode
            self._process.close()
            self._process = None
        return code


def _work(pipe: Connection, seconds: float, memory_mb: int, task: Task) -> None:
    """The worker: read a page, answer, until the parent closes the pipe."""
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    make_ready(task, memory_mb)
    with contextlib.suppress(EOFError, OSError):
        pipe.send_bytes(b"ready")
        for count in itertools.count(1):
            page, site = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own parent
            result = run_within(task, page, site, seconds)
            large = len(page.body) > _LARGE_PAGE
            del page
            pipe.send_bytes(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
            del result
            if large or count % _TRIM_EVERY == 0:
                _give_back_memory()


def make_ready(task: Task, memory_mb: int) -> None:
    """Load what pages need into this process, and hold its memory to ``memory_mb`` beyond that.

    0 sets no limit.
    """
    _warm_up(task)
    settle_heap()
    _keep_memory_low()
    _limit_memory(memory_mb)


def run_within(task: Task, page: Page, site: Site | None, seconds: float) -> Result:
    """A page within its time; whatever it raises becomes a rejection.

    The time is held in the main thread only, and not in C code that does not come back.
    """
    try:
        with _alarm(seconds):
            return task(page, site)
    except PageTooSlow:
        return _refused(page, site, "too_slow", f"over {seconds:g} s")
    except MemoryError:
        return _refused(page, site, "too_much_memory", "")
    except RecursionError:
        return _refused(page, site, "too_deep", "")
    except Exception as error:  # noqa: BLE001 - a bug met by one page must not cost the others
        detail = one_line(f"{type(error).__name__}: {error}")[:200]
        return _refused(page, site, "extraction_error", f"{detail} ({_spot(error)})")


def _spot(error: BaseException) -> str:
    """File and line where an exception was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise `PageTooSlow` here after so many seconds; only where signals can be had."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise PageTooSlow

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def settle_heap() -> None:
    """Tell the collector of a process that does nothing but read pages what it need not look at.

    Modules, models and tables stay for good, and the thousands of objects of a page go by
    themselves when it is done: collections over both find next to nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, 10, 10)


@contextlib.contextmanager
def settled_heap() -> Iterator[None]:
    """`settle_heap` for as long as a block lasts: for a driver, whose process may go on."""
    before = gc.get_threshold()
    settle_heap()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _keep_memory_low() -> None:
    """Let large buffers go back to the system as soon as they are free (glibc only).

    Otherwise glibc learns from the first large page to keep the room of all that follow.
    """
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE_BUFFER)


def _give_back_memory() -> None:
    """Return what the C allocator keeps of large pages to the system (glibc only)."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def _limit_memory(memory_mb: int) -> None:
    if memory_mb > 0:
        try:
            import resource
        except ImportError:  # not on Windows
            return
        # Beyond what the process has mapped by now: what it was started with is not the page's.
        size = _mapped() + memory_mb * 1024 * 1024
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _mapped() -> int:
    """Bytes of address space in use; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _warm_up(task: Task) -> None:
    """Import and load everything that the first page would otherwise pay for."""
    from newscrawl.extract.reading import page_of

    text = "".join(f"<p>{'A sentence of a story. ' * 6}</p>" for _ in range(6))
    html = f"<html><head><title>A story</title></head><body><h1>A story</h1>{text}</body></html>"
    run_within(task, page_of(html, "https://news.example/2026/01/a-story"), None, 30.0)


def _refused(page: Page, site: Site | None, reason: str, detail: str) -> Rejection:
    name = site.name if site is not None else ""
    return Rejection(page.url, name, Stage.EXTRACT, reason, detail)
