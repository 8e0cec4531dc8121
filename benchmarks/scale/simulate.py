"""10,000 sites and 1,000,000,000 articles: the arithmetic of docs/scale.md, and a simulation of it.

    python benchmarks/scale/simulate.py            # print both
    python benchmarks/scale/simulate.py --write    # and put them into docs/scale.md

The sharding is the crawler's own (`newscrawl.shards`), the intervals between polls and looks are
those of `newscrawl.schedule`; sizes of sites and delays are drawn, from a fixed seed. A test holds
the page equal to what this says.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newscrawl.manners import LIMITS
from newscrawl.schedule.polling import LONGEST, SHORTEST
from newscrawl.schedule.revisit import CHECKPOINTS
from newscrawl.shards import shards
from newscrawl.site import Site

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"

SITES = 10_000
ARTICLES = 1_000_000_000
YEARS = 10  # over which they were published, evenly
SHARDS = 64
AT_ONCE = 100  # sites that one process crawls at a time (NEWSCRAWL_SITES_AT_ONCE)
SEED = 20261125

# measured on our own data; the command beside each shows it
PARQUET_BYTES = 2_100  # an article; benchmarks/ingest/speed.py's corpus, hot files
FETCH_LOG_BYTES = 65  # a row; the same
ARCHIVE_BYTES = 23_500  # a page packed in its WARC file; the same corpus
INDEX_BYTES = 181  # an article; benchmarks/dedup/large.py
TEXT_BYTES = 900  # an article of the last 30 days; benchmarks/dedup/growth.py
COMMIT_BYTES = 700  # an entry of a table's log with one file
PAGES_A_CORE = 100  # pages a second, end to end; benchmarks/ingest/speed.py
COMPACT_ROWS = 11_000  # rows a second of a core; benchmarks/dataset/growth.py
RECLUSTER_ROWS = 3_000  # stories a second of a core, index included; benchmarks/scale/recluster.py
DRIVER_BYTES = 60  # a story in the memory of the driver of a recluster
SQLITE_BYTES = 450  # an article, its versions and its address in the state; dataset/growth.py
LAST_TEXT_BYTES = 1_400  # an article of the last nine days; the same

# assumed
LOOKS_SHARE = 1.0  # of the planned looks at an article that are made
SOURCES = 3  # feeds and sitemaps of a site
SLOW_SITES, SLOW_SECONDS = 0.15, 10.0  # share of sites with a Crawl-delay, and how long
SHARED_DOMAINS = 0.10  # of the sites are subdomains of another one
FLUSH_MINUTES = 60  # one job an hour and shard, each of which ends with a flush
TABLES_A_FLUSH = 3  # articles, fetch_log, runs
DISK = 0.08  # money a GB and month: network disk
OBJECT = 0.023  # money a GB and month: object store
CORE = 0.04  # money a core and hour


@dataclass(frozen=True, slots=True)
class Paper:
    """A site as the simulation sees it: articles in all, and seconds between requests."""

    name: str
    articles: float
    gap: float
    host: str


def papers(seed: int = SEED) -> list[Paper]:
    """The sites: sizes log-normal (sigma 1.5), so that a tenth of them prints over half of all."""
    dice = random.Random(seed)
    sizes = [dice.lognormvariate(0.0, 1.5) for _ in range(SITES)]
    scale = ARTICLES / sum(sizes)
    out: list[Paper] = []
    own: list[str] = []  # domains that editions may stand below
    for n, size in enumerate(sizes):
        host = f"paper{n}.example"
        if own and dice.random() < SHARED_DOMAINS:
            host = f"edition{n}.{dice.choice(own)}"
        else:
            own.append(host)
        gap = SLOW_SECONDS if dice.random() < SLOW_SITES else LIMITS.gap_seconds
        out.append(Paper(f"paper{n}", size * scale, gap, host))
    return out


def shard_of(sites: list[Paper], count: int) -> dict[str, int]:
    """The crawler's own sharding."""
    records = [
        Site(name=p.name, title=p.name, country="ZZ", languages=(), timezone="UTC",
             domains=(p.host,), home=f"https://{p.host}/")
        for p in sites
    ]  # fmt: skip
    return shards(records, count)


def requests_a_day(paper: Paper) -> float:
    """Polls of the sources, each new article once, and the looks that are planned at it."""
    a_day = paper.articles / (YEARS * 365)
    # as `newscrawl.schedule` learns it: 96 articles a day make an interval of 15 minutes
    interval = 900 * math.sqrt(96 / max(a_day, 1e-9))
    interval = min(max(interval, SHORTEST.total_seconds()), LONGEST.total_seconds())
    return SOURCES * 86_400 / interval + a_day * (1 + LOOKS_SHARE * len(CHECKPOINTS))


