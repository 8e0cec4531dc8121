"""Does everything agree: logs, files, outbox and state?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.parquet as pq

from newscrawl.dataset import outbox
from newscrawl.dataset.conform import from_micros, month_of
from newscrawl.dataset.delta_log import DataFile, DeltaLog
from newscrawl.dataset.state import State
from newscrawl.dataset.store import Store
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
    each URL's article known; no file that is neither live nor kept for older snapshots.
    """
    report = VerifyReport()
    report.problems += [f"{state.path}: {problem}" for problem in state.check()]
    # the state first: rows that are accepted later may be flushed while files are read
    sealed = set(outbox.sealed_batches(state.connection))
    for log in logs.values():
        versions = _verify_table(store, log, sealed, report)
        if log.table.name == "articles":
            _compare_versions(state, log.table, versions, report)
    known = state.connection.execute("SELECT count(*) FROM versions").fetchone()[0]
    if indexed is not None and indexed != known:
        report.problems.append(f"the story index holds {indexed} versions, the state {known}")
    held = outbox.pending_rows(state.connection)
    if held:
        report.notes.append(f"{held} accepted rows wait in the outbox for the next flush")
    return report


def _verify_table(
    store: Store, log: DeltaLog, sealed: set[str], report: VerifyReport
) -> dict[str, str]:
    """Check a table's files; its version_id -> article_id for articles."""
    table = log.table
    at = log.update()
    seen: dict[str, str] = {}
    for file in at.files.values():
        path = f"{table.name}/{file.path}"
        report.files += 1
        try:
            for batch in _checked_batches(store, table, file, report):
                report.rows += batch.num_rows
                if table.name == "articles":
                    _collect(batch, path, seen, report)
        except (OSError, pa.ArrowException) as error:
            report.problems.append(f"{path}: cannot be read: {error}")
    for path in store.names(f"{table.name}/data"):
        relative = path.removeprefix(f"{table.name}/")
        if relative in at.files:
            continue
        batch_name = relative.rsplit("/", 1)[1].removeprefix("part-").removesuffix(".parquet")
        if batch_name in sealed:
            report.notes.append(f"{path}: of an interrupted flush, finished at the next start")
        elif relative not in at.gone:
            report.problems.append(f"{path}: stands in no commit")
    return seen


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
            if month is not None:
                counts = batch.column(at).cast(pa.int64()).unique().to_pylist()
                others = {month_of(from_micros(count)) for count in counts} - {month}
                if others:
                    report.problems.append(f"{path}: rows of {', '.join(sorted(others))}")
            yield batch


def _collect(batch: pa.RecordBatch, path: str, seen: dict[str, str], report: VerifyReport) -> None:
    versions, articles = batch.column("version_id"), batch.column("article_id")
    for version, article in zip(versions.to_pylist(), articles.to_pylist(), strict=True):
        if version in seen:
            report.problems.append(f"{path}: version {version} is there twice")
        seen[version] = article


def _compare_versions(
    state: State, table: Table, seen: dict[str, str], report: VerifyReport
) -> None:
    stored = len(seen)
    with state.lock:
        connection = state.connection
        waiting: dict[str, str] = {}
        for batch in outbox.all_rows(connection, table):
            versions, articles = batch.column("version_id"), batch.column("article_id")
            waiting.update(zip(versions.to_pylist(), articles.to_pylist(), strict=True))
        known = {
            version.hex(): article.hex()
            for version, article in connection.execute(
                "SELECT v.version_id, v.article_id FROM versions AS v LEFT JOIN articles AS a"
                " USING (article_id) WHERE a.taken_down_at IS NULL"
            )
        }
        orphans = connection.execute(
            "SELECT count(*) FROM versions AS v LEFT JOIN articles AS a USING (article_id)"
            " WHERE a.article_id IS NULL"
        ).fetchone()[0]
        astray = connection.execute(
            "SELECT count(*) FROM urls AS u LEFT JOIN articles AS a USING (article_id)"
            " WHERE u.article_id IS NOT NULL AND a.article_id IS NULL"
        ).fetchone()[0]
    seen.update(waiting)
    lost = [version for version in known if version not in seen]
    unknown = [version for version in seen if version not in known]
    differing = [v for v, article in seen.items() if known.get(v, article) != article]
    for count, what in (
        (len(lost), f"versions are in the state and in no file (first: {(lost or ['-'])[0]})"),
        (len(unknown), f"versions are in the files and not in the state "
                       f"(first: {(unknown or ['-'])[0]})"),
        (len(differing), "versions have another article in the state than in the files"),
        (orphans, "versions of the state have no article"),
        (astray, "URLs of the state lead to an unknown article"),
    ):  # fmt: skip
        if count:
            report.problems.append(f"{count} {what}")
    report.notes.append(f"{stored} versions in files, {len(waiting)} in the outbox")
