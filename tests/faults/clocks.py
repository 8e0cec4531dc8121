"""Clocks that jump: a day back, a year ahead, in mid-run and between runs.

    python tests/faults/clocks.py [--rounds 16] [--seed 1] [--folder DIR]

A shim before the C library (``shim.c``) sets the wall clock of a crawl while it runs. When the
clock has been put right, one clean run must hold every promise; an article that appears then is
found by the next run; and a job that is started often (``--due``) asks every source within a day,
however wrong the times are that the wrong clock left in the state: no site is silent for a year.
"""

from __future__ import annotations

import random
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import shim
from onlooker import Onlooker
from paper import Papers, Running
from promises import breaches
from rounds import Round, Tally, main

DAY = 86_400
LONGEST_S = DAY  # no source is asked less often
JUMPS = {"a day back": -DAY, "a year ahead": 365 * DAY}
WHEN = ("in the first run", "of the first run", "of a later run", "in a later run, and back")
_FAR = timedelta(days=8)  # the farthest look that a right clock plans


def test(folder: Path, rounds: int, dice: random.Random) -> Tally:
    tally = Tally()
    cases = [(jump, when) for when in WHEN for jump in JUMPS]
    for n in range(rounds):
        jump, when = cases[n % len(cases)]
        tally.add(one_round(folder / f"{n}", jump, when, dice))
    return tally


def one_round(
    folder: Path, jump: str, when: str, dice: random.Random, *, watch: bool = True
) -> Round:
    """One jump of the clock, and what was broken once it was right again."""
    output, seconds = folder / "output", JUMPS[jump]
    folder.mkdir(parents=True, exist_ok=True)
    result = Round(f"{jump}, {when}", f"{jump} {when}")
    with Papers(folder, each=6, gap=0.1) as papers, Onlooker(output, on=watch) as onlooker:
        crawls = Crawls(papers, folder, output, result)
        if when == "of the first run":
            crawls.run("wrong", seconds)
        elif when == "in the first run":
            crawls.run("wrong", 0, (dice.randrange(papers.pages), seconds))
        else:
            crawls.run("first", 0)
            papers.publish()
            if when == "of a later run":
                crawls.run("wrong", seconds)
            else:
                crawls.run("wrong", seconds, (dice.randrange(3), 0))
        # right again
        crawls.run("right", 0)
        result.asked = papers.asked() / papers.pages
        result.broken += breaches(output, papers.stored)
        result.broken += far_plans(output)
        papers.publish()
        crawls.run("next", 0)
        result.broken += breaches(output, papers.stored)
        # the rest of the promise: started often, it asks every source once a day at least
        before = [papers.feeds_asked(name) for name in papers.names]
        crawls.run("due", LONGEST_S + 60, options=("--due",))
        after = [papers.feeds_asked(name) for name in papers.names]
        silent = [n for n, a, b in zip(papers.names, before, after, strict=True) if a == b]
        if silent:
            result.broken.append(f"a day later the feeds of {silent} are not asked")
        result.broken += breaches(output, papers.stored)
    result.broken += onlooker.wrong
    result.looks = onlooker.looks
    return result


class Crawls:
    """Crawls under a clock that can be set; what is wrong with one goes to the round."""

    def __init__(self, papers: Papers, folder: Path, output: Path, result: Round) -> None:
        self.papers, self.folder, self.output, self.result = papers, folder, output, result
        self.clock = shim.Clock(folder)

    def run(
        self,
        name: str,
        ahead: float,
        jump: tuple[int, float] | None = None,
        options: tuple[str, ...] = (),
    ) -> None:
        """One crawl; with ``jump`` the clock is set anew after so many requests for articles."""
        self.clock.set(ahead)
        before = self.papers.asked()
        line = self.papers.crawl(self.output, "--workers", "0", *options)
        job = Running(line, self.folder / name, extra=self.clock.environment)
        if jump is not None:
            after, then = jump
            until = time.monotonic() + 5  # a later run may have few pages to ask for
            while self.papers.asked() - before < after and job.alive and time.monotonic() < until:
                time.sleep(0.005)
            self.clock.set(then)
        ended = job.end()
        self.clock.set(0)
        self.result.codes += (ended.code,)
        if ended.code != 0:
            self.result.broken.append(f"the {name} run ends with {ended.code}: {ended.err[-500:]}")
        if "Traceback" in ended.err:
            self.result.broken.append(f"a traceback in the {name} run: {ended.err[-600:]}")


def far_plans(output: Path) -> list[str]:
    """Sources whose times no right clock can have written, after a right run."""
    bound = int((datetime.now(UTC) + _FAR).timestamp() * 1_000_000)
    state = sqlite3.connect(output / "_state" / "newscrawl.sqlite")
    try:
        found = state.execute(
            "SELECT url, next_due, polled_at FROM sources WHERE next_due > ? OR polled_at > ?",
            (bound, bound),
        ).fetchall()
    finally:
        state.close()
    return [f"source {url} is due {due}, polled {polled}" for url, due, polled in found]


if __name__ == "__main__":
    main(__doc__, test, rounds=16)
