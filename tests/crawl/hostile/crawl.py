"""One crawl of a server's hostile sites as a process of its own, and what it left behind."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from jobs import command, environment, summary

from hostile.lag import VARIABLE
from hostile.server import Case, HostileServer
from newscrawl.dataset import open_dataset


@dataclass(slots=True)
class Outcome:
    """What a run left behind."""

    server: HostileServer
    rows: list[dict[str, Any]]
    log: list[dict[str, Any]]
    summary: dict[str, Any]
    code: int
    stderr: str
    output: Path
    peak: int  # bytes
    longest: float  # seconds of CPU of one callback of the event loop, if it was watched
    connects: str | None  # what strace saw, if it is here

    def of(self, case: str) -> list[dict[str, Any]]:
        """The rows of a case's host."""
        return [r for r in self.rows if r["host"].split(":")[0] == f"{case}.torture.test"]

    def holding(self, case: str, key: str, mark: str = "QB") -> list[dict[str, Any]]:
        """The rows that hold a mark of an article."""
        text = f"{mark}{case.replace('-', '')}{key}Z"
        return [r for r in self.of(case) if text in r["body"]]

    def reasons(self, case: str) -> set[str]:
        """Why URLs of a case were refused."""
        site = case.replace("-", "_")
        return {r["reason"] for r in self.log if r["site"] == site and r["reason"]}


def sites_file(cases: Sequence[Case], port: int) -> str:
    """The sites of the cases, of which nothing but the home page is known, as TOML."""
    return "\n".join(
        f'[[site]]\nname = "{case.name.replace("-", "_")}"\ntitle = "{case.name}"\n'
        'country = "ZZ"\nlanguages = ["en"]\ntimezone = "UTC"\n'
        f'domains = ["{case.host}"]\nhome = "http://{case.host}:{port}/"\n'
        'discover = true\ngroups = ["hostile"]\n'
        for case in cases
    )


def crawl(server: HostileServer, listed: Sequence[Case], folder: Path, *settings: str) -> Outcome:
    """Crawl all cases at once under strace, with settings ``NAME=VALUE``; ``folder`` is empty."""
    output, toml = folder / "output", folder / "sites.toml"
    toml.write_text(sites_file(listed, server.port), encoding="utf-8")
    given = [x for setting in settings for x in ("--set", setting)]
    args = command(
        "crawl", "hostile", "--sites", toml, "--output", output, "--json",
        "--allow-address", f"127.0.0.1:{server.port}", *given,
    )  # fmt: skip
    trace = folder.with_name(f"{folder.name}-connects")
    lag = folder.with_name(f"{folder.name}-lag")
    strace = shutil.which("strace")
    tracing = [
        strace, "-f", "--seccomp-bpf", "-qq", "-e", "trace=connect", "-o", str(trace),
    ] if strace else []  # fmt: skip
    child = subprocess.Popen(
        [*tracing, *args],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**environment(), VARIABLE: str(lag)}, cwd=folder,
    )  # fmt: skip
    watch = PeakWatch(child.pid)
    out, err = child.communicate(timeout=400)
    peak = watch.stop()
    done = subprocess.CompletedProcess(child.args, child.returncode, out, err)
    return Outcome(
        server=server,
        rows=open_dataset(str(output)).to_table().to_pylist(),
        log=open_dataset(str(output), table="fetch_log").to_table().to_pylist(),
        summary=summary(done),
        code=done.returncode,
        stderr=err,
        output=output,
        peak=peak,
        longest=float(lag.read_text()) if lag.exists() else 0.0,
        connects=trace.read_text() if strace else None,
    )


class PeakWatch:
    """The highest resident size of a process tree, in bytes."""

    def __init__(self, pid: int) -> None:
        self._root, self._peak, self._done = psutil.Process(pid), 0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            total = 0
            try:
                for process in [self._root, *self._root.children(recursive=True)]:
                    total += process.memory_info().rss
            except psutil.Error:
                continue
            self._peak = max(self._peak, total)

    def stop(self) -> int:
        """Look no more; the highest size seen."""
        self._done.set()
        self._thread.join()
        return self._peak