def backfill_days(sites: list[Paper], pages_a_second: float) -> float:
    """Days until one process has asked for all pages of its sites.

    At most `AT_ONCE` sites at a time, in the order they come, each no faster than its gap, all of
    them no faster than the workers: time goes from one site's end to the next.
    """
    waiting = sorted(sites, key=lambda p: p.name)
    waiting.reverse()
    # (work done by a site of rate 1 when this one ends, pages a second): all sites slow down
    # alike when the workers are the limit, so one clock of work serves all
    running: list[tuple[float, float]] = []
    rate = done = now = 0.0
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            paper = waiting.pop()
            heapq.heappush(running, (done + paper.articles * paper.gap, 1 / paper.gap))
            rate += 1 / paper.gap
        ends, own = heapq.heappop(running)
        now += (ends - done) * max(1.0, rate / pages_a_second)
        done, rate = ends, rate - own
    return now / 86_400


@cache
def simulation(seed: int = SEED) -> list[tuple[str, str]]:
    """What the simulation says, as (what, how much)."""
    sites = papers(seed)
    rows = []
    for count in (16, SHARDS, 256):
        where = shard_of(sites, count)
        load: Counter[int] = Counter()
        for paper in sites:
            load[where[paper.name]] += paper.articles  # type: ignore[assignment]
        heaviest = max(load.values()) / (ARTICLES / count)
        rows.append((f"heaviest of {count} shards, against the mean", f"{heaviest:.2f}"))
    where = shard_of(sites, SHARDS)
    hosts: dict[str, int] = {}
    for paper in sites:
        root = ".".join(paper.host.split(".")[-2:])
        assert hosts.setdefault(root, where[paper.name]) == where[paper.name], root
    rows.append(("domains in two shards", "0"))
    largest = max(sites, key=lambda p: p.articles)
    rows.append(("share of the largest site", f"{100 * largest.articles / ARTICLES:.2f} %"))
    tenth = sorted((p.articles for p in sites), reverse=True)[: SITES // 10]
    rows.append(("share of the largest tenth", f"{100 * sum(tenth) / ARTICLES:.0f} %"))
    daily = [requests_a_day(p) for p in sites]
    rows.append(("requests a day", f"{sum(daily) / 1e6:.2f} M"))
    rows.append(("requests a second, mean", f"{sum(daily) / 86_400:.0f}"))
    by_shard: defaultdict[int, float] = defaultdict(float)
    for paper, asked in zip(sites, daily, strict=True):
        by_shard[where[paper.name]] += asked / 86_400
    rows.append(("requests a second of the busiest shard", f"{max(by_shard.values()):.2f}"))
    use = sorted(d * p.gap / 86_400 for p, d in zip(sites, daily, strict=True))
    rows.append(("of its polite ceiling a site uses, median", f"{100 * use[SITES // 2]:.2f} %"))
    rows.append(("of its polite ceiling a site uses, most", f"{100 * use[-1]:.1f} %"))
    alone = sorted(p.articles * p.gap / 86_400 for p in sites)
    rows.append(("days a backfill takes the median site", f"{alone[SITES // 2]:.1f}"))
    rows.append(("days it takes 99 of 100 sites", f"{alone[SITES * 99 // 100]:.0f}"))
    rows.append(("days it takes the slowest site", f"{alone[-1]:.0f}"))
    groups: defaultdict[int, list[Paper]] = defaultdict(list)
    for paper in sites:
        groups[where[paper.name]].append(paper)
    slow = sum(days > 365 for days in alone)
    rows.append(("sites that take more than a year", f"{slow}"))
    for cores, name in ((1, "one worker"), (2, "two workers")):
        days = sorted(backfill_days(g, PAGES_A_CORE * cores) for g in groups.values())
        rows.append((f"days for the median of {SHARDS} shards, {name} each",
                     f"{days[len(days) // 2]:.0f}"))  # fmt: skip
        rows.append((f"days for the last of them, {name} each", f"{days[-1]:.0f}"))
    return rows


def arithmetic() -> list[tuple[str, str, str]]:
    """The sums, as (what, formula, how much)."""
    a_day = ARTICLES / (YEARS * 365)
    month = 30 * a_day
    tb = 1e12
    parquet = ARTICLES * PARQUET_BYTES / tb
    archive = ARTICLES * ARCHIVE_BYTES / tb
    commits = SHARDS * 24 * 60 / FLUSH_MINUTES
    extract = ARTICLES / PAGES_A_CORE / 86_400
    compact = a_day / COMPACT_ROWS / 3600
    recluster = ARTICLES / RECLUSTER_ROWS / 86_400
    ceiling = SITES * 86_400 * (1 - SLOW_SITES + SLOW_SITES / SLOW_SECONDS)
    index = ARTICLES * INDEX_BYTES / 1e9
    near = month * TEXT_BYTES / 1e9
    state = ARTICLES * SQLITE_BYTES / 1e9 / SHARDS
    files = ARTICLES * PARQUET_BYTES / (192 * 2**20)
    texts = 9 * a_day * LAST_TEXT_BYTES / 1e9
    stored = 1000 * OBJECT * (parquet + archive)
    bare = 1000 * OBJECT * parquet
    kept = DISK * (index + SHARDS * state + texts)
    log = commits * COMMIT_BYTES * TABLES_A_FLUSH / 1e6
    found = ARTICLES * FETCH_LOG_BYTES / 1e9
    hours = 24 * a_day / PAGES_A_CORE / 86_400
    driver = ARTICLES * DRIVER_BYTES / 1e9
    pages, stories = (
        f"articles / {PAGES_A_CORE} a second",
        f"articles / {RECLUSTER_ROWS:,} a second",
    )
    return [
        ("articles a day", "articles / days", f"{a_day:,.0f}"),
        ("polite ceiling", "sites x 86,400 s / gap", f"{ceiling / 1e6:,.0f} M requests a day"),
        ("Parquet", f"articles x {PARQUET_BYTES:,} B", f"{parquet:.1f} TB"),
        ("archive", f"articles x {ARCHIVE_BYTES:,} B", f"{archive:.1f} TB"),
        ("fetch log", f"{FETCH_LOG_BYTES} B a URL found", f"{found:.0f} GB"),
        ("story index", f"articles x {INDEX_BYTES} B", f"{index:.0f} GB for all shards"),
        ("texts to compare with", f"30 days x {TEXT_BYTES} B", f"{near:.1f} GB"),
        ("texts that may change", f"9 days x {LAST_TEXT_BYTES:,} B", f"{texts:.1f} GB"),
        ("state", f"articles x {SQLITE_BYTES} B / shards", f"{state:.1f} GB a shard"),
        ("commits a day", f"shards x 24 x 60 / {FLUSH_MINUTES}", f"{commits:,.0f} a table"),
        ("log a day", f"commits x {COMMIT_BYTES} B x {TABLES_A_FLUSH} tables", f"{log:.1f} MB"),
        ("files a month before compaction", "commits x 30", f"{commits * 30:,.0f} a table"),
        ("files of all years after it", "Parquet / 192 MiB", f"{files:,.0f}"),
        ("extraction of all", pages, f"{extract:,.0f} days of a core"),
        ("extraction day by day", pages, f"{hours:.1f} core hours a day"),
        ("compaction day by day", f"articles / {COMPACT_ROWS:,} a second",
         f"{60 * compact:.1f} core minutes a day"),
        ("recluster of all", stories, f"{recluster:.1f} days of a core"),
        ("memory of its driver", f"articles x {DRIVER_BYTES} B", f"{driver:.0f} GB"),
        ("memory of a crawl process", "400 MB + 80 MB a worker", "560 MB with two"),
        ("money for storage", f"TB x {1000 * OBJECT:.0f} a month",
         f"{stored:,.0f} a month, {bare:,.0f} without archive"),
        ("money for states", f"GB x {DISK} a month", f"{kept:,.0f} a month"),
        ("money for crawling", f"shards x 1 core x 730 h x {CORE}",
         f"{SHARDS * 730 * CORE:,.0f} a month"),
        ("money for the first extraction", f"core hours x {CORE}",
         f"{extract * 24 * CORE:,.0f} once"),
        ("money for a recluster", f"core hours x {CORE}", f"{recluster * 24 * CORE:,.0f} each"),
    ]  # fmt: skip


def tables(seed: int = SEED) -> dict[str, str]:
    """Both as Markdown, by the name of their place in the page."""
    sums = "".join(f"| {what} | {how} | {much} |\n" for what, how, much in arithmetic())
    found = "".join(f"| {what} | {much} |\n" for what, much in simulation(seed))
    return {
        "arithmetic": f"| what | sum | comes to |\n|---|---|---|\n{sums}",
        "simulation": f"| what | comes to |\n|---|---|\n{found}",
    }


def filled(page: str, seed: int = SEED) -> str:
    """The page with its tables made anew."""
    for name, table in tables(seed).items():
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        assert begin in page, f"{PAGE} has no place for {name}"
        page = re.sub(f"{begin}.*?{end}", lambda _, t=table, b=begin, e=end: f"{b}{t}{e}",  # type: ignore[misc]
                      page, flags=re.DOTALL)  # fmt: skip
    return page


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Scale: arithmetic and simulation.")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    for name, table in tables().items():
        print(f"{name}\n\n{table}")
    if args.write:
        PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
