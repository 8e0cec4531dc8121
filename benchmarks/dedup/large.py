"""An index of many millions of stories: time to open, look-ups a second, memory.

    python benchmarks/dedup/large.py --stories 10000000

The segments are written directly, with random prints and keys in place of those of ten million
texts (about 190 bytes of disk a story); then a fresh process opens the index and assigns batches
of new stories, as a crawl does.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from growth import articles, connect, private_bytes, story

from newscrawl.dedup import StoryIndex
from newscrawl.dedup.segments import LOCAL_BITS, RECORD, write_segment
from newscrawl.dedup.story_store import LARGEST

PRINTS = 14


def build(folder: Path, stories: int) -> None:
    rng = np.random.default_rng(7)
    db = connect(folder)
    index = StoryIndex(db, folder / "stories")
    first = 1
    while first <= stories:
        count = min(LARGEST, stories + 1 - first)
        records = np.zeros(count, dtype=RECORD)
        records["version"] = np.frombuffer(rng.bytes(16 * count), dtype="S16")
        records["cluster"] = records["version"]
        records["at"] = 1_767_225_600 + rng.integers(0, 30 * 86_400, count)
        tables = []
        for each in (2, PRINTS):
            local = np.tile(np.arange(count, dtype=np.uint64), each)
            values = rng.integers(0, 1 << 40, len(local), dtype=np.uint64)
            values <<= np.uint64(LOCAL_BITS)
            values |= local
            values.sort()
            tables.append(values)
        name = f"{first:012d}-{count}-large.seg"
        write_segment(folder / "stories", name, first, records, *tables)
        db.execute(
            "INSERT INTO dedup_segment VALUES(?,?,?,?,1)",
            (first, name, count, int(records["at"].max())),
        )
        first += count
    size = index.size()
    print(
        f"{size.stories:,} stories, {size.index_bytes / size.stories:.1f} B disk each", flush=True
    )
    db.close()


def use(folder: Path, batches: int = 20, batch: int = 1000) -> None:
    start = time.perf_counter()
    db = connect(folder)
    db.execute("BEGIN IMMEDIATE")
    index = StoryIndex(db, folder / "stories")
    index.assign([story(0, "A story of its own.")])
    db.execute("COMMIT")
    print(f"opened, with a first look-up, in {1000 * (time.perf_counter() - start):.0f} ms")
    stories = [
        story(10**9 + n, text) for n, (text, _) in enumerate(articles(batches * batch, seed=99))
    ]
    base = private_bytes()
    cpu, wall = time.process_time(), time.perf_counter()
    for i in range(0, len(stories), batch):
        db.execute("BEGIN IMMEDIATE")
        index.assign(stories[i : i + batch])
        db.execute("COMMIT")
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{len(stories) / cpu:,.0f} articles/s of CPU, {len(stories) / wall:,.0f}/s of wall time;"
          f" {(private_bytes() - base) / 2**20:.0f} MiB of private memory")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=10_000_000)
    parser.add_argument("--use", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.use:
        use(options.use)
        return
    folder = Path(tempfile.mkdtemp(prefix="dedup-large-"))
    try:
        build(folder, options.stories)
        for _ in range(2):
            subprocess.run([sys.executable, __file__, "--use", str(folder)], check=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
