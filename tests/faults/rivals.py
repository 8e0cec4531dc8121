"""Two jobs on one output at once, one of which is killed or meets errors.

    python tests/faults/rivals.py [--rounds 24] [--seed 1] [--folder DIR]

On the same sites the second job ends with 4 and says who holds them, and once the first is dead
the sites are free. On different sites both work; the one that meets no fault must end with 0 and
have all its articles in the dataset. Then one clean run of everything, and everything must hold.
"""

from __future__ import annotations

import errno
import random
import signal
import time
from pathlib import Path

import shim
from onlooker import Onlooker
from paper import NAMES, Papers, Running, run
from rounds import Round, Tally, main

from newscrawl.dataset import open_dataset

FAULTS = ("none", "SIGKILL", "SIGTERM", "EIO", "ENOSPC")


def test(folder: Path, rounds: int, dice: random.Random) -> Tally:
    tally = Tally()
    for n in range(rounds):
        with Papers(folder, each=25, gap=0.1) as papers:
            if n % 3 == 0:
                one = same_sites(papers, folder / f"{n}", dice)
            else:
                one = other_sites(papers, folder / f"{n}", FAULTS[n % len(FAULTS)], dice)
            tally.add(one)
    return tally


def same_sites(papers: Papers, folder: Path, dice: random.Random) -> Round:
    """The second job is told who holds the sites; the first is killed; the third has them all."""
    output = folder / "output"
    result = Round("same sites, SIGKILL of the first", str(folder))
    with Onlooker(output) as onlooker:
        slowly = ("--set", "DOWNLOAD_DELAY=1")  # longer than the second job takes to start
        first = Running(papers.crawl(output, *slowly), folder / "first")
        wait_for_pages(papers, first, 3)
        second = run(papers.crawl(output), folder / "second")
        alive = first.alive
        if second.code != 4 and alive:
            result.broken.append(f"the second job ends with {second.code}: {second.err[-300:]}")
        if alive and str(first.process.pid) not in second.out + second.err:
            result.broken.append("the second job does not say who holds the sites")
        time.sleep(dice.uniform(0, 1))
        first.kill_tree()
        result.codes, result.struck = (second.code, first.end().code), second.code == 4
        finish(result, papers, folder, output)
    result.broken += onlooker.wrong
    result.looks = onlooker.looks
    return result


def other_sites(papers: Papers, folder: Path, fault: str, dice: random.Random) -> Round:
    """One job on one site, one on the others; a fault in the first, none in the second."""
    output = folder / "output"
    result = Round(f"other sites, {fault} of one", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    mine, others = NAMES[:1], NAMES[1:]
    extra: dict[str, str] = {}
    if fault.startswith("E"):
        at = dice.randrange(1, 500)
        extra = shim.failing(
            folder, output, "write", at, getattr(errno, fault), on=fault == "ENOSPC"
        )
    with Onlooker(output) as onlooker:
        struck = Running(papers.crawl(output, names=mine), folder / "struck", extra=extra)
        sound = Running(papers.crawl(output, names=others), folder / "sound")
        if fault.startswith("SIG"):
            wait_for_pages(papers, struck, dice.randrange(1, papers.pages * 2 // 3))
            time.sleep(dice.uniform(0, 0.3))
            struck.signal_tree(signal.Signals[fault])
        one, other = struck.end(), sound.end()
        result.codes = (one.code, other.code)
        if other.code != 0:
            result.broken.append(f"the sound job ends with {other.code}: {other.err[-500:]}")
        if "Traceback" in one.err + other.err:
            result.broken.append(f"a traceback: {(one.err + other.err)[-600:]}")
        rows = open_dataset(output).to_table(["site"])["site"].to_pylist()
        for name in others:
            if rows.count(name) != len(papers.stored[name]):
                result.broken.append(f"{rows.count(name)} articles of {name} after a sound job")
        if fault == "none" and one.code != 0:
            result.broken.append(f"the other job ends with {one.code}: {one.err[-500:]}")
        finish(result, papers, folder, output)
    result.broken += onlooker.wrong
    result.looks = onlooker.looks
    return result


def finish(result: Round, papers: Papers, folder: Path, output: Path) -> None:
    """One clean run of everything, and what was broken."""
    clean = run(papers.crawl(output), folder / "clean")
    result.judge(papers, output, clean, papers.asked())


def wait_for_pages(papers: Papers, job: Running, count: int) -> None:
    """Wait until so many articles were asked for, or the job has ended."""
    while papers.asked() < count and job.alive:
        time.sleep(0.01)


if __name__ == "__main__":
    main(__doc__, test, rounds=24)
