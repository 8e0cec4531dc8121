"""Take-down: the text of an article leaves every file and every snapshot; its address stays known.

Order, so that a kill anywhere leaves nothing half done for ever: the article is marked in the
state (from then on it is refused) with its tombstone -> the outbox is flushed -> clean copies of
all files that hold it -> the map of old to new files -> one log entry -> the old files are deleted.
What was made or is to be deleted is noted first (`unfinished`), and every start settles it. A
take-down that was killed before its log entry is completed by the same command.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from newscrawl.dataset.conform import micros
from newscrawl.dataset.delta_log import Action, DeltaLog, LogState
from newscrawl.dataset.errors import OutputUnwritable
from newscrawl.dataset.flush import describe
from newscrawl.dataset.last_texts import take_down_last_text
from newscrawl.dataset.parquet_files import COMPACT_LEVEL, conform_batch, write_parquet
from newscrawl.dataset.replaced import note_replaced
from newscrawl.dataset.state import State
from newscrawl.dataset.store import Store
from newscrawl.dataset.unfinished import note, settle


@dataclass(frozen=True, slots=True)
class Takedown:
    """What a take-down did: the articles, the rows that are gone, the files rewritten."""

    articles: tuple[str, ...]
    rows: int
    files: int


def find_articles(state: State, store: Store, url: str) -> dict[str, str]:
    """article_id -> canonical URL of the articles that a URL names, in any of its forms."""
    found: dict[str, str] = {}
    with state.lock:
        rows = state.connection.execute(
            "SELECT a.article_id, a.canonical_url FROM urls AS u JOIN articles AS a"
            " USING (article_id) WHERE u.url = ?1 UNION"
            " SELECT article_id, canonical_url FROM articles WHERE canonical_url = ?1",
            (url,),
        ).fetchall()
    found.update((identity.hex(), canonical) for identity, canonical in rows)
    columns = ["url", "requested_url", "canonical_url"]
    for path in store.names("articles/data"):
        with pq.ParquetFile(store.locate(path), filesystem=store.filesystem) as file:
            for batch in file.iter_batches(columns=["article_id", *columns]):
                table = pa.table(batch)
                wanted = pc.field("url") == url
                for column in columns[1:]:
                    wanted = wanted | (pc.field(column) == url)
                for row in table.filter(wanted).to_pylist():
                    found.setdefault(row["article_id"], row["canonical_url"])
    return found


def mark_taken_down(state: State, articles: Mapping[str, str], now: datetime) -> None:
    """In a transaction: refuse the articles from now on, and forget their headlines."""
    for identity in articles:
        key = bytes.fromhex(identity)
        state.connection.execute(
            "UPDATE articles SET taken_down_at = ?, title = '' WHERE article_id = ?",
            (micros(now), key),
        )
        state.connection.execute(
            "UPDATE urls SET outcome = 'taken_down', next_due = NULL, fetch_url = NULL"
            " WHERE article_id = ?",
            (key,),
        )
        take_down_last_text(state.connection, identity)


def erase(
    state: State, store: Store, log: DeltaLog, articles: Mapping[str, str], now: datetime
) -> Takedown:
    """Rewrite every file, live or kept for older snapshots, that holds rows of the articles."""
    wanted = pa.array(list(articles), pa.string())
    rows = files = 0
    while True:
        found = _clean_copies(state, store, log, wanted, now)
        if not found.old:
            return Takedown(tuple(articles), rows, files)
        note_replaced(store, found.old)
        note(state, doomed=[f"articles/{path}" for path in found.old])
        inputs = found.old.keys() & log.update().files.keys()
        version = log.commit(found.actions, now, "DELETE", holds=_has_all(inputs))
        if version is None:
            # compacted meanwhile: look again
            for path in filter(None, found.old.values()):
                store.delete(f"articles/{path}")
            continue
        settle(state, store, {"articles": log})
        rows, files = rows + found.rows, files + len(found.old)


def _has_all(paths: Set[str]) -> Callable[[LogState], bool]:
    return lambda state: paths <= state.files.keys()


@dataclass(slots=True)
class _Copies:
    """Old path -> clean copy (None: no row left), the actions that say so, live rows gone."""

    old: dict[str, str | None] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    rows: int = 0


def _clean_copies(
    state: State, store: Store, log: DeltaLog, wanted: pa.Array, now: datetime
) -> _Copies:
    at = log.update()
    found = _Copies()
    for path in store.names("articles/data"):
        relative = path.removeprefix("articles/")
        gone, kept = _without(store, path, wanted)
        if not gone:
            continue
        new = _copy_name(relative, at.version + 1) if kept.num_rows else None
        if new is not None:
            note(state, made=[f"articles/{new}"])
            _write(store, log, new, kept)
        found.old[relative] = new
        live = at.files.get(relative)
        if live is not None:
            found.rows += gone
            found.actions.append(live.removed(now, data_change=True))
        if new is not None:
            file = describe(store, log.table, new, _partition(relative), now)
            # the copy of a file that is no longer live is not live either: vacuum takes it
            found.actions.append(file.added() if live is not None else file.removed(now))
    return found


def _without(store: Store, path: str, wanted: pa.Array) -> tuple[int, pa.Table]:
    with pq.ParquetFile(store.locate(path), filesystem=store.filesystem) as file:
        identities = file.read(["article_id"])
        mask = pc.is_in(identities["article_id"], value_set=wanted)
        gone = pc.sum(mask).as_py() or 0
        if not gone:
            return 0, identities
        return gone, file.read().filter(pc.invert(mask))


def _copy_name(old: str, version: int) -> str:
    folder, name = old.rsplit("/", 1)
    return f"{folder}/t{version}-{name}"


def _write(store: Store, log: DeltaLog, new: str, rows: pa.Table) -> None:
    path = f"articles/{new}"
    staged = store.staging(path)
    try:
        batches = (conform_batch(b, log.table) for b in rows.combine_chunks().to_batches())
        write_parquet(staged, log.table, batches, expected=rows.num_rows, level=COMPACT_LEVEL)
    except OSError as error:
        staged.unlink(missing_ok=True)
        raise OutputUnwritable(store.locate(path), error.strerror or str(error)) from error
    store.publish(staged, path)


def _partition(relative: str) -> dict[str, str]:
    parts = relative.split("/")[1:-1]
    return dict(part.split("=", 1) for part in parts if "=" in part)
