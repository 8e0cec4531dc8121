"""Does everything agree: logs, files, outbox and state?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from newscrawl.dataset import outbox
from newscrawl.dataset.conform import from_micros, month_of
from newscrawl.dataset.delta_log import DataFile, DeltaLog
from newscrawl.dataset.recover import is_of_another, other_states
from newscrawl.dataset.seen_versions import SeenVersions
from newscrawl.dataset.state import State
from newscrawl.dataset.store import Store
from newscrawl.dataset.unfinished import noted
from newscrawl.schema import Table


@dataclass(slots=True)
class VerifyReport:
    """What a verification found. ``problems`` are disagreements, ``notes`` are not."""

    files: int = 0
    rows: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything agrees."""
        return not self.problems


def verify_output(
    store: Store, logs: Mapping[str, DeltaLog], state: State, indexed: int | None = None
) -> VerifyReport:
    """Read every live file wholly (page checksums included) and compare.

    Checked: each file the log names is there, with its size, rows, schema, month and sound pages;
    no version twice; versions of files and outbox = versions of the state, each with its article,
    each URL's article known; no file that is neither live nor kept for older snapshots. Where other
    states write to the output, too, what they alone know is noted.
    """
    report = VerifyReport()
    report.problems += [f"{state.path}: {problem}" for problem in state.check()]
    # The state is looked at first and the log after it: what was accepted by then is in the
    # outbox of this view or in a file of this log, whatever is written meanwhile.
    with SeenVersions(state) as seen:
        for log in logs.values():
            _verify_table(store, log, report, seen if log.table.name == "articles" else None)
        report.problems += seen.problems()
        others = other_states(state, logs["articles"])
        (report.notes if others else report.problems).extend(seen.unknown())
        report.notes.append(f"{seen.in_files} versions in files, {seen.waiting} in the outbox")
        known = seen.versions
    for log in logs.values():
        _verify_folder(store, log, state, report)
    if indexed is not None and indexed != known:
        report.problems.append(f"the story index holds {indexed} versions, the state {known}")
    held = outbox.pending_rows(state.connection)
    if held:
        report.notes.append(f"{held} accepted rows wait in the outbox for the next flush")
    return report


def _verify_table(
    store: Store, log: DeltaLog, report: VerifyReport, seen: SeenVersions | None
) -> None:
    for file in list(log.update().files.values()):
        path = f"{log.table.name}/{file.path}"
        report.files += 1
        try:
            for batch in _checked_batches(store, log.table, file, report):
                report.rows += batch.num_rows
                if seen is not None:
                    seen.add_file(batch, path)
        except (OSError, pa.ArrowException, ValueError) as error:
            report.problems.append(f"{path}: cannot be read: {error}")


def _verify_folder(store: Store, log: DeltaLog, state: State, report: VerifyReport) -> None:
    """Name files that belong to nothing."""
    name = log.table.name
    there = store.names(f"{name}/data")
    # asked after the listing: a file that was being committed meanwhile is known by now
    sealed = set(outbox.sealed_batches(state.connection))
    unfinished = noted(state)
    at = log.update()
    for path in there:
        relative = path.removeprefix(f"{name}/")
        if relative in at.files or relative in at.gone:
            continue
        batch = relative.rsplit("/", 1)[1].removeprefix("part-").removesuffix(".parquet")
        if batch in sealed or path in unfinished:
            report.notes.append(f"{path}: of an unfinished step, settled at the next start")
        elif is_of_another(batch, state):
            report.notes.append(f"{path}: of an unfinished flush of another state")
        elif store.size(path) is not None:
            report.problems.append(f"{path}: stands in no commit")


def _checked_batches(
    store: Store, table: Table, file: DataFile, report: VerifyReport
) -> Iterator[pa.RecordBatch]:
    path = f"{table.name}/{file.path}"
    if store.size(path) is None:
        report.problems.append(f"{path}: is in the log and not in the folder")
        return
    size, digest = store.fingerprint(path)
    if size != file.size:
        report.problems.append(f"{path}: {size} bytes, the log says {file.size}")
    elif file.sha256 and digest != file.sha256:
        report.problems.append(f"{path}: the content has changed since it was written")
    source = pq.ParquetFile(
        store.locate(path), filesystem=store.filesystem, page_checksum_verification=True
    )
    with source:
        if source.metadata.num_rows != file.rows:
            rows = source.metadata.num_rows
            report.problems.append(f"{path}: {rows} rows, the log says {file.rows}")
        known = {f.name: f for f in table.arrow}
        for column in source.schema_arrow:
            if column.name in known and column.type != known[column.name].type:
                report.problems.append(f"{path}: column {column.name} is {column.type}")
        month = file.partition.get(table.partition) if table.partition else None
        at = "fetched_at" if table.name == "articles" else "found_at"
        for batch in source.iter_batches(batch_size=8192):
            if month is not None and (others := _months(batch.column(at)) - {month}):
                report.problems.append(f"{path}: rows of {', '.join(sorted(others))}")
            yield batch


def _months(times: pa.Array) -> set[str]:
    """The months of some moments."""
    counts = times.cast(pa.int64())
    ends = {month_of(from_micros(end)) for end in pc.min_max(counts).as_py().values()}
    if len(ends) < 2:  # so all that lies between is of the same
        return ends
    return {month_of(from_micros(count)) for count in counts.unique().to_pylist()}
