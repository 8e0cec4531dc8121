"""The views shipped as SQL: `articles_current` and `articles_unique`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from newscrawl.dataset.snapshot import open_dataset
from newscrawl.schema import TABLES

if TYPE_CHECKING:
    import duckdb


def views_sql() -> str:
    """The SQL of the views, over tables named ``articles`` and ``clusters``."""
    return files("newscrawl.dataset").joinpath("views.sql").read_text(encoding="utf-8")


def connect_duckdb(uri: str | Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with a consistent snapshot of every table, and the views.

    Raises:
        ImportError: duckdb is not installed (extra ``analysis``).
        NoSuchSnapshot: there is no dataset.
    """
    import duckdb

    connection = duckdb.connect()
    for table in TABLES:
        open_dataset(uri, table=table).to_duckdb(connection)
    connection.execute(views_sql())
    return connection
