"""How accepting, flushing, opening, compacting and querying grow with the number of articles.

    python benchmarks/dataset/growth.py 10000 100000 1000000

Prints one line a size: articles a CPU second for each step (an article is a row in articles, one in
fetch_log and a URL in the state; accepted in groups of 100), milliseconds for opening and for a
query of one site (the best of three), bytes an article in hot and in compacted files and in the
state, and the peak memory of the process that did all of it. A million take a quarter of an hour.

What each step must have come to is asserted. The exit code is 1 if, from one size to the next, the
time an article of a step grows by more than half beyond n log n, or if the peak memory exceeds a
GiB.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.compute as pc

from newscrawl.dataset import Output, UrlState, compact_output, open_dataset
from newscrawl.items import Article, FetchRecord, Image, Provenance

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SITES = 200
ASKED = "site7"
GROUP = 100
ALLOWED = 1.5  # times n log n
MOST_MIB = 1024
STEPS = ("accept", "flush", "compact", "verify", "rebuild", "open", "hot", "compacted")
SYLLABLES = [
    "ka",
    "ri",
    "ten",
    "mo",
    "la",
    "su",
    "ba",
    "ชา",
    "နေ",
    "ভা",
    "ទឹក",
    "海",
    "新",
    "聞",
    "ler",
    "nam",
]


def article(number: int) -> Article:
    """An invented article of about 3,000 characters; the same for the same number."""
    dice = random.Random(number)
    words = ["".join(dice.choices(SYLLABLES, k=3)) for _ in range(60)]
    body = "\n\n".join(" ".join(dice.choices(words, k=60)) for _ in range(6))
    digest = hashlib.md5(f"{number}".encode()).hexdigest()
    site = f"site{dice.randrange(SITES)}"
    at = NOW + timedelta(seconds=number % 2_000_000)
    return Article(
        article_id=digest,
        version_id=digest[::-1],
        url=f"https://{site}.example/2026/11/{number}-{words[0]}",
        canonical_url=f"https://{site}.example/2026/11/{number}",
        site=site,
        host=f"{site}.example",
        title=" ".join(words[:8]),
        language="en",
        authors=[words[1]],
        tags=words[2:5],
        body=body,
        body_chars=len(body),
        paragraphs=6,
        images=[Image(f"https://{site}.example/{number}.jpg", words[5])],
        content_hash=hashlib.md5(body.encode()).hexdigest(),
        cluster_id=digest[::-1],
        published_at=at - timedelta(hours=dice.randrange(48)),
        first_seen_at=at,
        fetched_at=at,
        raw_sha256=digest * 2,
        run_id="run",
        spider="bench",
        code_version="0",
        provenance=[Provenance("title", "jsonld"), Provenance("body", "layout")],
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """What one size came to: CPU seconds of the steps, wall seconds of the queries, bytes, MiB.

    ``compact`` is 0 where there was but one file, which is left as it is.
    """

    articles: int
    accept: float
    flush: float
    compact: float
    verify: float
    rebuild: float
    open: float
    hot: float
    compacted: float
    hot_bytes: int
    compact_bytes: int
    state_bytes: int
    peak: int

    def line(self) -> str:
        """As a line of the table."""
        n = self.articles
        steps = (self.accept, self.flush, self.compact, self.verify, self.rebuild)
        rates = "".join(f"{n / seconds if seconds else 0:>10,.0f}" for seconds in steps)
        waits = "".join(f"{1000 * s:>9,.1f}" for s in (self.open, self.hot, self.compacted))
        sizes = (self.hot_bytes, self.compact_bytes, self.state_bytes)
        return (
            f"{n:>9,}{rates}{waits}{''.join(f'{size / n:>9,.0f}' for size in sizes)}{self.peak:>9,}"
        )


def timed(function: Callable[[], object]) -> float:
    """Wall seconds, the best of three."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        function()
        taken.append(time.perf_counter() - start)
    return min(taken)


def cpu(function: Callable[[], object]) -> float:
    start = time.process_time()
    function()
    return time.process_time() - start


