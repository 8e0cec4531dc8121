"""The one owner of the output within a process: accepts articles in groups, each one transaction.

An article is acknowledged only after COMMIT. Groups of up to 25 articles, or what came within a
seventh of a second, share a transaction, because each costs an fsync and some 3 ms; an article adds
half a millisecond, in which the event loop stands still.
"""

from __future__ import annotations

import asyncio
import logging

from newscrawl.acceptance import Acceptance, Accepted, Submission
from newscrawl.archive import Archive, ArchiveUnwritable
from newscrawl.clock import now
from newscrawl.dataset import (
    Learned,
    Output,
    OutputUnwritable,
    RobotsCopy,
    SourceState,
    StateDamaged,
    UrlState,
)
from newscrawl.dedup import StoryIndex
from newscrawl.items import FetchRecord, RunRecord
from newscrawl.outputs import rest

logger = logging.getLogger(__name__)

Mark = UrlState | SourceState | Learned | RobotsCopy  # what is kept between runs beside the rows

GROUP = 25
GROUP_SECONDS = 0.15


class Sink:
    """Group commit over an `Output` and its story index.

    With an archive, the pages of a group are on disk there before the group is accepted.
    """

    def __init__(
        self, output: Output, stories: StoryIndex, run_id: str, archive: Archive | None = None
    ) -> None:
        self._output, self._stories, self._archive = output, stories, archive
        self._acceptance = Acceptance(stories, run_id)
        self._articles: list[tuple[Submission, asyncio.Future[Accepted]]] = []
        self._records: list[FetchRecord] = []
        self._marks: list[Mark] = []
        self._timer: asyncio.TimerHandle | None = None
        self._flushing: asyncio.Task[None] | None = None
        self._closing = False  # the loop has ended
        self.broken = False
        self.failure: OutputUnwritable | None = None

    async def submit(self, submission: Submission) -> Accepted:
        """Accept an article; returns after its transaction is on disk.

        Raises `OutputUnwritable` if it cannot be written.
        """
        future: asyncio.Future[Accepted] = asyncio.get_running_loop().create_future()
        self._articles.append((submission, future))
        self._schedule()
        return await future

    def log(self, record: FetchRecord | None, mark: Mark | None = None) -> None:
        """Note the end of a URL that is not an article to store; written with the next group."""
        if record is not None:
            self._records.append(record)
        if mark is not None:
            self._marks.append(mark)
        self._schedule()

    async def log_run(self, record: RunRecord) -> None:
        """Write a site's row of ``runs`` with all that is pending."""
        self.commit(record)

    def _schedule(self) -> None:
        if len(self._articles) >= GROUP or len(self._records) >= 20 * GROUP:
            self.commit()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GROUP_SECONDS, self.commit)

    def commit(self, run: RunRecord | None = None) -> None:
        """Write the pending group in one transaction, then acknowledge it.

        A failure is remembered, given to everyone who waits, and makes the run end with exit 3.
        """
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        articles, self._articles = self._articles, []
        records, self._records = self._records, []
        marks, self._marks = self._marks, []
        if not (articles or records or marks or run):
            return
        try:
            if self.failure is not None:
                raise self.failure
            results: list[Accepted] = []
            if self._archive is not None and articles:
                self._archive.sync()
            with self._output.transaction() as tx:
                results = self._acceptance.accept(tx, [submission for submission, _ in articles])
                for record in records:
                    tx.log_fetch(record)
                for mark in marks:
                    if isinstance(mark, UrlState):
                        tx.mark_url(mark)
                    elif isinstance(mark, Learned):
                        tx.mark_learned(mark)
                    elif isinstance(mark, RobotsCopy):
                        tx.mark_robots(mark)
                    else:
                        tx.mark_source(mark)
                if run is not None:
                    tx.add_run(run)
        except Exception as raised:  # noqa: BLE001 - whoever waits must be told, whatever it is
            error = self.fail(raised)
            for _, future in articles:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(articles, results, strict=True):
            if not future.done():
                future.set_result(result)
        if self._flushing is None and not self._closing and self._output.flush_due():
            self._flushing = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        """Write the outbox to Parquet in a thread: it takes a second, which no site waits for."""
        try:
            await asyncio.to_thread(self._output.flush)
        except Exception as error:  # noqa: BLE001 - a task's error would be heard by nobody
            self.fail(error)
        finally:
            self._flushing = None

    def fail(self, raised: Exception) -> OutputUnwritable:
        """Remember that nothing more can be written; what everyone who waits is told."""
        match raised:
            case OutputUnwritable():
                error = raised
            case ArchiveUnwritable():
                error = OutputUnwritable(raised.path, raised.reason)
            case StateDamaged():
                error = OutputUnwritable(raised.path, str(raised))
            case _:  # a defect of ours: what it was is in the log
                logger.error("Accepting failed", exc_info=raised)
                error = OutputUnwritable(self._output.uri, f"{type(raised).__name__}: {raised}")
        self.broken, self.failure = True, error
        logger.critical("Output could not be written: %s", error)
        return error

    def close(self) -> None:
        """Write what is pending, flush everything to the dataset, release the output."""
        self._closing = True
        self.commit()
        try:
            if not self.broken:
                rest(self._output, self._stories, now())
        except Exception as error:  # noqa: BLE001 - the account is still to be given
            self.fail(error)
        finally:
            self._output.close()
