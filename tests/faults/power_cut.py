"""The power fails: a crawl writes to ext4 on a loop device, whose image is copied in mid-run.

    python tests/faults/power_cut.py [--rounds 40] [--seed 1] [--folder DIR]

The image lies on an XFS with reflinks (on a loop device as well), so that a copy is of one
instant: what the disk held just then, with all that was only in memory missing. In every other
run the disk has a cache that loses what it acknowledged: the image lies on one more file system,
whose image is copied instead, and what the inner one has not flushed is in the outer one's memory
only. Each copy is mounted as after a power cut (ext4 replays its journal), must be a sound file
system that holds everything that was in the dataset or in the state before the copy was begun,
and is crawled once, after which everything must hold. Needs root, loop devices and mkfs.xfs;
without the last, ``cp`` until two copies are equal.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from paper import Papers, Running, mounted, run
from rounds import Round, Tally, main

from newscrawl.dataset import NoSuchSnapshot, open_dataset

IMAGE_MB = 64
CACHED_MB = 112  # of the image around it
CUTS = 5  # a run
_COPIES = 20


@dataclass(frozen=True, slots=True)
class Cut:
    """A copy of the image, and what was certain before it was made."""

    image: Path
    asked: int  # requests for articles up to it
    rows: int  # rows in the dataset
    accepted: int  # versions in the state


def available() -> str:
    """Why the power cannot be cut here; empty if it can."""
    if os.geteuid() != 0:
        return "mounting needs root"
    for tool in ("mkfs.ext4", "losetup", "mount"):
        if shutil.which(tool) is None:
            return f"{tool} is missing"
    return "" if Path("/dev/loop-control").exists() else "there are no loop devices"


def test(folder: Path, rounds: int, dice: random.Random) -> Tally:
    tally = Tally()
    if why := available():
        print(why)
        return tally
    while len(tally.rounds) < rounds:
        place = folder / f"{len(tally.rounds)}"
        cached = len(tally.rounds) // CUTS % 2 == 1
        cuts = min(CUTS, rounds - len(tally.rounds))
        for one in one_run(place, cuts, dice, cached=cached):
            tally.add(one)
    return tally


def one_run(
    folder: Path, cuts: int, dice: random.Random, *, each: int = 15, cached: bool = False
) -> list[Round]:
    """One crawl, cut so many times; each cut is a round of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    kind = "power cut, cache lost" if cached else "power cut"
    with mounted_xfs(folder / "host", cuts) as host, Papers(folder, each=each, gap=0.1) as papers:
        image = made(host / "disk.img", CACHED_MB if cached else IMAGE_MB)
        with disk(image, folder / "disk", folder / "around", cached=cached, new=True) as worked:
            if not worked:
                return [Round(kind, "no image", ["the image cannot be mounted"])]
            output = folder / "disk" / "output"
            job = Running(papers.crawl(output, "--workers", "0"), folder / "struck")
            cuts_made = list(take(papers, job, image, output, cuts, dice))
            code = job.end().code
        rounds = []
        for cut in cuts_made:
            what = f"{cut.asked} pages, {cut.accepted} accepted, {cut.rows} rows"
            one = Round(kind, what, codes=(code,))
            check(one, papers, folder, cut, cached=cached)
            rounds.append(one)
            cut.image.unlink()
        return rounds


def made(image: Path, megabytes: int) -> Path:
    """An image with a file system, every block written: later writes are in place."""
    with image.open("wb") as file:
        for _ in range(megabytes):
            file.write(bytes(1 << 20))
        os.fsync(file.fileno())
    line = ["mkfs.ext4", "-q", "-E", "nodiscard", "-O", "^resize_inode", str(image)]
    subprocess.run(line, check=True)
    return image


@contextmanager
def disk(
    image: Path, folder: Path, around: Path, *, cached: bool, new: bool = False
) -> Iterator[bool]:
    """The disk of an image, mounted; with ``cached``, the one whose image lies in the image."""
    if not cached:
        with mounted(folder, "-o", "loop", str(image)) as worked:
            yield worked
        return
    with mounted(around, "-o", "loop", str(image)) as worked:
        if not worked:
            yield False
            return
        if new:
            made(around / "disk.img", IMAGE_MB)
            os.sync()
        with mounted(folder, "-o", "loop", str(around / "disk.img")) as inner:
            yield inner


