"""CPU seconds of ingesting real pages from one WARC file, end to end into Parquet.

    python benchmarks/ingest/speed.py                # all pages
    python benchmarks/ingest/speed.py --pages 300    # the first of them
    python benchmarks/ingest/speed.py --pages 100 --ways workers=0,news-please --news-please PYTHON

Each way reads the same file in a process of its own: newscrawl (in one process, and with one and
two workers), trafilatura writing JSON lines, and the floor (WARC reading and lxml's parse, nothing
kept). CPU seconds of a process and its children do not depend on what else the machine does; they
are given without the start of the interpreter and imports. Item counts are asserted. For the
scaling over workers the wall clock is printed too; it means something on an idle machine only.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from make_warc import build

from newscrawl.archive import WarcReader, WarcRecord, read_body, read_head


def pages(path: Path) -> Iterator[tuple[str, bytes]]:
    """Address and content of each response."""
    with WarcReader(path) as reader:
        for record in reader:
            assert isinstance(record, WarcRecord), record
            if record.type == "response" and record.block is not None:
                head = read_head(record.block)
                yield record.uri, read_body(record.block, head, 1 << 24)


def floor(path: Path, _: Path) -> int:
    """WARC reading and lxml alone."""
    import lxml.html

    count = 0
    for _url, body in pages(path):
        with contextlib.suppress(Exception):  # an empty page
            lxml.html.document_fromstring(body)
        count += 1
    return count


def trafilatura(path: Path, folder: Path) -> int:
    """trafilatura with metadata, a JSON line a page."""
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    count = 0
    with (folder / "out.jsonl").open("w", encoding="utf-8") as out:
        for url, body in pages(path):
            found = bare_extraction(body, url=url, with_metadata=True)
            row = found.as_dict() if found else {}
            for key in ("body", "commentsbody"):
                row.pop(key, None)
            out.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
            count += 1
    return count


def ours(path: Path, folder: Path, workers: int) -> tuple[int, int]:
    """The command's own work; pages that were accounted for, and rows of articles."""
    from newscrawl.dataset import open_dataset
    from newscrawl.ingest import Ingestion, IngestOptions

    options = IngestOptions(output=str(folder / "out"), sites={}, workers=workers)
    summary = Ingestion(options).ingest([path])
    assert summary.exit_code == 0, summary
    rows = open_dataset(str(folder / "out")).count()
    assert rows == summary.total("stored") + summary.total("new_versions")
    logged = open_dataset(str(folder / "out"), table="fetch_log").count()
    assert logged == summary.total("found"), (logged, summary.total("found"))
    return summary.total("found"), rows


def cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    return sum(
        sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def measure(way: str, path: Path) -> dict[str, float]:
    """Run one way in this process and say what it cost."""
    import lxml.html  # noqa: F401 - imports are not what is measured

    from newscrawl import ingest  # noqa: F401

    with tempfile.TemporaryDirectory(prefix="newscrawl-ingest-") as folder:
        began, wall, rows = cpu(), time.monotonic(), 0
        before = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        if way == "floor":
            count = floor(path, Path(folder))
        elif way == "trafilatura":
            count = trafilatura(path, Path(folder))
        else:
            count, rows = ours(path, Path(folder), int(way.removeprefix("workers=")))
        own = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        parent = own - before
        return {
            "rows": rows, "parent": parent,
            "pages": count, "cpu": cpu() - began, "wall": time.monotonic() - wall, "own": own,
        }  # fmt: skip


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Ingestion speed.")
    parser.add_argument("--pages", type=int)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--way")
    parser.add_argument("--news-please", metavar="PYTHON", help="of an environment that has it")
    parser.add_argument("--ways", default="floor,workers=0,workers=1,workers=2,trafilatura")
    args = parser.parse_args()
    path, count = build(args.folder, args.pages)
    if args.way:
        print(json.dumps(measure(args.way, path)))
        return
    found: dict[str, dict[str, float]] = {}
    print(f"{path.name}: {count} pages, {path.stat().st_size / 1e6:.0f} MB packed")
    print(f"{'':14}{'CPU s':>8}{'pages/s a core':>16}{'parent CPU s':>14}{'wall s':>9}")
    for way in args.ways.split(","):
        command = [sys.executable, __file__, "--way", way, "--folder", str(args.folder)]
        command += ["--pages", str(args.pages)] if args.pages else []
        if way == "news-please":
            command = [args.news_please, str(Path(__file__).with_name("news_please.py")), str(path)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, env=dict(os.environ)
        )
        one = found[way] = json.loads(done.stdout.splitlines()[-1])
        assert one["pages"] == count, (way, one, count)
        print(
            f"{way:14}{one['cpu']:8.1f}{count / one['cpu']:16.0f}{one['own']:14.1f}"
            f"{one['wall']:9.1f}"
        )
    rows = {one["rows"] for way, one in found.items() if way.startswith("workers")}
    assert len(rows) < 2, f"rows differ with the number of workers: {rows}"
    if "workers=0" in found:
        base = found["workers=0"]["cpu"]
        for way in ("trafilatura", "news-please", "floor"):
            if way in found:
                print(f"newscrawl needs {base / found[way]['cpu']:.3f} x the CPU of {way}")
    if {"workers=1", "workers=2"} <= found.keys():
        ratio = found["workers=1"]["wall"] / found["workers=2"]["wall"]
        print(f"two workers: {ratio:.2f} x one, by the wall clock")
        # what limits the workers whatever else the machine does: CPU of the parent, that of one
        # worker, and what each further worker costs to start, on as many cores as workers
        one, two = found["workers=1"], found["workers=2"]
        parent, worker = two["parent"], one["cpu"] - one["parent"]
        begin = two["cpu"] - two["parent"] - worker
        busiest = max((worker + max(0.0, begin) + parent) / 2, parent)
        print(f"two workers: {max(worker, parent) / busiest:.2f} x one, by CPU on two cores")


if __name__ == "__main__":
    main()
