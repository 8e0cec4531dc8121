"""One job: crawl some sites in this process and account for them.

The reactor runs once in a process, so a process does one job.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from twisted.internet.error import ReactorNotRunning

from newscrawl.account import Summary
from newscrawl.dataset import OutputUnwritable, SiteHeld
from newscrawl.run import Run, RunOptions
from newscrawl.site import Site
from newscrawl.spider import NewsSpider

logger = logging.getLogger(__name__)

# After a signal, what is in flight may end; then the process goes without it.
_GRACE_SECONDS = 8.0
# A crawler takes milliseconds to start; what comes in meanwhile is dealt with in between.
_APART_SECONDS = 0.005


def spider_for(site: Site) -> type[NewsSpider]:
    """A spider class for a record that has none of its own (TOML, an unregistered URL)."""
    return type("SiteSpider", (NewsSpider,), {"name": site.name, "site": site})


def project_settings(extra: Mapping[str, Any] = {}) -> Settings:
    """newscrawl's settings with the caller's on top."""
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")  # the command has its own
    settings.setdict(dict(extra), priority="cmdline")
    return settings


class Job:
    """Crawls ``spiders`` into one run.

    ``tick`` is called about every ``tick_seconds`` while it lasts, with the run.
    """

    def __init__(
        self,
        spiders: Sequence[type[NewsSpider]],
        options: RunOptions,
        *,
        settings: Mapping[str, Any] = {},
    ) -> None:
        self._spiders = spiders
        self._settings = project_settings(settings)
        self.run = Run.open(options)
        self._settings.set("NEWSCRAWL_RUN", self.run, priority="cmdline")
        self._settings.set("NEWSCRAWL_HOSTS", self.run.hosts, priority="cmdline")

    def crawl(
        self, *, tick: Callable[[], None] | None = None, tick_seconds: float = 30.0
    ) -> Summary:
        """Run to the end, or to a signal; returns the account."""
        process = AsyncCrawlerProcess(self._settings)
        loop = asyncio.get_event_loop()
        main = loop.create_task(self._crawl_all(process))
        main.add_done_callback(lambda _: _halt())
        self._obey_signals(process, loop)
        if tick is not None:
            self._tick(loop, tick, tick_seconds)
        try:
            process.start(stop_after_crawl=False, install_signal_handlers=False)
            if main.done() and not main.cancelled() and (error := main.exception()) is not None:
                raise error
        finally:
            summary = self.run.finish()
        return summary

    async def _crawl_all(self, process: AsyncCrawlerProcess) -> None:
        room = asyncio.Semaphore(self._settings.getint("NEWSCRAWL_SITES_AT_ONCE"))
        async with asyncio.TaskGroup() as crawls:
            for spider in self._spiders:
                crawls.create_task(self._crawl_one(process, spider, room))
                await asyncio.sleep(_APART_SECONDS)

    async def _crawl_one(
        self, process: AsyncCrawlerProcess, spider: type[NewsSpider], room: asyncio.Semaphore
    ) -> None:
        site, run = spider.site, self.run
        async with room:
            if run.stop_reason is not None:
                return
            try:
                with run.output.site_lock(site.name, run_id=run.run_id):
                    await process.crawl(spider)
            except SiteHeld as held:
                logger.warning("%s", held)
                run.hold_site(site, str(held))
            except OutputUnwritable as error:
                run.unwritable(error)
                run.broke_site(site, str(error))
            except Exception:
                # One site's defect must not cost the others; the verdict says so.
                logger.exception("The crawl of %s broke", site.name)
                run.broke_site(site)

    def _obey_signals(self, process: AsyncCrawlerProcess, loop: asyncio.AbstractEventLoop) -> None:
        tasks: set[asyncio.Task[None]] = set()

        def stop(number: int) -> None:
            if self.run.signal is not None:  # asked twice
                logger.warning("Stopping without waiting for what is in flight")
                _halt()
                return
            logger.warning("%s: stopping", signal.Signals(number).name)
            self.run.stop("stopped", signal=number)
            tasks.add(loop.create_task(process.stop()))
            loop.call_later(_GRACE_SECONDS, _halt)

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop, number)

    def _tick(
        self, loop: asyncio.AbstractEventLoop, tick: Callable[[], None], seconds: float
    ) -> None:
        def again() -> None:
            tick()
            loop.call_later(seconds, again)

        loop.call_later(seconds, again)


def _halt() -> None:
    from twisted.internet import reactor

    stop: Callable[[], None] = getattr(reactor, "stop")  # noqa: B009 (Twisted's types lack it)
    with contextlib.suppress(ReactorNotRunning):
        stop()
