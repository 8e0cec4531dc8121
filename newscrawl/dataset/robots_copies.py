"""The last good robots.txt of each origin, kept between runs for a day at most."""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from newscrawl.dataset.conform import from_micros, micros
from newscrawl.manners import LIMITS

_KEPT = timedelta(seconds=LIMITS.robots_seconds)
_LARGEST = 8 * LIMITS.robots_bytes  # of a text, unpacked


@dataclass(frozen=True, slots=True)
class RobotsCopy:
    """An answer to robots.txt that said something: rules (``text``), or that there are none.

    ``status`` after redirects; until ``fresh_until`` nothing needs to be asked.
    """

    origin: str  # https://paper.example
    fetched_at: datetime
    fresh_until: datetime
    status: int
    text: str


@dataclass(frozen=True, slots=True)
class DamagedCopy:
    """A copy that is not what was written, and why: it is as good as none."""

    origin: str
    reason: str


def write_robots_copy(connection: sqlite3.Connection, copy: RobotsCopy) -> None:
    """Keep a copy in place of the one before; copies past their day are dropped."""
    connection.execute(
        "DELETE FROM robots_copies WHERE fetched_at < ?", (micros(copy.fetched_at - _KEPT),)
    )
    packed = zlib.compress(copy.text.encode("utf-8", "replace"), 6)
    values = (copy.origin, micros(copy.fetched_at), micros(copy.fresh_until), copy.status)
    connection.execute(
        "INSERT OR REPLACE INTO robots_copies VALUES (?, ?, ?, ?, ?, ?)",
        (*values, packed, _digest(values, packed)),
    )


def robots_copy(connection: sqlite3.Connection, origin: str) -> RobotsCopy | DamagedCopy | None:
    """The copy of an origin, None if there is none; its age is the caller's to judge."""
    row = connection.execute(
        "SELECT origin, fetched_at, fresh_until, status, text, digest FROM robots_copies"
        " WHERE origin = ?",
        (origin,),
    ).fetchone()
    if row is None:
        return None
    values, packed, digest = row[:4], row[4], row[5]
    if not isinstance(packed, bytes) or digest != _digest(values, packed):
        return DamagedCopy(origin, "its checksum is wrong")
    try:
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(packed, _LARGEST).decode("utf-8")
        copy = RobotsCopy(origin, from_micros(row[1]), from_micros(row[2]), row[3], text)
    except (zlib.error, ValueError, OverflowError, TypeError) as error:
        return DamagedCopy(origin, f"it cannot be read: {error}"[:200])
    return copy if unpacker.eof else DamagedCopy(origin, "it is cut")


def _digest(values: tuple[object, ...], packed: bytes) -> bytes:
    return blake2b(packed + repr(values).encode("utf-8", "replace"), digest_size=16).digest()
