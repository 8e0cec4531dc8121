"""What was learned of a site over its runs, as counts of what held and what did not."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Learned:
    """One thing learned of a site: how often it held and did not; older events count less."""

    site: str
    what: str
    yes: float
    no: float


def learned_of(connection: sqlite3.Connection, site: str) -> list[Learned]:
    """What was learned of a site."""
    rows = connection.execute(
        "SELECT site, what, yes, no FROM learned WHERE site = ? ORDER BY what", (site,)
    )
    return [Learned(*row) for row in rows]


def write_learned(connection: sqlite3.Connection, learned: Learned) -> None:
    """Set one thing learned of a site."""
    connection.execute(
        "INSERT OR REPLACE INTO learned VALUES (?,?,?,?)",
        (learned.site, learned.what, learned.yes, learned.no),
    )
