"""kill -9 and SIGTERM at random moments of a crawl.

    python tests/faults/kills.py [--rounds 100] [--seed 1] [--folder DIR]

Half of the rounds are SIGKILL to the whole process tree, half SIGTERM (to the job alone, or to its
process group as a supervisor does). The moment is drawn anew each time: while the job starts, after
so many pages, or when it has begun to write Parquet. Then one clean run, and everything must hold.
"""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

from onlooker import Onlooker
from paper import Papers, Running, run
from rounds import Round, Tally, main

from newscrawl.dataset import Output, open_dataset

MOMENTS = ("start", "pages", "flush")
GRACE_S = 10.0


def test(folder: Path, rounds: int, dice: random.Random) -> Tally:
    tally = Tally()
    for n in range(rounds):
        number = signal.SIGKILL if n % 2 == 0 else signal.SIGTERM
        moment = MOMENTS[n // 2 % len(MOMENTS)]
        with Papers(folder, gap=0.1) as papers:
            tally.add(one_round(papers, folder / f"{n}", number, moment, dice))
    return tally


def one_round(
    papers: Papers, folder: Path, number: signal.Signals, moment: str, dice: random.Random
) -> Round:
    """One signal at one moment, a clean run, and what was broken."""
    output = folder / "output"
    with Onlooker(output) as onlooker:
        job = Running(papers.crawl(output), folder / "struck")
        wait(papers, output, job, moment, dice)
        struck, began, asked = job.alive, time.monotonic(), papers.asked()
        group = number == signal.SIGKILL or dice.random() < 0.5
        job.signal_tree(number) if group else job.process.send_signal(number)
        ended = job.end()
        took = time.monotonic() - began
        name = f"{number.name} {'to the group, ' if group else ''}{moment}, {asked} pages"
        result = Round(f"{number.name}, {moment}", name, struck=struck, codes=(ended.code,))
        if number == signal.SIGTERM and struck:
            result.broken += in_order(output, ended.code, ended.summary, took, asked)
        if "Traceback" in ended.err:
            result.broken.append(f"a traceback: {ended.err[-600:]}")
        clean = run(papers.crawl(output), folder / "clean")
    result.broken += onlooker.wrong
    result.looks = onlooker.looks
    result.judge(papers, output, clean, papers.asked())
    return result


def wait(papers: Papers, output: Path, job: Running, moment: str, dice: random.Random) -> None:
    """Wait for a random moment of the job."""
    if moment == "start":
        # half before the output is opened, half while it is
        opening = dice.random() < 0.5
        while opening and job.alive and not (output / "_state").exists():
            time.sleep(0.002)
        time.sleep(dice.uniform(0, 1))
        return
    pages = dice.randrange(papers.pages)
    while job.alive:
        if moment == "pages" and papers.asked() >= pages:
            break
        # the first file of a flush, finished or not
        if moment == "flush" and any((output / "articles" / "data").rglob("*.*")):
            break
        time.sleep(0.002)
    time.sleep(dice.uniform(0, 0.15))


def in_order(
    output: Path, code: int, summary: dict[str, object] | None, took: float, asked: int
) -> list[str]:
    """What a SIGTERM promises: 143 within 10 s, and everything accepted is in the dataset."""
    wrong: list[str] = []
    if took > GRACE_S:
        wrong.append(f"SIGTERM took {took:.1f} s")
    if code == -signal.SIGTERM and not asked:
        return wrong  # before it had begun
    if code not in {143, 0}:  # 0: it was done already
        wrong.append(f"SIGTERM ends with {code}")
    if summary is None:
        return [*wrong, "no summary"]
    with Output(output) as opened:
        if waiting := opened.info().waiting_rows:
            wrong.append(f"{waiting} rows wait in the outbox")
    stored = summary["totals"]["stored"]  # type: ignore[index]
    if (count := open_dataset(output).count()) != stored:
        wrong.append(f"the summary says {stored} stored, the dataset holds {count}")
    return wrong


if __name__ == "__main__":
    main(__doc__, test, rounds=100)
