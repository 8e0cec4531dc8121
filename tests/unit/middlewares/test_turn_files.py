"""Turns between processes, here two instances on one folder."""

from __future__ import annotations

import asyncio
import itertools
import os
from pathlib import Path

from newscrawl.middlewares.turn_files import TurnFiles
from newscrawl.middlewares.turns import HostTurns


def test_two_take_turns_with_a_gap(tmp_path: Path) -> None:
    asked: list[tuple[float, int]] = []
    busy = 0

    async def ask(turns: HostTurns, number: int) -> None:
        nonlocal busy
        await turns.take("a", 0.05)
        busy += 1
        assert busy == 1
        asked.append((asyncio.get_running_loop().time(), number))
        await asyncio.sleep(0.01)
        busy -= 1
        turns.give_back("a")

    async def scenario() -> None:
        both = [HostTurns(TurnFiles(tmp_path / "hosts")) for _ in range(2)]
        await asyncio.gather(*(ask(both[n % 2], n % 2) for n in range(12)))

    asyncio.run(scenario())
    gaps = [b - a for (a, _), (b, _) in itertools.pairwise(asked)]
    assert min(gaps) >= 0.06 - 0.001, gaps
    assert {number for _, number in asked[:10]} == {0, 1}, "nobody waits for the other's end"


def test_a_hold_is_kept_by_others(tmp_path: Path) -> None:
    one, other = TurnFiles(tmp_path), TurnFiles(tmp_path)
    one.hold("a", 130.0)
    assert 30 <= other.claim("a", 100.0) <= 30.1
    assert other.claim("a", 130.0) == 0
    assert one.claim("a", 130.0) > 0
    other.release("a", 131.0)
    assert one.claim("b", 130.0) == 0
    # the time of a clock that has begun anew counts for nothing
    one.hold("a", 1e9)
    assert one.claim("a", 5.0) == 0


def test_a_turn_dies_with_its_holder(tmp_path: Path) -> None:
    files = TurnFiles(tmp_path)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, b"x" if files.claim("a", 10.0) == 0 else b"-")
        os.kill(os.getpid(), 9)
    assert os.read(read, 1) == b"x"
    os.waitpid(child, 0)
    assert files.claim("a", 10.0) == 0
    os.close(read)
    os.close(write)


def test_where_no_file_can_be_made_turns_go_on_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    files = TurnFiles(tmp_path / "file")
    assert files.claim("a", 1.0) == 0
    files.release("a", 2.0)
    files.hold("a", 2.0)
