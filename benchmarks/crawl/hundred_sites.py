"""A polite crawl of a hundred papers in one process against bare Scrapy asking the same.

    python benchmarks/crawl/hundred_sites.py [--gap 1] [--sites 100] [--articles 18] [--workers 2]

The papers (`tests/crawl/press.py`) are hosts of their own with robots.txt, a feed and articles of
60 to 120 kB, served by a process of its own. Both crawlers are a process and keep the same manners:
one request at a time a host and ``--gap`` seconds between two (Scrapy counts them from the start
of a request, newscrawl from the end of the answer); Scrapy is given the addresses and parses
nothing. ``--gap 0`` is as fast as they can. Counts are asserted: all requests, each once, all
articles stored.

Printed: requests a second from the first to the last request as the server saw them, CPU of the
main process and of the workers, peak memory (proportional), and the lag of the event loop: how
much later than asked a call every 5 ms came, on the wall clock and by the CPU time that the loop
itself used in between (a busy machine delays the first and not the second).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "crawl"))

from press import Paper, Press  # noqa: E402

TICK = 0.005

LAG = """
import time
class Lag:
    def __init__(self):
        self.wall, self.cpu = [], []
        self.last = None
    def tick(self):
        at = time.perf_counter(), time.thread_time()
        if self.last:
            self.wall.append(max(0.0, at[0] - self.last[0] - TICK))
            self.cpu.append(at[1] - self.last[1])
        self.last = at
    def told(self):
        def p99(values):
            values = sorted(values)
            return [values[len(values) * q // 1000] if q < 1000 else values[-1]
                    for q in (500, 990, 1000)]
        return {"wall": p99(self.wall), "cpu": p99(self.cpu)}
"""

BARE = """
import asyncio, json, sys, scrapy
from scrapy.crawler import AsyncCrawlerProcess
class Bare(scrapy.Spider):
    name = "bare"
    n = 0
    async def start(self):
        lag = Bare.lag = Lag()
        loop = asyncio.get_running_loop()
        def again():
            lag.tick()
            loop.call_later(TICK, again)
        again()
        for line in open(sys.argv[1]):
            yield scrapy.Request(line.strip(), dont_filter=True)
    def parse(self, response):
        Bare.n += 1
p = AsyncCrawlerProcess({"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False, "HTTPERROR_ALLOW_ALL": True,
    "DOWNLOAD_DELAY": float(sys.argv[3]), "DOWNLOAD_DELAY_JITTER": 0.0,
    "RANDOMIZE_DOWNLOAD_DELAY": False,
    "CONCURRENT_REQUESTS": 1000, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "USER_AGENT": "bare",
    "TWISTED_DNS_RESOLVER": "loopback.LoopbackResolver",
    "NEWSCRAWL_ALLOW_ADDRESSES": [sys.argv[2]]})
p.crawl(Bare)
p.start()
print(json.dumps({"requests": Bare.n, "lag": Bare.lag.told()}))
"""

OURS = """
import json, sys
from pathlib import Path
from newscrawl.job import Job, spider_for
from newscrawl.run import RunOptions
from newscrawl.sites_toml import load_sites
def main():
    own, problems = load_sites(Path(sys.argv[1]))
    assert not problems, problems
    job = Job([spider_for(site) for site in own.values()],
        RunOptions(output=sys.argv[4], workers=int(sys.argv[5])),
        settings={"DOWNLOAD_DELAY": float(sys.argv[3]), "USER_AGENT": "newscrawl",
            "TWISTED_DNS_RESOLVER": "loopback.LoopbackResolver", "LOG_LEVEL": "WARNING",
            "NEWSCRAWL_ALLOW_ADDRESSES": [sys.argv[2]]})
    lag = Lag()
    summary = job.crawl(tick=lag.tick, tick_seconds=TICK)
    print(json.dumps({**summary.to_json()["totals"], "lag": lag.told()}), flush=True)
    import os; os._exit(summary.exit_code)
if __name__ == "__main__":
    main()
"""


@dataclass(frozen=True, slots=True)
class Report:
    """What the server saw of one crawler."""

    requests: int
    seconds: float
    most_at_once: int
    shortest_gap: float
    twice: int


def serve(papers: list[Paper], pipe: Connection) -> None:
    """The server's process: tells its port, then answers each line with a report."""

    async def main() -> None:
        press = Press(papers)
        loop = asyncio.get_running_loop()
        await press.listen(loop)
        pipe.send(press.port)
        while True:
            agent = await loop.run_in_executor(None, pipe.recv)
            if agent is None:
                return
            seen = [request for request in press.seen if request.agent == agent]
            press.seen = seen
            asked = Counter((request.host, request.path) for request in seen)
            pipe.send(
                Report(
                    len(seen),
                    max(x.ended for x in seen) - min(x.began for x in seen),
                    max(press.at_once.values()),
                    min(press.gaps().values()),
                    sum(n > 1 for n in asked.values()),
                )
            )
            press.seen = []

    asyncio.run(main())


@dataclass(frozen=True, slots=True)
class Measured:
    """One crawler: CPU seconds of the main process and of its workers, peak bytes, its words."""

    cpu: float
    workers: float
    peak: int
    main_peak: int
    told: dict[str, object]


def measure(program: str, *args: str) -> Measured:
    """Run a program and watch its process tree."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as script:
        script.write(f"TICK = {TICK}\n{LAG}{program}")
        script.flush()
        env = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "crawl")}
        child = subprocess.Popen(
            [sys.executable, script.name, *args], stdout=subprocess.PIPE, text=True, env=env
        )
        root = psutil.Process(child.pid)
        cpu: dict[int, float] = {}
        peaks = [0, 0]
        done = threading.Event()

        def watch() -> None:
            while not done.wait(0.25):
                sizes = {}
                for process in _tree(root):
                    try:
                        sizes[process.pid] = process.memory_full_info().pss
                        times = process.cpu_times()
                        cpu[process.pid] = times.user + times.system
                    except psutil.Error:
                        continue
                peaks[0] = max(peaks[0], sum(sizes.values()))
                peaks[1] = max(peaks[1], sizes.get(child.pid, 0))

        watcher = threading.Thread(target=watch)
        watcher.start()
        out, _ = child.communicate()
        done.set()
        watcher.join()
    if child.returncode != 0:
        raise SystemExit(f"a crawler ended with {child.returncode}")
    own = cpu.pop(child.pid)
    return Measured(own, sum(cpu.values()), *peaks, json.loads(out.strip().splitlines()[-1]))


def _tree(root: psutil.Process) -> list[psutil.Process]:
    try:
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []


def show(name: str, report: Report, run: Measured, bare: Report | None = None) -> None:
    """Print one line of the table."""
    rate = report.requests / report.seconds
    ratio = rate / (bare.requests / bare.seconds) if bare else 1.0
    lag = run.told["lag"]
    assert isinstance(lag, dict)
    wall, cpu = (" ".join(f"{1000 * x:.0f}" for x in lag[kind]) for kind in ("wall", "cpu"))
    print(
        f"{name:24}{rate:8.1f}{ratio:7.2f}{1000 * run.cpu / report.requests:9.1f}"
        f"{1000 * run.workers / report.requests:9.1f}{run.main_peak / 2**20:8.0f}"
        f"{run.peak / 2**20:8.0f}  {wall:>14}{cpu:>14}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gap", type=float, default=1.0)
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--articles", type=int, default=18)
    parser.add_argument("--workers", type=int, nargs="*", default=[2])
    args = parser.parse_args()
    papers = [
        Paper(f"paper{n}", f"paper{n}.test", args.articles, kilobytes=60 + 60 * n // args.sites)
        for n in range(args.sites)
    ]
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(papers, theirs), daemon=True)
    server.start()
    press = Press(papers, port=ours.recv())
    address = f"127.0.0.1:{press.port}"
    wanted = args.sites * (args.articles + 2)
    print(f"{args.sites} sites, {args.articles} articles each, gap {args.gap:g} s")
    lag = "lag ms: p50 p99 max"
    print(f"{'':24}{'':8}{'':7}{'CPU ms a request':>18}{'peak MiB':>16}  {lag:>28}")
    print(
        f"{'':24}{'req/s':>8}{'ratio':>7}{'main':>9}{'workers':>9}{'main':>8}{'all':>8}"
        f"  {'wall':>14}{'CPU':>14}"
    )
    with tempfile.TemporaryDirectory() as tmp:
        toml, urls = Path(tmp, "press.toml"), Path(tmp, "urls.txt")
        toml.write_text(press.toml(), encoding="utf-8")
        lines = [
            url
            for paper in papers
            for url in (
                f"http://{paper.host}:{press.port}/robots.txt",
                press.feed_url(paper),
                *press.article_urls(paper),
            )
        ]
        urls.write_text("\n".join(lines), encoding="utf-8")

        def crawl(agent: str, program: str, *more: str) -> tuple[Report, Measured]:
            first = urls if agent == "bare" else toml
            run = measure(program, str(first), address, str(args.gap), *more)
            ours.send(agent)
            report: Report = ours.recv()
            assert (report.requests, report.most_at_once) == (wanted, 1), asdict(report)
            assert report.twice == 0, asdict(report)
            if agent != "bare":
                assert report.shortest_gap >= args.gap, asdict(report)
            return report, run

        bare, run = crawl("bare", BARE)
        assert run.told["requests"] == wanted
        show("bare Scrapy", bare, run)
        for workers in args.workers:
            report, run = crawl("newscrawl", OURS, f"{tmp}/out{workers}", str(workers))
            assert run.told["stored"] == args.sites * args.articles, run.told
            show(f"newscrawl, {workers} workers", report, run, bare)
    ours.send(None)
    server.join()


if __name__ == "__main__":
    main()