def take(
    papers: Papers, job: Running, image: Path, output: Path, cuts: int, dice: random.Random
) -> Iterator[Cut]:
    """Copies of the image at random moments of the job, half of them while it flushes."""
    span = papers.pages
    pages = sorted(dice.randrange(span) for _ in range(cuts - cuts // 2))
    for n in range(cuts):
        if n < len(pages):
            while papers.asked() < pages[n] and job.alive:
                time.sleep(0.002)
            time.sleep(dice.uniform(0, 0.1))
        else:
            while job.alive and not any((output / "articles" / "data").rglob("*.*")):
                time.sleep(0.001)
            time.sleep(dice.uniform(0, 0.25))
        asked, rows, accepted = papers.asked(), rows_of(output), accepted_of(output)
        target = image.with_name(f"cut-{n}.img")
        if copy(image, target):
            yield Cut(target, asked, rows, accepted)


def copy(image: Path, target: Path) -> bool:
    """A copy of one instant; False if there was none."""
    done = subprocess.run(
        ["cp", "--reflink=always", str(image), str(target)], capture_output=True, check=False
    )
    if done.returncode == 0:
        return True
    before = b""
    for _ in range(_COPIES):  # no write fell between two equal copies
        data = image.read_bytes()
        if data == before:
            target.write_bytes(data)
            return True
        before = data
    return False


def check(one: Round, papers: Papers, folder: Path, cut: Cut, *, cached: bool) -> None:
    """Mount a copy as after the cut, and see what is there; then crawl once."""
    again = folder / "again"
    before = papers.asked()
    with disk(cut.image, again, folder / "again-around", cached=cached) as worked:
        if not worked:
            one.broken.append("the file system cannot be mounted after the cut")
            return
        output = again / "output"
        output.mkdir(exist_ok=True)
        if (rows := rows_of(output)) < cut.rows:
            one.broken.append(f"{rows} rows in the dataset, {cut.rows} before the cut")
        if (accepted := accepted_of(output)) < cut.accepted:
            one.broken.append(f"{accepted} accepted articles, {cut.accepted} before the cut")
        clean = run(papers.crawl(output, "--workers", "0"), folder / f"clean-{cut.image.stem}")
        one.judge(papers, output, clean, cut.asked + papers.asked() - before)
    line = ["fsck.ext4", "-fn", str(cut.image)]
    sound = subprocess.run(line, capture_output=True, text=True, check=False)
    if sound.returncode != 0:
        one.broken.append(f"fsck: {sound.stdout[-300:]}")


def rows_of(output: Path) -> int:
    """Rows of the dataset that can be read; reading each of them."""
    try:
        return int(open_dataset(output).to_table().num_rows)
    except NoSuchSnapshot:
        return 0


def accepted_of(output: Path) -> int:
    """Versions in the state, as another connection sees them."""
    path = output / "_state" / "newscrawl.sqlite"
    if not path.exists():
        return 0
    state = sqlite3.connect(path, timeout=30)
    try:
        return int(state.execute("SELECT count(*) FROM versions").fetchone()[0])
    except sqlite3.OperationalError:  # no table yet
        return 0
    finally:
        state.close()


class mounted_xfs:  # noqa: N801 - reads as the function it stands beside
    """A folder on an XFS with reflinks; an ordinary folder where none can be made."""

    def __init__(self, folder: Path, cuts: int) -> None:
        self._folder, self._image = folder, folder.with_suffix(".xfs")
        self._mount = mounted(folder, "-o", "loop", str(self._image))
        self._size = (320 + (cuts + 2) * CACHED_MB) << 20

    def __enter__(self) -> Path:
        with self._image.open("wb") as file:
            file.truncate(self._size)
        if shutil.which("mkfs.xfs") is not None:
            line = ["mkfs.xfs", "-q", "-m", "reflink=1", str(self._image)]
            subprocess.run(line, check=True, capture_output=True)
        self._mount.__enter__()
        return self._folder

    def __exit__(self, *_: object) -> None:
        self._mount.__exit__(None, None, None)
        self._image.unlink()


if __name__ == "__main__":
    main(__doc__, test, rounds=40)
