"""What can go wrong with an output, as exceptions that name the path and the way out."""

from __future__ import annotations


class OutputUnwritable(Exception):  # noqa: N818 - the name of the border
    """The output could not be written (exit code 3); nothing acknowledged was lost.

    ``path`` is what could not be written, ``reason`` what the system said.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot write {path}: {reason}")
        self.path = path
        self.reason = reason


class StateDamaged(Exception):  # noqa: N818 - a condition that the user must see by name
    """The state file is not a database any more, or is inconsistent."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"the state {path} is damaged ({reason}). Move it (with its -wal and -shm files) away"
            " and start again: it is rebuilt from the Parquet. Rows accepted since its last flush"
            " stand in the damaged file only; `sqlite3 FILE .recover` may save them."
        )
        self.path = path


class FromNewerVersion(Exception):  # noqa: N818
    """A state or a table was written by a newer newscrawl than this one."""

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(
            f"{path} is from a newer newscrawl (layout {found}, this one knows {known})."
            " Upgrade newscrawl, or use another output."
        )
        self.path = path


class StateMismatch(Exception):  # noqa: N818
    """The state is of another dataset: what it takes for stored is not there."""

    def __init__(self, state: str, uri: str) -> None:
        super().__init__(
            f"the state {state} belongs to another dataset than the one in {uri} (was that deleted,"
            " or is the state folder shared?). Move the state away, or use its own output."
        )


class LogDamaged(Exception):  # noqa: N818
    """The commit log of a table has a hole or an entry that cannot be read."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"the commit log {path} is damaged: {reason}. Put this file back from a backup or a"
            " copy of the output; the data files that it names are untouched."
        )
        self.path = path


class NoSuchSnapshot(Exception):  # noqa: N818
    """The dataset, table or version asked for does not exist, or is no longer kept."""


class SchemaConflict(Exception):  # noqa: N818
    """A table on disk has a column of another type than this newscrawl would write."""
