"""Reading the evaluation corpus: truth records and the pages they belong to."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def shared_folder() -> Path:
    """The folder of shared data: NEWSCRAWL_SHARED, else beside the repository."""
    default = Path(__file__).resolve().parents[3] / "shared"
    return Path(os.environ.get("NEWSCRAWL_SHARED", default))


def corpus_folder(part: str = "dev") -> Path:
    """The folder of one half of the extraction corpus."""
    return shared_folder() / "eval" / "extraction" / part


def records(folder: Path) -> Iterator[Record]:
    """All truth records below a folder, set by set."""
    for file in sorted(folder.rglob("truth.jsonl")):
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line) | {"_folder": str(file.parent)}


def page_html(record: Record) -> str:
    """The page of a record, decoded with the encoding the corpus names."""
    with gzip.open(Path(record["_folder"]) / record["page"]) as page:
        return page.read().decode(record["encoding"], "replace")
