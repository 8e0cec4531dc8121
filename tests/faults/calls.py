"""EIO, ENOSPC and SIGKILL at the k-th system call by which files are made durable or vanish.

    python tests/faults/calls.py [--rounds 300] [--seed 1] [--folder DIR]

strace puts the fault into the k-th rename, link, fsync, fdatasync, unlink, mkdir, ftruncate and
pwrite64 (SQLite's writes) of a crawl, a shim before the C library (``shim.c``) into its k-th open
and write of a file of the output. k steps over all the calls that a job makes; with fewer rounds
than there are, over a sample. Then one clean run, and everything must hold. A job that met an
error may end with 0 only if its dataset is whole without any other run.
"""

from __future__ import annotations

import errno
import random
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import shim
from onlooker import Onlooker
from paper import Papers, run
from promises import breaches
from rounds import Round, Tally, main

# the names that each call goes by
TRACED = {
    "rename": "rename,renameat,renameat2",
    "link": "link,linkat",
    "fsync": "fsync",
    "fdatasync": "fdatasync",
    "unlink": "unlink,unlinkat",
    "mkdir": "mkdir,mkdirat",
    "ftruncate": "ftruncate",
    "pwrite": "pwrite64",
}
SHIMMED = ("open", "write")
FAULTS = ("EIO", "ENOSPC", "KILL")
_KILLED = {-9, 137}


@dataclass(frozen=True, slots=True)
class Fault:
    """``fault`` at the ``at``-th ``call``."""

    call: str
    at: int
    fault: str

    def __str__(self) -> str:
        return f"{self.fault} at {self.call} {self.at}"


def available() -> bool:
    """Whether strace is there and may trace."""
    return shutil.which("strace") is not None and shim.available()


def strace(log: Path, *options: str, quick: bool = True) -> list[str]:
    """The beginning of a command line that traces.

    ``quick`` stops the job at the named calls only; signals are not sent that way (strace 6.1).
    """
    return ["strace", "-f", "-qq", *(["--seccomp-bpf"] if quick else []), "-o", str(log), *options]


def count(papers: Papers, folder: Path) -> dict[str, int]:
    """How many of each call a job makes: the most that one of its threads makes."""
    log = folder / "strace"
    names = ",".join(TRACED.values())
    folder.mkdir(parents=True, exist_ok=True)
    traced = strace(log, "-e", f"trace={names}")
    done = run([*traced, *job(papers, folder / "counted")], folder)
    assert done.code == 0, done.err
    by_thread: dict[str, Counter[str]] = defaultdict(Counter)
    for line in log.read_text(errors="replace").splitlines():
        if found := re.match(r"(\d+) +(\w+)\(", line):
            for call, names in TRACED.items():
                if found[2] in names.split(","):
                    by_thread[call][found[1]] += 1
    counts = {call: max(by_thread[call].values(), default=0) for call in TRACED}
    for call in SHIMMED:
        output = folder / f"counted-{call}"
        environment = shim.failing(folder, output, call, 0, 0)
        assert run(job(papers, output), folder, extra=environment).code == 0
        counts[call] = len(shim.calls_of(folder))
    return counts


def job(papers: Papers, output: Path) -> list[str]:
    """The crawl under test: in one process, as its workers write nothing."""
    return papers.crawl(output, "--workers", "0")


def chosen(counts: dict[str, int], rounds: int, dice: random.Random) -> Iterator[Fault]:
    """All faults, or as many as there are rounds, with every kind of call in its turn."""
    queues = {}
    for call, most in counts.items():
        faults = [Fault(call, k, fault) for fault in FAULTS for k in range(1, most + 1)]
        dice.shuffle(faults)
        queues[call] = faults
    while rounds > 0 and any(queues.values()):
        for faults in queues.values():
            if faults and rounds > 0:
                rounds -= 1
                yield faults.pop()


def test(folder: Path, rounds: int, dice: random.Random) -> Tally:
    tally = Tally()
    with Papers(folder, each=5, gap=0.1) as papers:
        counts = count(papers, folder / "count")
        print("calls a job makes:", ", ".join(f"{n} {call}" for call, n in counts.items()))
        for fault in chosen(counts, rounds, dice):
            # reading is dear: in one round of four
            watch = len(tally.rounds) % 4 == 0
            place = folder / str(fault).replace(" ", "-")
            tally.add(one_round(papers, place, fault, watch=watch))
            if not tally.rounds[-1].broken:
                shutil.rmtree(place)
    return tally


def one_round(papers: Papers, folder: Path, fault: Fault, *, watch: bool = True) -> Round:
    """One fault, a clean run, and what was broken."""
    output = folder / "output"
    folder.mkdir(parents=True, exist_ok=True)
    before = papers.asked()
    result = Round(f"{fault.fault} at {fault.call}", str(fault))
    with Onlooker(output, on=watch) as onlooker:
        if fault.call in SHIMMED:
            number = -9 if fault.fault == "KILL" else getattr(errno, fault.fault)
            extra = shim.failing(folder, output, fault.call, fault.at, number)
            ended = run(job(papers, output), folder / "struck", extra=extra)
            met = [line for line in shim.calls_of(folder) if line.endswith("STRUCK")]
        else:
            log, names = folder / "strace", TRACED[fault.call]
            what = "signal=KILL" if fault.fault == "KILL" else f"error={fault.fault}"
            traced = strace(
                log, "-y", "-e", f"trace={names}", "-e", f"inject={names}:{what}:when={fault.at}",
                quick=fault.fault != "KILL",
            )  # fmt: skip
            ended = run([*traced, *job(papers, output)], folder / "struck")
            lines = log.read_text(errors="replace").splitlines()
            met = [line for line in lines if "(INJECTED)" in line or "= ?" in line]
        result.codes, result.struck = (ended.code,), bool(met)
        if met:
            result.what += f" ({met[0].split(maxsplit=1)[-1][:160]})"
        result.broken += judged(output, papers, fault, ended.code, ended.err, bool(met))
        clean = run(job(papers, output), folder / "clean")
    result.broken += onlooker.wrong
    result.looks = onlooker.looks
    result.judge(papers, output, clean, papers.asked() - before)
    return result


def judged(output: Path, papers: Papers, fault: Fault, code: int, err: str, met: bool) -> list[str]:
    """What the job itself promises: an exit code that tells, and words instead of a traceback."""
    wrong: list[str] = []
    if "Traceback" in err:
        wrong.append(f"a traceback: {err[err.index('Traceback') :][-900:]}")
    if fault.fault == "KILL" and met:
        if code not in _KILLED:
            wrong.append(f"killed, it ends with {code}")
    elif code == 0:
        whole = breaches(output, papers.stored)
        if whole:
            wrong.append(f"a failed write ends with 0 and {whole[0]}")
    elif code != 3:
        wrong.append(f"ends with {code}: {err[-300:]}")
    elif str(output) not in err:
        wrong.append(f"the message names no path: {err[-300:]}")
    return wrong


if __name__ == "__main__":
    main(__doc__, test, rounds=300)
