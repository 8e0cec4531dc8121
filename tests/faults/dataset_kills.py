"""The long form of the dataset's kill tests: many random SIGKILLs of three rivals on one output.

    python tests/faults/dataset_kills.py [KILLS] [FOLDER]

Three writers of the same articles and a process that compacts all the time run at once; each is
killed at a random moment and started anew, until so many were killed. A reader looks on. Then one
clean run, after which every acknowledged article must be there once and everything agree.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from newscrawl.dataset import Output, open_dataset, vacuum_output

WRITER = Path(__file__).parents[1] / "crawl" / "dataset_writer.py"
COUNT = 10_000
COMPACTOR = (
    "import sys, time\n"
    "from newscrawl.dataset import Output, compact_output\n"
    "with Output(sys.argv[1]) as output:\n"
    "    while True:\n"
    "        compact_output(output)\n"
    "        time.sleep(0.05)\n"
)


def writer(folder: Path, start: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), str(folder), str(COUNT), "--start", str(start)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )


def compactor(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", COMPACTOR, str(folder)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, encoding="utf-8")


def end(process: subprocess.Popen[str], acknowledged: set[str]) -> None:
    out, _ = process.communicate(timeout=600)
    acknowledged.update(line for line in (out or "").split() if len(line) == 32)


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="newscrawl-kills-"))
    dice = random.Random(kills)
    acknowledged: set[str] = set()
    Output(folder).open().close()
    start = time.monotonic()
    killed = looks = 0
    running = [writer(folder), writer(folder), writer(folder), compactor(folder)]
    while killed < kills:
        time.sleep(dice.random())
        versions = open_dataset(folder).to_table(["version_id"])["version_id"].to_pylist()
        assert len(versions) == len(set(versions)), "a version twice"
        looks += 1
        place = dice.randrange(4)
        finished = running[place].poll() is not None
        running[place].kill()
        end(running[place], acknowledged)
        killed += not finished
        # anywhere in the list: some articles are new, some known, some of them just in flight
        begin = dice.randrange(COUNT)
        running[place] = compactor(folder) if place == 3 else writer(folder, begin)
    for process in running:
        process.kill()
        end(process, acknowledged)
    clean = writer(folder)
    end(clean, acknowledged)
    assert clean.returncode == 0
    with Output(folder) as output:
        report = output.verify()
        vacuum_output(output, timedelta(0))
        assert output.verify().ok
    versions = open_dataset(folder).to_table(["version_id"])["version_id"].to_pylist()
    left = list(folder.rglob("*.tmp"))
    print(
        f"{killed} kills, {looks} looks, {time.monotonic() - start:.0f} s: acknowledged"
        f" {len(acknowledged)}, in the dataset {len(versions)}, distinct {len(set(versions))},"
        f" temporary files {len(left)}, problems {report.problems}"
    )
    assert acknowledged == set(versions)
    assert len(versions) == len(set(versions)) == COUNT
    assert report.ok
    assert not left


if __name__ == "__main__":
    main()
