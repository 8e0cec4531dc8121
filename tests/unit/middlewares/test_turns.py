"""Turns of hosts."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from newscrawl.middlewares.turns import HostTurns, host_key
from newscrawl.refusal import Refused


def test_host_key() -> None:
    assert host_key("https://News.Example.:443/x") == "news.example"
    assert host_key("http://news.example/x") == host_key("https://news.example/y")
    assert host_key("http://127.0.0.1:8800/") == "127.0.0.1:8800"


def test_one_at_a_time_with_a_gap() -> None:
    async def scenario() -> None:
        turns, loop = HostTurns(), asyncio.get_running_loop()
        starts: list[float] = []
        busy = 0

        async def ask() -> None:
            nonlocal busy
            await turns.take("a", 0.05)
            starts.append(loop.time())
            busy += 1
            assert busy == 1
            await asyncio.sleep(0.01)
            busy -= 1
            turns.give_back("a")

        await asyncio.gather(*(ask() for _ in range(5)))
        gaps = [b - a for a, b in itertools.pairwise(starts)]
        assert min(gaps) >= 0.049, gaps

    asyncio.run(scenario())


def test_a_hold_delays_and_a_crawl_delay_widens_the_gap() -> None:
    async def scenario() -> None:
        turns, loop = HostTurns(), asyncio.get_running_loop()
        turns.ask_gap("a", 0.1)
        began = loop.time()
        await turns.take("a", 0.0)
        turns.give_back("a")
        await turns.take("a", 0.0)
        turns.give_back("a")
        assert loop.time() - began >= 0.099
        turns.hold("a", 0.3)
        await turns.take("a", 0.0)
        assert loop.time() - began >= 0.39

    asyncio.run(scenario())


def test_a_deferred_host_refuses() -> None:
    async def scenario() -> None:
        turns = HostTurns()
        turns.defer("a", "host_failing")
        with pytest.raises(Refused) as caught:
            await turns.take("a", 0.0)
        assert caught.value.reason == "host_failing"
        with pytest.raises(Refused):  # the turn was given back
            await asyncio.wait_for(turns.take("a", 0.0), 1)

    asyncio.run(scenario())


def test_stop_refuses_everyone_who_waits() -> None:
    async def scenario() -> None:
        turns = HostTurns()
        await turns.take("a", 60)
        waiters = [asyncio.ensure_future(turns.take("a", 60)) for _ in range(3)]
        turns.hold("b", 60)
        waiters.append(asyncio.ensure_future(turns.take("b", 60)))
        await asyncio.sleep(0.01)
        turns.stop()
        results = await asyncio.wait_for(asyncio.gather(*waiters, return_exceptions=True), 1)
        assert all(isinstance(r, Refused) and r.reason == "stopped" for r in results)

    asyncio.run(scenario())


def test_a_cancelled_wait_leaves_the_turn_to_the_next() -> None:
    async def scenario() -> None:
        turns = HostTurns()
        await turns.take("a", 0)
        waiting = asyncio.ensure_future(turns.take("a", 0))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.sleep(0.01)
        turns.give_back("a")
        await asyncio.wait_for(turns.take("a", 0), 1)

    asyncio.run(scenario())
