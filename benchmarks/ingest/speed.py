"""CPU seconds of ingesting real pages from one WARC file, end to end into Parquet.

    python benchmarks/ingest/speed.py                # all pages
    python benchmarks/ingest/speed.py --pages 300    # the first of them
    python benchmarks/ingest/speed.py --ways workers=1,workers=2,extraction,extraction*2 --rounds 3
    python benchmarks/ingest/speed.py --pages 100 --ways workers=0,news-please --news-please PYTHON

Each way reads the same file in a process of its own: newscrawl (in one process, and with one and
two workers), its extraction alone, trafilatura writing JSON lines, and the floor (WARC reading and
lxml's parse, nothing kept). CPU seconds of a process and its children do not depend on what else
the machine does; they are given without the start of the interpreter and imports. Item counts are
asserted. Of several rounds the quickest counts.

Scaling over workers is limited by the machine: ``WAY*2`` is two copies at the same time that share
nothing, of ``arithmetic`` (a job that needs nothing but a core) or of a way. What two of them gain
over one is the most that two workers can. The wall clock means something on an
idle machine only; how idle it was is printed.
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

WAYS = (
    "floor", "extraction", "workers=0", "workers=1", "workers=2", "trafilatura",
    "arithmetic", "arithmetic*2", "extraction*2",
)  # fmt: skip


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


def extraction(path: Path, _: Path) -> int:
    """WARC reading and our extraction alone: nothing is cleaned, matched or stored."""
    from newscrawl.extract import page_of, read_article

    count = 0
    for url, body in pages(path):
        read_article(page_of(body, url), None)
        count += 1
    return count


def arithmetic() -> None:
    """A job that needs nothing but a core."""
    number = 1
    for _ in range(12_000_000):
        number = number * 6364136223846793005 % 18446744073709551557


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
    import pyarrow.dataset  # noqa: F401

    from newscrawl import ingest  # noqa: F401

    print("ready", flush=True)
    sys.stdin.readline()
    with tempfile.TemporaryDirectory(prefix="newscrawl-ingest-") as folder:
        began, wall, rows, count = cpu(), time.monotonic(), 0, 0
        before = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        if way == "arithmetic":
            arithmetic()
        elif way.startswith("workers="):
            count, rows = ours(path, Path(folder), int(way.removeprefix("workers=")))
        else:
            do = {"floor": floor, "extraction": extraction, "trafilatura": trafilatura}[way]
            count = do(path, Path(folder))
        own = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        parent = own - before
        return {
            "rows": rows, "parent": parent,
            "pages": count, "cpu": cpu() - began, "wall": time.monotonic() - wall, "own": own,
        }  # fmt: skip


def run(way: str, commands: list[list[str]]) -> dict[str, float]:
    """One way in processes of its own, all at the same time."""
    children = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for command in commands
    ]
    for child in children:
        assert child.stdout is not None
        if (line := child.stdout.readline().strip()) != "ready":
            raise SystemExit(f"{way}: {line}")
    busy, began = machine(), time.monotonic()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    told = [child.communicate()[0] for child in children]
    if any(child.returncode for child in children):
        raise SystemExit(f"{way} ended with {[child.returncode for child in children]}")
    found = [json.loads(text.splitlines()[-1]) for text in told]
    one: dict[str, float] = {**found[0], "wall": max(x["wall"] for x in found)}
    one["cpu"] = sum(x["cpu"] for x in found)
    used = machine() - busy - sum(x["cpu"] for x in found)
    one["others"] = max(0.0, used / (time.monotonic() - began))
    return one


def machine() -> float:
    """CPU seconds that all processes of the machine have used; 0 where it does not tell."""
    try:
        words = Path("/proc/stat").read_text(encoding="ascii").split(maxsplit=9)[1:9]
    except OSError:
        return 0.0
    user, nice, system, _idle, _wait, irq, soft, _steal = map(int, words)
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--news-please", metavar="PYTHON", help="of an environment that has it")
    parser.add_argument("--ways", default=",".join(WAYS), help="WAY*2 is two copies at once")
    args = parser.parse_args()
    path, count = build(args.folder, args.pages)
    if args.way:
        print(json.dumps(measure(args.way, path)))
        return
    print(f"{path.name}: {count} pages, {path.stat().st_size / 1e6:.0f} MB packed")
    print(
        f"{'':14}{'CPU s':>8}{'pages/s a core':>16}{'driver CPU s':>14}{'wall s':>9}"
        f"{'cores used by others':>22}"
    )
    found: dict[str, dict[str, float]] = {}
    for n in range(args.rounds):
        for way in args.ways.split(","):
            name, _, copies = way.partition("*")
            command = [sys.executable, __file__, "--way", name, "--folder", str(args.folder)]
            command += ["--pages", str(args.pages)] if args.pages else []
            if name == "news-please":
                script = Path(__file__).with_name("news_please.py")
                command = [args.news_please, str(script), str(path)]
            one = run(way, [command] * int(copies or 1))
            assert one["pages"] == (0 if name == "arithmetic" else count), (way, one, count)
            speed = f"{count * int(copies or 1) / one['cpu']:16.0f}"
            print(
                f"{way:14}{one['cpu']:8.1f}{' ' * 16 if name == 'arithmetic' else speed}"
                f"{one['parent']:14.2f}{one['wall']:9.1f}{one['others']:22.1f}",
                flush=True,
            )
            best = found.setdefault(way, one)
            found[way] = {key: min(best[key], one[key]) for key in one}
        if n + 1 < args.rounds:
            print()
    sum_up(found)


def sum_up(found: dict[str, dict[str, float]]) -> None:
    """Print the ratios; the quickest of all rounds counts."""
    rows = {one["rows"] for way, one in found.items() if way.startswith("workers")}
    assert len(rows) < 2, f"rows differ with the number of workers: {rows}"
    if "workers=0" in found:
        base = found["workers=0"]["cpu"]
        for way in ("trafilatura", "news-please", "floor", "extraction"):
            if way in found:
                print(f"newscrawl needs {base / found[way]['cpu']:.3f} x the CPU of {way}")
    for way in found:
        name, _, copies = way.partition("*")
        if copies and name in found:
            gain = int(copies) * found[name]["wall"] / found[way]["wall"]
            slow = found[way]["cpu"] / int(copies) / found[name]["cpu"]
            print(
                f"{copies} copies of {name}: {gain:.2f} x one by the wall clock, what the machine"
                f" gives; CPU of each {slow:.2f} x"
            )
    if {"workers=1", "workers=2"} <= found.keys():
        one, two = found["workers=1"], found["workers=2"]
        print(f"two workers: {one['wall'] / two['wall']:.2f} x one by the wall clock")
        # what limits the workers whatever else the machine does: CPU of the driver, that of one
        # worker, and what each further worker costs to start, on as many cores as workers
        parent, worker = two["parent"], one["cpu"] - one["parent"]
        begin = two["cpu"] - two["parent"] - worker
        busiest = max((worker + max(0.0, begin) + parent) / 2, parent)
        print(f"two workers: {max(worker, parent) / busiest:.2f} x one by CPU on two cores")


if __name__ == "__main__":
    main()
