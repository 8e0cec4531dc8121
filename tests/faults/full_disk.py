"""Full disks, file size limits and quotas.

    python tests/faults/full_disk.py [--rounds 40] [--seed 1] [--folder DIR]

A crawl writes to a tmpfs that is too small (in bytes, or in files), under a limit on the size of a
file (RLIMIT_FSIZE, SIGXFSZ ignored as Python does, so EFBIG), or meets EDQUOT from its k-th write
on (``shim.c``). How much room there is is drawn anew each time, from hardly any to nearly enough.
The job must end with 3 and name the path, or with 0 and a whole dataset; then there is room again,
and after one clean run everything must hold.
"""

from __future__ import annotations

import errno
import random
import resource
import subprocess
from pathlib import Path

import shim
from onlooker import Onlooker
from paper import Ended, Papers, mounted, run
from promises import breaches
from rounds import Round, Tally, main

KINDS = ("tmpfs bytes", "tmpfs files", "file size limit", "EDQUOT")


def test(folder: Path, rounds: int, dice: random.Random) -> Tally:
    tally = Tally()
    with Papers(folder, each=10, gap=0.15) as papers:
        whole = folder / "whole"
        done = run(papers.crawl(whole), folder / "log")
        assert done.code == 0, done.err
        files = [path for path in whole.rglob("*") if path.is_file()]
        # while it runs the write-ahead log of SQLite is there too, and more than it leaves
        total = 2 * sum(path.stat().st_size for path in files)
        largest = max(path.stat().st_size for path in files)
        for n in range(rounds):
            kind = KINDS[n % len(KINDS)]
            share = dice.uniform(0.02, 1)
            room = {
                "tmpfs bytes": int(share * total),
                "tmpfs files": int(share * 60) + 2,
                "file size limit": int(share * largest),
                "EDQUOT": int(share * 600) + 1,
            }[kind]
            tally.add(one_round(papers, folder / f"{n}", kind, room))
    return tally


def one_round(papers: Papers, folder: Path, kind: str, room: int, *, watch: bool = True) -> Round:
    """One job without enough room, a clean run with enough, and what was broken."""
    output, before = folder / "disk" / "output", papers.asked()
    result = Round(kind, f"{kind} {room}")
    limit = {"tmpfs bytes": f"size={room}", "tmpfs files": f"nr_inodes={room}"}
    options = limit.get(kind, "size=200m")
    with mounted(folder / "disk", "-t", "tmpfs", "-o", options, "none") as worked:
        if kind.startswith("tmpfs") and not worked:
            result.broken.append("no tmpfs may be mounted here")
            return result
        with Onlooker(output, on=watch) as onlooker:
            ended = struck(papers, folder, output, kind, room)
            judge(result, papers, output, ended)
            if kind.startswith("tmpfs"):
                enough = "remount,size=200m,nr_inodes=10000"
                subprocess.run(["mount", "-o", enough, str(folder / "disk")], check=True)
            clean = run(papers.crawl(output), folder / "clean")
        result.broken += onlooker.wrong
        result.looks = onlooker.looks
        result.judge(papers, output, clean, papers.asked() - before)
    return result


def struck(papers: Papers, folder: Path, output: Path, kind: str, room: int) -> Ended:
    """The job that has not enough room."""
    line = papers.crawl(output, "--workers", "0")
    if kind == "file size limit":

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

        return run(line, folder / "struck", preexec_fn=limit)
    if kind == "EDQUOT":
        folder.mkdir(parents=True, exist_ok=True)
        extra = shim.failing(folder, output, "write", room, errno.EDQUOT, on=True)
        return run(line, folder / "struck", extra=extra)
    return run(line, folder / "struck")


def judge(result: Round, papers: Papers, output: Path, ended: Ended) -> None:
    """What the job itself promises."""
    result.codes = (ended.code,)
    result.struck = ended.code != 0
    if "Traceback" in ended.err:
        result.broken.append(f"a traceback: {ended.err[ended.err.index('Traceback') :][-900:]}")
    if ended.code == 0:
        whole = breaches(output, papers.stored)
        if whole:
            result.broken.append(f"ends with 0 and {whole[0]}")
    elif ended.code != 3:
        result.broken.append(f"ends with {ended.code}: {ended.err[-300:]}")
    elif str(output) not in ended.err:
        result.broken.append(f"the message names no path: {ended.err[-300:]}")


if __name__ == "__main__":
    main(__doc__, test, rounds=40)
