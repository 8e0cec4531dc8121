"""How the story index grows, beside MinHash libraries in the same run.

    python benchmarks/dedup/growth.py --sizes 10000 100000 1000000 --rivals-up-to 10000

Synthetic articles (about 1,400 characters, an invented vocabulary; 15 % are edited copies of one of
the 500 before). For each size: articles a second over the last part of the growth (everything
included: fingerprints, look-up, comparison, SQLite commit with fsync), bytes on disk an article,
private memory of the process beyond its start, and the time to open
the index and look up a first story. CPU seconds are used for rates, so that other
work on the machine does not count; wall time is shown as well.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path

import numpy as np
import psutil

from newscrawl.dedup import Story, StoryIndex, fingerprints

START = datetime(2026, 1, 1, tzinfo=UTC)
COPIES = 0.15
MEASURED = 20_000


def vocabulary(rng: np.random.Generator) -> np.ndarray:
    """30,000 invented words of 2 to 12 letters."""
    letters = np.array(list("aaabcdeeefghiiijklmnooopqrstuuuvwxyz"))
    return np.array(
        ["".join(rng.choice(letters, size)) for size in rng.integers(2, 13, 30_000)], dtype=object
    )


def articles(count: int, seed: int = 1) -> Iterator[tuple[str, int | None]]:
    """Texts, each with the number of the article it is a copy of, or None."""
    rng = np.random.default_rng(seed)
    words = vocabulary(rng)
    recent: list[list[str]] = []
    for n in range(count):
        back = int(rng.integers(1, len(recent) + 1)) if recent else 0
        if rng.random() < COPIES and back and len(recent[-back]) > 6:
            lines = list(recent[-back])
            del lines[-int(rng.integers(1, 4)) :]
            lines[0] = " ".join(words[rng.integers(0, len(words), 25)])
            source: int | None = n - back
        else:
            picked = words[rng.integers(0, len(words), 190)]
            lines = [" ".join(picked[i : i + 19]) for i in range(0, 190, 19)]
            source = None
        recent.append(lines)
        if len(recent) > 500:
            del recent[0]
        yield "\n".join(lines), source


def private_bytes() -> int:
    """Memory of this process that is not a mapped file."""
    info = psutil.Process().memory_full_info()
    return int(info.rss - info.shared)


def hexed(n: int) -> str:
    return md5(str(n).encode(), usedforsecurity=False).hexdigest()


def story(n: int, text: str) -> Story:
    return Story(
        version_id=hexed(n),
        article_id=hexed(-n - 1),
        url=f"https://paper{n % 200}.example/{n}",
        site=f"paper{n % 200}",
        title=text[:60],
        text=text,
        published_at=START + timedelta(seconds=n),
    )


def connect(folder: Path) -> sqlite3.Connection:
    db = sqlite3.connect(folder / "state.sqlite", isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    return db


def grow(folder: Path, sizes: list[int], batch: int) -> None:
    db = connect(folder)
    index = StoryIndex(db, folder / "stories")
    base = private_bytes()
    print(f"{'articles':>10} {'art./s':>8} {'wall/s':>8} {'found':>6} {'disk B':>7} {'text B':>7}"
          f" {'RAM MiB':>7} {'open ms':>8} segments")  # fmt: skip
    pending: list[Story] = []
    expected: list[str | None] = []
    cpu = wall = 0.0
    done = hits = copies = 0
    source = articles(max(sizes))
    sizes = sorted(sizes)
    for n, (text, copy_of) in enumerate(source):
        pending.append(story(n, text))
        expected.append(None if copy_of is None else hexed(copy_of))
        if len(pending) < batch and n + 1 != sizes[0]:
            continue
        measured = n + 1 > sizes[0] - MEASURED
        start_cpu, start_wall = time.process_time(), time.perf_counter()
        db.execute("BEGIN IMMEDIATE")
        found = index.assign(pending)
        db.execute("COMMIT")
        if measured:
            cpu += time.process_time() - start_cpu
            wall += time.perf_counter() - start_wall
            done += len(pending)
            copies += sum(e is not None for e in expected)
            hits += sum(
                e is not None and a.duplicate_of is not None
                for a, e in zip(found, expected, strict=True)
            )
        pending, expected = [], []
        if n + 1 == sizes[0]:
            size = index.size()
            used = private_bytes() - base
            start = time.perf_counter()
            again = connect(folder)
            again.execute("BEGIN IMMEDIATE")
            StoryIndex(again, folder / "stories").assign([story(-7, "A story of its own.")])
            again.execute("ROLLBACK")
            opened = time.perf_counter() - start
            again.close()
            print(
                f"{n + 1:>10,} {done / cpu:>8,.0f} {done / wall:>8,.0f} {hits / copies:>6.1%}"
                f" {size.index_bytes / (n + 1):>7.1f} {size.text_bytes / (n + 1):>7.1f}"
                f" {used / 2**20:>7.1f} {1000 * opened:>8.1f} {size.segments}",
                flush=True,
            )
            sizes.pop(0)
            cpu = wall = 0.0
            done = hits = copies = 0
            if not sizes:
                break
    db.close()


def rivals(count: int) -> None:
    """MinHash of word 5-grams with 128 permutations and an LSH index in memory."""
    texts = [text for text, _ in articles(count)]
    start = time.process_time()
    fingerprints(texts)
    took = time.process_time() - start
    print(f"{'newscrawl fingerprints':<28} {count / took:>9,.0f}/s")

    def shingles(text: str) -> list[str]:
        words = text.split()
        return [" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))]

    import datasketch
    import rensa

    for name in ("datasketch", "rensa"):
        base = private_bytes()
        lsh = (
            datasketch.MinHashLSH(threshold=0.3, num_perm=128)
            if name == "datasketch"
            else rensa.RMinHashLSH(threshold=0.3, num_perm=128, num_bands=32)
        )
        hashing = indexing = 0.0
        for n, text in enumerate(texts):
            start = time.process_time()
            if name == "datasketch":
                mark = datasketch.MinHash(num_perm=128)
                mark.update_batch([shingle.encode() for shingle in shingles(text)])
            else:
                mark = rensa.RMinHash(num_perm=128, seed=1)
                mark.update(shingles(text))
            middle = time.process_time()
            lsh.query(mark)
            lsh.insert(n, mark)
            hashing += middle - start
            indexing += time.process_time() - middle
        used = (private_bytes() - base) / count
        print(f"{name + ' fingerprints':<28} {count / hashing:>9,.0f}/s   with index in memory"
              f" {count / (hashing + indexing):>7,.0f}/s, {used:,.0f} B RAM each")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--batch", type=int, default=1000)
    parser.add_argument("--rivals-up-to", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where to build it; kept (default: temporary)")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="dedup-growth-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        grow(folder, options.sizes, options.batch)
        if options.rivals_up_to:
            rivals(options.rivals_up_to)
    finally:
        if options.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
