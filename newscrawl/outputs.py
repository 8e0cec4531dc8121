"""Opening an output with its story index, and bringing it to rest at the end of a run."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from newscrawl.dataset import Output, rebuild_stories
from newscrawl.dedup import IndexDamagedError, StoryIndex
from newscrawl.schedule import STALE

logger = logging.getLogger(__name__)


def open_output(uri: str, state_dir: str | Path | None) -> tuple[Output, StoryIndex]:
    """An open output and its story index, what a killed run left finished.

    Raises `newscrawl.dataset.OutputUnwritable` and what `Output.open` raises.
    """
    output = Output(uri, state_dir=state_dir)
    output.open()
    try:
        # in a transaction, whose errors are told as those of the state
        with output.state.transaction() as connection:
            stories = StoryIndex(connection, Path(output.state.folder) / "stories")
        if output.rebuilt or _damaged(stories):
            rebuild_stories(output, stories)
    except BaseException:
        output.close()
        raise
    return output, stories


def _damaged(stories: StoryIndex) -> bool:
    """Whether the index must be made anew; it holds nothing that the dataset does not."""
    try:
        stories.check()
    except IndexDamagedError as error:
        logger.warning("The story index is damaged, it is made anew from the dataset: %s", error)
        return True
    return False


def rest(output: Output, stories: StoryIndex, now: datetime) -> None:
    """Merge the story index and write everything that was accepted to Parquet."""
    with output.transaction() as tx:
        stories.merge(now)
        tx.forget_last_texts()
        tx.forget_overdue(now - STALE)
    output.flush(force=True)
    stories.sweep()
