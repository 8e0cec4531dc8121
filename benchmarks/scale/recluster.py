"""CPU and memory of reclustering a dataset, beside clustering all its texts in one memory.

    python benchmarks/scale/recluster.py 10000 40000

Invented articles, a fifth of them copies (those of benchmarks/dedup/growth.py). Both give the same
clusters, which is asserted. CPU is of one process; an engine divides it over its workers, all but
the driver's part.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dedup"))
from growth import articles

from newscrawl.dataset import Output, open_dataset
from newscrawl.dedup import (
    StoryIndex,
    article_id,
    cluster,
    content_hash,
    story_of,
    version_id,
)
from newscrawl.engines import open_executor
from newscrawl.items import Article
from newscrawl.recluster import recluster

AT = datetime(2026, 1, 1, tzinfo=UTC)


def rows(count: int) -> Iterator[Article]:
    """Articles of a hundred sites, in order of time."""
    for n, (text, _) in enumerate(articles(count)):
        site, at = f"site{n * 7919 % 100}", AT + timedelta(seconds=97 * n)
        url = f"https://{site}.example/{n}"
        article = Article(url=url, canonical_url=url, site=site, host=f"{site}.example",
                          title=text[:60], body=text, body_chars=len(text), paragraphs=1,
                          published_at=at, first_seen_at=at, fetched_at=at, run_id="r",
                          spider="bench", code_version="0")  # fmt: skip
        article.article_id = article_id(site, url)
        article.content_hash = content_hash(text)
        article.version_id = version_id(article.article_id, article.content_hash, article.title)
        article.cluster_id = article.version_id
        yield article


def peak() -> float:
    """MiB that this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one(way: str, count: int, folder: Path) -> None:
    """One way over a dataset, in a process of its own."""
    with Output(folder) as output:
        if way == "write":
            group = []
            for article in rows(count):
                group.append(article)
                if len(group) == 500:
                    accept(output, group)
                    group = []
            accept(output, group)
            output.flush(force=True)
            return
        base, began = peak(), time.process_time()
        if way == "cluster":
            table = open_dataset(folder).to_table()
            columns = [n for n in table.column_names if n != "crawl_month"]
            stories = [story_of(Article(**row)) for row in table.select(columns).to_pylist()]
            clusters = len({a.cluster_id for a in cluster(stories)})
        else:
            index = StoryIndex(output.state.connection, output.state_dir / "stories")
            done = recluster(output, index, "bench", open_executor("local", 0))
            clusters = done.clusters
        cpu = time.process_time() - began
        print(f"{count:>9,} {way:>10}{clusters:>10,} clusters{count / cpu:>9,.0f} a CPU second"
              f"{peak() - base:>8,.0f} MiB", flush=True)  # fmt: skip


def accept(output: Output, group: list[Article]) -> None:
    """Store a group."""
    with output.transaction() as tx:
        for article in group:
            tx.add_article(article)
    group.clear()


def main() -> None:
    """Run the command."""
    if len(sys.argv) == 4 and sys.argv[1] in {"write", "cluster", "recluster"}:
        one(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
        return
    for count in map(int, sys.argv[1:] or ["10000"]):
        with tempfile.TemporaryDirectory(prefix="newscrawl-recluster-") as folder:
            for way in ("write", "cluster", "recluster"):
                subprocess.run([sys.executable, __file__, way, str(count), folder], check=True)


if __name__ == "__main__":
    main()
