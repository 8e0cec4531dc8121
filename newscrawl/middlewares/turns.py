"""One request at a time and a gap after it for each host, over all crawlers of the process.

Scrapy's slots do this within one crawler; sites that share a host, a Crawl-delay learned in
mid-run and a Retry-After need a place that all crawlers look at.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newscrawl.items import Stage
from newscrawl.middlewares.turn_files import TurnFiles
from newscrawl.refusal import Refused

_DEFAULT_PORTS = (None, 80, 443)


def host_key(url: str) -> str:
    """What a turn is taken for: the host, with the port only where it is not 80 or 443."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    try:
        port = parts.port
    except ValueError:
        port = None
    return host if port in _DEFAULT_PORTS else f"{host}:{port}"


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_start: float = 0.0
    next_gap: float = 0.0
    gap: float | None = None  # Crawl-delay, where the host asked for one
    failing: set[str] = field(default_factory=set)  # what failed since the last success
    deferred: str = ""  # why nothing more is asked of the host in this run


class HostTurns:
    """The turns of all hosts. Times are the event loop's clock, in seconds.

    With ``files`` they are kept between all processes that share those.
    """

    def __init__(self, files: TurnFiles | None = None) -> None:
        self._files = files
        self._hosts: dict[str, _Host] = {}
        self._stopped = asyncio.Event()

    def _host(self, key: str) -> _Host:
        return self._hosts.setdefault(key, _Host())

    async def take(self, key: str, gap: float) -> None:
        """Wait for the turn; it must be given back with `give_back`.

        Raises `Refused` if the host is deferred to the next run or the run is being stopped.
        """
        host = self._host(key)
        stopped = asyncio.ensure_future(self._stopped.wait())
        turn = asyncio.ensure_future(host.lock.acquire())
        taken = False
        try:
            await asyncio.wait((turn, stopped), return_when=asyncio.FIRST_COMPLETED)
            loop = asyncio.get_running_loop()
            while turn.done() and not host.deferred and not stopped.done():
                wait = host.next_start - loop.time()
                if wait <= 0 and self._files is not None:
                    wait = self._files.claim(key, loop.time())
                if wait <= 0:
                    host.next_gap = max(gap, host.gap or 0.0)
                    taken = True
                    return
                await asyncio.wait((stopped,), timeout=wait)
            raise Refused(Stage.FETCH, host.deferred or "stopped")
        finally:
            stopped.cancel()
            # cancel() is False for a future that is done: the turn was had and is not used
            if not taken and not turn.cancel() and not turn.cancelled():
                host.lock.release()

    def give_back(self, key: str) -> None:
        """End the turn; the gap before the next one begins now.

        Counted from the start, a busy loop that sends late would shorten it for the host.
        """
        host = self._host(key)
        if host.lock.locked():
            soonest = asyncio.get_running_loop().time() + host.next_gap
            host.next_start = max(host.next_start, soonest)
            if self._files is not None:
                self._files.release(key, host.next_start)
            host.lock.release()

    def ask_gap(self, key: str, seconds: float) -> None:
        """Keep at least this gap at a host from now on (Crawl-delay)."""
        self._host(key).gap = seconds

    def hold(self, key: str, seconds: float) -> None:
        """Ask nothing of a host for a while (Retry-After, back-off)."""
        host = self._host(key)
        host.next_start = max(host.next_start, asyncio.get_running_loop().time() + seconds)
        if self._files is not None:
            self._files.hold(key, host.next_start)

    def failed(self, key: str, url: str) -> int:
        """Count a failure; returns how many addresses of the host have failed in a row.

        Another try of the same address says nothing new of the host.
        """
        host = self._host(key)
        host.failing.add(url)
        return len(host.failing)

    def succeeded(self, key: str) -> None:
        """Forget the failures of a host that answers again."""
        self._host(key).failing.clear()

    def defer(self, key: str, reason: str) -> None:
        """Ask nothing more of a host in this run."""
        self._host(key).deferred = reason

    def stop(self) -> None:
        """Refuse everyone who waits."""
        self._stopped.set()
