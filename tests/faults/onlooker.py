"""A reader that looks on while faults happen: every file readable at every moment.

    onlooker.py OUTPUT

Reads snapshots with pyarrow and DuckDB and the bare files by glob, over and over, until its
standard input ends; then prints one JSON object: how often it looked and what was wrong. A version
twice in a snapshot, fewer rows than before, a file that cannot be read: each is wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow.parquet as pq

from newscrawl.dataset import NoSuchSnapshot, open_dataset

PAUSE_S = 0.2


def look(folder: Path, last: int) -> int:
    """Read everything once; the rows of ``articles``."""
    try:
        snapshot = open_dataset(folder)
        for table in ("fetch_log", "runs"):
            open_dataset(folder, table=table).to_table()
    except NoSuchSnapshot:  # being made
        if last:
            raise
        return 0
    versions = snapshot.to_table(["version_id"])["version_id"].to_pylist()
    assert len(versions) == len(set(versions)) == snapshot.count(), "a version is there twice"
    assert len(versions) >= last, f"{len(versions)} rows after {last}"
    connection = duckdb.connect()
    snapshot.to_duckdb(connection)
    counted = connection.execute("SELECT count(DISTINCT version_id) FROM articles").fetchone()
    assert counted == (len(versions),), f"DuckDB counts {counted}, pyarrow {len(versions)}"
    for path in folder.glob("*/data/**/*.parquet"):  # what a glob finds is whole
        try:
            pq.read_table(path, page_checksum_verification=True, partitioning=None)
        except FileNotFoundError:
            continue  # taken back since the listing
    for page in (folder / "reports").glob("[!.]*.html"):
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>"), f"{page} is cut"
    return len(versions)


def main() -> None:
    folder = Path(sys.argv[1])
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    looks = last = 0
    wrong: list[str] = []
    while not ended.is_set():
        try:
            last = look(folder, last)
        except Exception as error:  # noqa: BLE001 - whatever a reader meets is a broken promise
            wrong.append(f"{type(error).__name__}: {error}"[:300])
        looks += 1
        time.sleep(PAUSE_S)
    print(json.dumps({"looks": looks, "rows": last, "wrong": wrong}))


class Onlooker:
    """The reader as a process; a context manager, which does nothing if not ``on``.

    ``looks`` and ``wrong`` are set at the end."""

    def __init__(self, folder: Path, *, on: bool = True) -> None:
        self._folder, self._on = folder, on
        self.looks = 0
        self.wrong: list[str] = []

    def __enter__(self) -> Onlooker:
        if not self._on:
            return self
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._on:
            return
        out, _ = self._process.communicate(timeout=120)  # ends its standard input
        told = json.loads(out)
        self.looks, self.wrong = told["looks"], told["wrong"]


if __name__ == "__main__":
    main()
