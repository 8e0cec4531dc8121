"""Looking after an output: compaction, vacuum, take-down. One at a time on an output."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from newscrawl.dataset.compact import KEPT, Compaction, compact, vacuum
from newscrawl.dataset.delta_log import DeltaLog
from newscrawl.dataset.lock import this_process
from newscrawl.dataset.output import Output
from newscrawl.dataset.store import Store, open_store
from newscrawl.dataset.stories import rebuild_stories
from newscrawl.dataset.takedown import Takedown, erase, find_articles, mark_taken_down
from newscrawl.dataset.unfinished import settle
from newscrawl.dedup import StoryIndex
from newscrawl.engines import Executor, Staging, open_executor
from newscrawl.items import TombstoneRecord
from newscrawl.schema import ARTICLES, TABLES


class CareHeld(Exception):  # noqa: N818 - a sister of SiteHeld
    """Another process is compacting or taking down in this output (exit code 4)."""


def compact_output(
    output: Output, executor: Executor | None = None, *, staging: str | None = None
) -> list[Compaction]:
    """Join the small files of every table; crawls and readers may go on meanwhile.

    An ``executor`` rewrites groups of files side by side; without one it is done here.
    ``staging`` is a folder that all its workers see, by default one in the state.

    Raises:
        CareHeld: another process is at it.
        OutputUnwritable: the disk is full or failing.
    """
    parent = Path(staging) if staging is not None else output.state_dir / "staging"
    with (
        care(output) as store,
        Staging(parent, f"compact-{uuid.uuid4().hex}") as held,
        executor or open_executor("local", 0) as engine,
    ):
        now, folder = output.clock(), held.folder.absolute()
        return [
            compact(output.state, store, DeltaLog(store, table), now, engine, folder)
            for table in TABLES.values()
        ]


def vacuum_output(output: Output, kept: timedelta = KEPT) -> list[str]:
    """Delete the files that compaction replaced longer than ``kept`` ago; their paths."""
    with care(output) as store:
        now = output.clock()
        logs = [DeltaLog(store, table) for table in TABLES.values()]
        return [path for log in logs for path in vacuum(store, log, now, kept)]


def take_down(
    output: Output, url: str, reason: str | None = None, *, stories: StoryIndex | None = None
) -> Takedown:
    """Remove an article from every file and snapshot; its address stays known and refused.

    ``url`` may be any form under which the article is known. ``stories`` is the story index of the
    output, which holds texts, too: it is made again without the article. WARC archives, exports
    and the copies of others are not touched.
    """
    with care(output) as store:
        found = find_articles(output.state, store, url)
        if not found:
            output.flush(force=True)
            found = find_articles(output.state, store, url)
        now = output.clock()
        with output.transaction() as tx:
            mark_taken_down(output.state, found, now)
            for identity, canonical in found.items():
                tx.add_tombstone(
                    TombstoneRecord(
                        article_id=identity,
                        canonical_url=canonical,
                        taken_down_at=now,
                        reason=reason,
                    )
                )
        output.flush(force=True)
        done = erase(output.state, store, DeltaLog(store, ARTICLES), found, now)
        if stories is not None and found:
            rebuild_stories(output, stories)
        with output.state.lock, suppress(sqlite3.OperationalError):
            # free pages of the state may still hold the text of its outbox; a busy database
            # keeps them until the next take-down
            output.state.connection.execute("VACUUM")
            output.state.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return done


@contextmanager
def care(output: Output) -> Iterator[Store]:
    """The store of an output while nobody else looks after it. Raises `CareHeld`."""
    lock = output.care_lock()
    if not lock.acquire(this_process()):
        raise CareHeld(f"{output.uri} is being looked after by {lock.holder()}")
    try:
        # a tag of its own: flushes sweep only what other flushes left
        store = open_store(output.uri, f"{output.state.tag}care")
        store.sweep()
        settle(output.state, store, output.logs)
        yield store
        settle(output.state, store, output.logs)
    finally:
        lock.release()
