"""One WARC file, shaped as CC-NEWS is, of the pages of the evaluation corpus."""

from __future__ import annotations

import gzip
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "extraction"))
from corpus import corpus_folder, records

from newscrawl.archive import Archive, Exchange

AT = datetime(2026, 1, 1, tzinfo=UTC)


def build(folder: Path, most: int | None = None) -> tuple[Path, int]:
    """Write the file below ``folder`` unless it is there; the file and its number of pages.

    A page whose address is not known gets one under its host, or under a host of its own.
    """
    chosen = sorted(records(corpus_folder()), key=lambda r: str(r["id"]))[:most]
    name = f"corpus-{len(chosen)}"
    path = folder / f"{name}-00000.warc.gz"
    if path.exists():
        return path, len(chosen)
    archive = Archive(folder, name, software="newscrawl benchmark", max_bytes=1 << 40)
    for n, record in enumerate(chosen):
        url = str(record.get("url") or "")
        parts = urlsplit(url)
        # some records know the host only
        if parts.scheme not in {"http", "https"} or not parts.path.strip("/"):
            url = f"https://{record.get('host') or f'host{n}.example'}/news/{n}"
        with gzip.open(Path(record["_folder"]) / record["page"]) as page:
            body = page.read()
        headers = (("Content-Type", "text/html"),)
        archive.keep(Exchange(url, "GET", (), b"", 200, headers, body), AT)
    archive.close()
    return path, len(chosen)
