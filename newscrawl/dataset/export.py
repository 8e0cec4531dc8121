"""A plain folder of Parquet files for tools that read globs, and the layout of a data hub.

The files are hard links where the file system can, copies where it cannot; the folder appears
whole or not at all.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from newscrawl.dataset.errors import OutputUnwritable
from newscrawl.dataset.snapshot import DatasetSnapshot
from newscrawl.dataset.store import Store, open_store

_CARD = """---
configs:
{configs}
---

# News articles collected by newscrawl

One folder a table; `articles` holds one row a version of an article. The columns are described in
newscrawl's documentation of the dataset. Exported from version {version}.
"""


@dataclass(frozen=True, slots=True)
class Export:
    """What was exported."""

    folder: str
    files: int
    rows: int


def export(snapshots: list[DatasetSnapshot], folder: str | Path) -> Export:
    """Link the live files of the snapshots into a new folder, ``<folder>/<table>/...``.

    Raises:
        FileExistsError: the folder is there already.
        OutputUnwritable: it cannot be written.
    """
    target = Path(folder)
    if target.exists():
        raise FileExistsError(f"{target} exists; an export makes a new folder")
    staging = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    configs = []
    files = rows = 0
    try:
        for snapshot in snapshots:
            store = open_store(snapshot.uri)
            for file in snapshot.live:
                relative = file.path.removeprefix("data/")
                place = staging / snapshot.table / relative
                place.parent.mkdir(parents=True, exist_ok=True)
                _bring(store, f"{snapshot.table}/{file.path}", place)
                files += 1
                rows += file.rows
            if snapshot.live:
                pattern = f"{snapshot.table}/**/*.parquet"
                configs.append(f"- config_name: {snapshot.table}\n  data_files: {pattern}")
        card = _CARD.format(configs="\n".join(configs), version=snapshots[0].version)
        staging.mkdir(parents=True, exist_ok=True)
        (staging / "README.md").write_text(card, encoding="utf-8")
        staging.rename(target)
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise OutputUnwritable(str(target), error.strerror or str(error)) from error
    return Export(str(target), files, rows)


def _bring(store: Store, path: str, place: Path) -> None:
    try:
        os.link(store.locate(path), place)
    except OSError:
        # another file system, one without links, or an object store
        place.write_bytes(store.read(path) or b"")
