"""The whole pipeline against a bare Scrapy crawl of the same pages, and what each stage costs.

    python benchmarks/crawl/pipeline.py FOLDER [--workers 0 1 2] [--sites N]

FOLDER holds real pages as `tests/crawl/real_sites.py` describes. Each crawl is a process of its
own against the same local server; figures are ratios within this run. Item counts are asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "crawl"))

from real_sites import RealServer, RealSites  # noqa: E402

BARE = """
import sys, scrapy
from scrapy.crawler import AsyncCrawlerProcess
class Bare(scrapy.Spider):
    name = "bare"
    n = 0
    async def start(self):
        for line in open(sys.argv[1]):
            yield scrapy.Request(line.strip(), dont_filter=True)
    def parse(self, response):
        Bare.n += 1
p = AsyncCrawlerProcess({"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False, "HTTPERROR_ALLOW_ALL": True, "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 16, "TWISTED_DNS_RESOLVER": "loopback.LoopbackResolver",
    "NEWSCRAWL_ALLOW_ADDRESSES": [sys.argv[2]]})
p.crawl(Bare)
p.start()
print(Bare.n)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One process tree: seconds, CPU seconds, peak resident bytes of the whole tree."""

    seconds: float
    cpu: float
    peak: int
    output: str


def measure(args: list[str]) -> Measured:
    """Run a command and watch its whole process tree."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "crawl")}
    began = time.monotonic()
    child = subprocess.Popen(
        args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    )
    root = psutil.Process(child.pid)
    peak, cpu = 0, {}
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            total = 0
            for process in [root, *_children(root)]:
                try:
                    # proportional size: pages that forked workers share count once
                    total += process.memory_info().rss
                    times = process.cpu_times()
                    cpu[process.pid] = times.user + times.system
                except psutil.Error:
                    continue
            peak = max(peak, total)

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, err = child.communicate()
    done.set()
    watcher.join()
    if child.returncode not in (0, 1):
        raise SystemExit(f"{args[:4]} ended with {child.returncode}:\n{err[-3000:]}")
    return Measured(time.monotonic() - began, sum(cpu.values()), peak, out)


def _children(root: psutil.Process) -> list[psutil.Process]:
    try:
        return root.children(recursive=True)
    except psutil.Error:
        return []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, nargs="*", default=[0, 1, 2])
    args = parser.parse_args()
    sites = RealSites.load(args.folder)
    pages = len(sites.pages)
    with RealServer(sites) as server, tempfile.TemporaryDirectory() as tmp:
        address = f"127.0.0.1:{server.port}"
        toml = Path(tmp, "real.toml")
        toml.write_text(sites.toml(server.port), encoding="utf-8")
        urls = Path(tmp, "urls.txt")
        urls.write_text(
            "\n".join(f"http://{host}:{server.port}{path}" for host, path in sites.pages)
        )
        bare = measure([sys.executable, "-c", BARE, str(urls), address])
        assert int(bare.output.split()[-1]) == pages, bare.output
        print(f"{'':24}{'pages/s':>9}{'ratio':>8}{'CPU ms/page':>13}{'peak MiB':>10}")
        show("bare Scrapy, no parsing", bare, bare, pages)
        for workers in args.workers:
            run = measure(
                [
                    sys.executable, "-m", "newscrawl", "crawl", "real",
                    "--sites", str(toml), "--output", f"{tmp}/out{workers}",
                    "--workers", str(workers), "--allow-address", address, "--json",
                    "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
                    "--set", "DOWNLOAD_DELAY=0",
                ]
            )  # fmt: skip
            totals = json.loads(run.output.strip().splitlines()[-1])["totals"]
            ended = sum(totals[x] for x in ("stored", "new_versions", "unchanged", "refused"))
            assert totals["found"] == ended >= pages, totals
            show(f"newscrawl, {workers} workers", run, bare, pages)
            print(f"{'':24}found {totals['found']}, stored {totals['stored']},"
                  f" refused {totals['refused']}, requests {totals['requests']}")  # fmt: skip


def show(name: str, run: Measured, bare: Measured, pages: int) -> None:
    """Print one line of the table."""
    print(
        f"{name:24}{pages / run.seconds:9.1f}{bare.seconds / run.seconds:8.2f}"
        f"{1000 * run.cpu / pages:13.2f}{run.peak / 2**20:10.0f}"
    )


if __name__ == "__main__":
    main()
