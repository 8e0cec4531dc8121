"""Everything that an engine does, over the fixture, with a worker killed in the middle or not."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fixture import archive, own_archive, result

from newscrawl.dataset import Output, compact_output
from newscrawl.dedup import StoryIndex
from newscrawl.engines import open_executor
from newscrawl.ingest import Ingestion, IngestOptions
from newscrawl.recluster import recluster
from newscrawl.reextract import Reextraction, ReextractOptions
from newscrawl.site import Site

SITE = Site(name="paper0", title="Paper 0", country="TH", languages=("en",), timezone="UTC",
            domains=("paper0.example",), home="https://paper0.example/")  # fmt: skip


@dataclass(slots=True)
class Killer:
    """Kills one worker of an engine, once, some time after it is armed."""

    engine: str
    killed: int = 0
    _threads: list[threading.Thread] = field(default_factory=list)

    @contextmanager
    def armed(self, after: float) -> Iterator[None]:
        """Kill the first worker seen at work so many seconds after one was first seen."""
        done = threading.Event()
        thread = threading.Thread(target=self._kill, args=(after, done))
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _kill(self, after: float, done: threading.Event) -> None:
        seen: float | None = None
        while not done.wait(0.01):
            found = workers(self.engine)
            if found and seen is None:
                seen = time.monotonic()
            if found and seen is not None and time.monotonic() - seen >= after:
                os.kill(found[0], signal.SIGKILL)
                self.killed += 1
                return


def workers(engine: str) -> list[int]:
    """Process ids of the workers of the engine, of those that descend from this process."""
    marks = {"local": "--multiprocessing-fork", "ray": "ray::attempt", "spark": "pyspark.daemon"}
    parents: dict[int, int] = {}
    lines: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            status = (entry / "stat").read_text()
            lines[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        parents[int(entry.name)] = int(status.rpartition(")")[2].split()[1])

    def is_ours(process: int) -> bool:
        while process in parents:
            process = parents[process]
            if process == os.getpid():
                return True
        return False

    found = [p for p, line in lines.items() if marks[engine] in line and is_ours(p)]
    if engine == "spark":  # the daemon itself is the parent of the workers
        found = [p for p in found if "pyspark.daemon" in lines.get(parents[p], "")]
    return sorted(found)


def sources(folder: Path, stories: int) -> Path:
    """What all runs read: WARC files of a crawl of others, and of one's own."""
    folder.mkdir(parents=True)
    archive(folder, stories)
    own_archive(folder / "crawled" / "archive", stories)
    return folder


def everything(
    engine: str,
    folder: Path,
    source: Path,
    *,
    processes: int = 2,
    kill: bool = False,
    address: str | None = None,
) -> dict[str, dict[str, str]]:
    """Digests of the tables after each step."""
    folder.mkdir(parents=True)
    output, made = folder / "output", folder / "made"
    killer = Killer(engine)
    # workers of a cluster that runs already need no time to load anything: tasks are short there
    moment = 0.3 if address is None else 0.0
    found: dict[str, dict[str, str]] = {}

    @contextmanager
    def step(name: str, where: Path, *, after: float | None) -> Iterator[None]:
        if kill and after is not None:
            before = killer.killed
            with killer.armed(after):
                yield
            assert killer.killed == before + 1, f"no worker was seen during {name}"
        else:
            yield
        found[name] = result(where)

    with step("ingest", output, after=moment):
        options = IngestOptions(
            output=str(output), sites={}, workers=processes, engine=engine,
            engine_address=address, range_bytes=20_000,
        )  # fmt: skip
        summary = Ingestion(options).ingest(list(source.glob("*.warc.gz")))
        assert summary.exit_code == 0, summary
    with step("recluster", output, after=moment):  # noqa: SIM117 - what is measured, then how
        with Output(output) as out, open_executor(engine, processes, address) as executor:
            index = StoryIndex(out.state.connection, out.state_dir / "stories")
            done = recluster(out, index, "job", executor, slice_rows=40)
            assert done.changed, done
            assert out.verify(indexed=index.size().stories).problems == []
    with step("compact", output, after=None), Output(output) as out:
        compact_output(out, open_executor(engine, processes, address))
        assert out.verify().problems == []
    with step("reextract", made, after=moment):
        shutil.copytree(source / "crawled", folder / "crawled")
        job = Reextraction(
            ReextractOptions(output=str(folder / "crawled"), new_output=str(made),
                             site_of=lambda _: SITE, workers=processes, engine=engine,
                             engine_address=address)
        )  # fmt: skip
        assert job.reextract().exit_code == 0
    left = [str(p) for p in folder.rglob("*") if p.parent.name == "staging"]
    assert left == [], "nothing is left of what workers handed over"
    return found
