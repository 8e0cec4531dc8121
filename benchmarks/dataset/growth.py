"""How accepting, flushing, opening, compacting and querying grow with the number of articles.

    python benchmarks/dataset/growth.py 10000 100000

Prints one line a size: articles a CPU second for each step (an article is a row in articles, one in
fetch_log and a URL in the state; accepted in groups of 100), milliseconds for opening and for a
query of one site, bytes a row, and the peak memory of the process that did all of it.
"""

from __future__ import annotations

import hashlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.compute as pc

from newscrawl.dataset import Output, UrlState, compact_output, open_dataset
from newscrawl.items import Article, FetchRecord, Image, Provenance

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SITES = 200
GROUP = 100
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


def timed(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def cpu(function: Callable[[], object]) -> float:
    start = time.process_time()
    function()
    return time.process_time() - start


def one_size(count: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-growth-"))
    accepting = flushing = 0.0
    try:
        with Output(folder) as output:
            for start in range(0, count, GROUP):
                group = [article(n) for n in range(start, start + GROUP)]
                accepting += cpu(lambda group=group: accept(output, group))  # type: ignore[misc]
                flushing += cpu(output.flush)
            flushing += cpu(lambda: output.flush(force=True))
            opening = timed(lambda: open_dataset(folder).count())
            one_site = pc.field("site") == "site7"
            hot = timed(lambda: open_dataset(folder).to_table(["title"], one_site))
            hot_bytes = sum(file.size for file in open_dataset(folder).live)
            hot_files = len(open_dataset(folder).live)
            compacting = cpu(lambda: compact_output(output))
            # a single file is left as it is
            joined = count if len(open_dataset(folder).live) < hot_files else 0
            cold = timed(lambda: open_dataset(folder).to_table(["title"], one_site))
            cold_bytes = sum(file.size for file in open_dataset(folder).live)
            verifying = cpu(lambda: output.verify())
            assert open_dataset(folder).count() == count
        for file in (folder / "_state").glob("newscrawl.sqlite*"):
            file.unlink()
        rebuilding = cpu(lambda: Output(folder).open().close())
    finally:
        shutil.rmtree(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:>9,}{count / accepting:>10,.0f}{count / flushing:>10,.0f}"
        f"{joined / compacting:>10,.0f}{count / verifying:>10,.0f}{count / rebuilding:>10,.0f}"
        f"{opening * 1000:>9,.1f}{hot * 1000:>9,.1f}{cold * 1000:>9,.1f}"
        f"{hot_bytes / count:>9,.0f}{cold_bytes / count:>9,.0f}{peak:>9,.0f}",
        flush=True,
    )


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
        one_size(int(sys.argv[2]))
        return
    print("           accept     flush   compact    verify   rebuild     open one site compacted"
          "    hot  compact     peak")  # fmt: skip
    print(" articles   a/cpu s   a/cpu s   a/cpu s   a/cpu s   a/cpu s       ms       ms       ms"
          "  bytes/a  bytes/a      MiB")  # fmt: skip
    for count in map(int, sys.argv[1:] or ["10000", "100000"]):
        subprocess.run([sys.executable, __file__, "--one", str(count)], check=True)


if __name__ == "__main__":
    main()
