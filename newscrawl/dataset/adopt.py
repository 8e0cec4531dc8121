"""Rows that an engine has written become part of the dataset: in one commit, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newscrawl.dataset.care import care
from newscrawl.dataset.conform import refusal, to_batch
from newscrawl.dataset.delta_log import DeltaLog
from newscrawl.dataset.flush import describe
from newscrawl.dataset.handover import take_over
from newscrawl.dataset.output import Output
from newscrawl.dataset.parquet_files import write_parquet
from newscrawl.dataset.unfinished import note
from newscrawl.schema import TABLES


def write_rows(path: Path, name: str, records: Sequence[Any]) -> None:
    """Write records as a file of a table (by name), for `adopt_files`.

    Raises:
        ValueError: a record may not be a row.
    """
    table = TABLES[name]
    for record in records:
        if (fault := refusal(record, table)) is not None:
            raise ValueError(f"{name}: {': '.join(fault)}")
    write_parquet(path, table, [to_batch(records, table)], expected=len(records))


def adopt_files(output: Output, name: str, files: Sequence[Path], batch: str) -> None:
    """Put finished files into a table without partitions, as one commit; they are moved.

    ``batch`` names the commit: it is made once, however often it is tried.

    Raises:
        CareHeld: another process looks after the output.
        OutputUnwritable: the disk is full or failing; the table is as before.
    """
    with care(output) as store:
        table = TABLES[name]
        log = DeltaLog(store, table)
        if not files or batch in log.update().txns:
            return
        relative = [f"data/part-{batch}-{number:05d}.parquet" for number in range(len(files))]
        note(output.state, made=[f"{name}/{path}" for path in relative])
        now = output.clock()
        added = []
        for file, path in zip(files, relative, strict=True):
            take_over(store, file, f"{name}/{path}")
            added.append(describe(store, table, path, {}, now).added())
        log.commit(added, now, "WRITE", batch=batch, info={"batch": batch})
