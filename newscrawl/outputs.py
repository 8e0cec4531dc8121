"""Opening an output with its story index, and bringing it to rest at the end of a run."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from newscrawl.dataset import Output, rebuild_stories
from newscrawl.dedup import StoryIndex
from newscrawl.schedule import STALE


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
        if output.rebuilt:
            rebuild_stories(output, stories)
    except BaseException:
        output.close()
        raise
    return output, stories


def rest(output: Output, stories: StoryIndex, now: datetime) -> None:
    """Merge the story index and write everything that was accepted to Parquet."""
    with output.transaction() as tx:
        stories.merge(now)
        tx.forget_last_texts()
        tx.forget_overdue(now - STALE)
    output.flush(force=True)
    stories.sweep()
