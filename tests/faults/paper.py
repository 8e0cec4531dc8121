"""The job that the fault tests break: three small papers on loopback, crawled as users crawl.

Each paper has articles of its own, one printed at two addresses (stored once, the other time
unchanged) and one address that is gone (refused), so that every term of the account is more than 0.
The pages are kept in WARC files too, since those are written while pages come in.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[2]
CRAWL = ROOT / "tests" / "crawl"
sys.path.insert(0, str(CRAWL))

from hostile.server import FILLER, Case, HostileServer, article, marked  # noqa: E402
from jobs import command, environment  # noqa: E402

NAMES = ("northpost", "riverside", "hilltimes")


class Papers:
    """The papers, their server, and the command that crawls them; a context manager.

    ``each`` articles a paper; ``gap`` is the pause between two requests to one paper in seconds.
    """

    def __init__(
        self, folder: Path, *, each: int = 40, gap: float = 0.05, words: int = 150
    ) -> None:
        self.names, self.each, self.gap = NAMES, each, gap
        self.folder = folder
        self._words = words
        self.server = HostileServer([self._case(name) for name in NAMES])
        self.sites = folder / "sites.toml"
        self.sites.write_text("\n".join(self._record(name) for name in NAMES), encoding="utf-8")

    @property
    def stored(self) -> dict[str, set[str]]:
        """The titles that a whole crawl stores, by paper."""
        control = "Bridge repair in district {}control to begin after the rains"
        return {
            name: {self._title(name, n) for n in range(self.each)} | {control.format(name)}
            for name in self.names
        }

    @property
    def pages(self) -> int:
        """How many article addresses there are: the articles, a copy, a missing one, a control."""
        return len(self.names) * (self.each + 3)

    def publish(self) -> None:
        """One more article in every paper, named first by its feed."""
        self.each += 1
        for name in self.names:
            case = self.server.cases[f"{name}.torture.test"]
            path = f"/news/{self.each - 1}.html"
            case.pages[path] = self._page(name, self.each - 1)
            self.server.cases[case.host] = replace(case, announce=(path, *case.announce))

    def asked(self) -> int:
        """Requests for article addresses so far."""
        return sum(len(self.server.asked(name, "/news/")) for name in self.names)

    def feeds_asked(self, name: str) -> int:
        """Requests for a paper's feed so far."""
        return len(self.server.asked(name, "/feed.xml"))

    @property
    def most_asked(self) -> float:
        """How many requests for articles a struck job and a clean one may make together.

        1.1 x the pages; with few pages that are asked for quickly, those of one group of accepting
        (what came within a quarter of a second) and two in flight a site.
        """
        lost = len(self.names) * (0.25 / self.gap + 2)
        return max(1.1 * self.pages, self.pages + lost)

    def crawl(self, output: Path, *options: str, names: Sequence[str] = ()) -> list[str]:
        """The command line of a crawl of all papers, or some."""
        return command(
            "crawl", *(names or self.names), "--sites", self.sites, "--json", "--archive",
            "--output", output, "--allow-address", f"127.0.0.1:{self.server.port}",
            "--set", f"DOWNLOAD_DELAY={self.gap}",
            "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver", *options,
        )  # fmt: skip

    def __enter__(self) -> Papers:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__(None, None, None)

    def _title(self, name: str, n: int) -> str:
        return f"{name.title()} report {n} from the district office"

    def _case(self, name: str) -> Case:
        pages: dict[str, Any] = {f"/news/{n}.html": self._page(name, n) for n in range(self.each)}
        pages["/news/print/0.html"] = pages["/news/0.html"]
        return Case(name, (*pages, "/news/gone.html"), pages)

    def _page(self, name: str, n: int) -> str:
        dice = random.Random(f"{name}{n}")
        letters = "abcdefghijklmnoprstuvy"
        own = " ".join("".join(dice.choices(letters, k=7)) for _ in range(self._words))
        paragraphs = marked(f"{name}{n}x", f"{own}. {FILLER}")
        return article(f"{name}{n}x", title=self._title(name, n), paragraphs=paragraphs)

    def _record(self, name: str) -> str:
        base = f"http://{name}.torture.test:{self.server.port}"
        return (
            f'[[site]]\nname = "{name}"\ntitle = "{name.title()}"\ncountry = "ZZ"\n'
            f'languages = ["en"]\ntimezone = "UTC"\ndomains = ["{name}.torture.test"]\n'
            f'home = "{base}/"\nfeeds = ["{base}/feed.xml"]\n'
        )


class Ended:
    """How a job ended: its exit code, what it printed, how long it took in seconds."""

    def __init__(self, code: int, out: str, err: str, seconds: float) -> None:
        self.code, self.out, self.err, self.seconds = code, out, err, seconds

    @property
    def summary(self) -> dict[str, Any] | None:
        """The summary printed last, None where the job died before."""
        try:
            value = json.loads(self.out.strip().splitlines()[-1])
        except (IndexError, ValueError):
            return None
        return value if isinstance(value, dict) else None


class Running:
    """A job that was started in a process group of its own, with what it says kept in files."""

    def __init__(
        self, line: Sequence[str], log: Path, *, extra: Mapping[str, str] = {}, **kwargs: Any
    ) -> None:
        self._log = log
        self._began = time.monotonic()
        # compiled modules would be renamed into place, in the midst of the calls that are counted
        env = {**environment(), "PYTHONDONTWRITEBYTECODE": "1", **extra}
        self.process = subprocess.Popen(
            list(line), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env,
            start_new_session=True, cwd=ROOT, **kwargs,
        )  # fmt: skip
        # pipes: what a job says of a full disk or a file limit must not meet it itself
        self._texts: dict[str, str] = {}
        self._readers = [
            threading.Thread(target=self._read, args=(name, pipe), daemon=True)
            for name, pipe in (("out", self.process.stdout), ("err", self.process.stderr))
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, name: str, pipe: IO[str]) -> None:
        self._texts[name] = pipe.read()

    def kill_tree(self) -> None:
        """SIGKILL to the job and its workers at once."""
        self.signal_tree(signal.SIGKILL)

    def signal_tree(self, number: signal.Signals) -> None:
        """A signal to the whole process group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def end(self, timeout: float = 180) -> Ended:
        """Wait for the end; a job that hangs is killed and told by the code -9999."""
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            code = -9999
        seconds = time.monotonic() - self._began
        self.kill_tree()  # workers that outlived it
        for reader in self._readers:
            reader.join(10)
        self.process.communicate()
        self._log.mkdir(parents=True, exist_ok=True)
        for name, text in self._texts.items():
            (self._log / name).write_text(text, encoding="utf-8")
        return Ended(code, self._texts["out"], self._texts["err"], seconds)


def run(line: Sequence[str], log: Path, *, timeout: float = 180, **kwargs: Any) -> Ended:
    """Run a job to its end."""
    return Running(line, log, **kwargs).end(timeout)


@contextmanager
def mounted(folder: Path, *arguments: str) -> Iterator[bool]:
    """Mount something on a folder for the time of the block; False if that is not allowed here."""
    folder.mkdir(parents=True, exist_ok=True)
    line = ["mount", *arguments, str(folder)]
    done = subprocess.run(line, capture_output=True, check=False) if os.geteuid() == 0 else None
    worked = done is not None and done.returncode == 0
    try:
        yield worked
    finally:
        if worked:
            unmount(folder)


def unmount(folder: Path) -> None:
    """Unmount, waiting for processes that are just ending."""
    for _ in range(100):
        done = subprocess.run(["umount", str(folder)], capture_output=True, check=False)
        if done.returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError(done.stderr.decode())