def peak() -> int:
    """MiB, of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def one_size(count: int) -> Figures:
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-growth-"))
    began = time.perf_counter()

    def told(step: str) -> None:
        print(f"  {count:,}: {step} after {time.perf_counter() - began:,.0f} s, {peak():,} MiB",
              file=sys.stderr, flush=True)  # fmt: skip

    def of_one_site() -> int:
        return int(open_dataset(folder).to_table(["title"], pc.field("site") == ASKED).num_rows)

    def stored_bytes() -> int:
        return sum(file.size for file in open_dataset(folder).live)

    accepting = flushing = 0.0
    asked = 0
    try:
        with Output(folder) as output:
            for start in range(0, count, GROUP):
                group = [article(n) for n in range(start, start + GROUP)]
                asked += sum(item.site == ASKED for item in group)
                accepting += cpu(lambda group=group: accept(output, group))  # type: ignore[misc]
                flushing += cpu(output.flush)
                if (start + GROUP) % 100_000 == 0:
                    told(f"accepted {start + GROUP:,}")
            flushing += cpu(lambda: output.flush(force=True))
            for table in ("articles", "fetch_log"):
                assert open_dataset(folder, table=table).count() == count
            opening = timed(lambda: open_dataset(folder).count())
            assert of_one_site() == asked
            hot, hot_bytes = timed(of_one_site), stored_bytes()
            told("queried")
            files = len(open_dataset(folder).live)
            compacting = cpu(lambda: compact_output(output))
            told("compacted")
            if len(open_dataset(folder).live) == files:
                compacting = 0.0
            assert of_one_site() == asked
            compacted, compact_bytes = timed(of_one_site), stored_bytes()
            start_cpu = time.process_time()
            report = output.verify()
            verifying = time.process_time() - start_cpu
            told("verified")
            assert report.ok, report.problems
            assert report.rows == 2 * count
        state = folder / "_state"
        state_bytes = (state / "newscrawl.sqlite").stat().st_size
        for file in state.glob("newscrawl.sqlite*"):
            file.unlink()
        rebuilding = cpu(lambda: Output(folder).open().close())
        told("rebuilt")
        with Output(folder) as output:
            query = "SELECT count(*) FROM versions JOIN articles USING (article_id)"
            assert output.state.connection.execute(query).fetchone() == (count,)
    finally:
        shutil.rmtree(folder)
    return Figures(
        count, accepting, flushing, compacting, verifying, rebuilding, opening, hot, compacted,
        hot_bytes, compact_bytes, state_bytes, peak(),
    )  # fmt: skip


def faults(found: list[Figures]) -> list[str]:
    """Where the growth from one size to the next is more than `ALLOWED` times n log n."""
    out = [f"{one.articles:,}: {one.peak:,} MiB at most" for one in found if one.peak > MOST_MIB]
    for small, large in itertools.pairwise(sorted(found, key=lambda one: one.articles)):
        n, m = small.articles, large.articles
        for step in STEPS:
            before, after = getattr(small, step), getattr(large, step)
            if before and after > ALLOWED * before * (m * math.log(m)) / (n * math.log(n)):
                exponent = math.log(after / before) / math.log(m / n)
                out.append(f"{step}: {n:,} to {m:,} articles grow it as n^{exponent:.2f}")
    return out


def accept(output: Output, group: list[Article]) -> None:
    with output.transaction() as tx:
        for item in group:
            tx.add_article(item)
            tx.mark_url(
                UrlState(item.canonical_url, item.site, NOW, item.article_id, outcome="stored")
            )
            tx.log_fetch(
                FetchRecord(
                    run_id="run",
                    site=item.site,
                    url=item.url,
                    state="stored",
                    discovered_via="feed",
                    found_at=NOW,
                )
            )


def main() -> None:
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        print(json.dumps(asdict(one_size(int(sys.argv[2])))))
        return
    print("           accept     flush   compact    verify   rebuild     open one site one site"
          "      hot  compact    state     peak")  # fmt: skip
    print(" articles   a/cpu s   a/cpu s   a/cpu s   a/cpu s   a/cpu s       ms  hot, ms  compact"
          "  bytes/a  bytes/a  bytes/a      MiB", flush=True)  # fmt: skip
    found = []
    for count in map(int, sys.argv[1:] or ["10000", "100000"]):
        # a process of its own, or its peak would be that of the sizes before
        command = [sys.executable, __file__, "--one", str(count)]
        made = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found.append(Figures(**json.loads(made.stdout)))
        print(found[-1].line(), flush=True)
    problems = faults(found)
    print("\n".join(problems) or f"nothing grows more than {ALLOWED} times n log n")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
