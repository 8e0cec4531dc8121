"""Copies of robots.txt in the state: what is read is what was written, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.dataset import DamagedCopy, Output, RobotsCopy
from newscrawl.robots_store import RobotsStore

AT = datetime(2026, 11, 25, 3, tzinfo=UTC)
COPY = RobotsCopy(
    "https://p.example", AT, AT + timedelta(hours=24), 200, "User-agent: *\nDisallow: /ข่าว\ud800\n"
)


def test_a_copy_comes_back_and_old_ones_go(tmp_path: Path) -> None:
    with Output(tmp_path) as output:
        assert output.robots_copy(COPY.origin) is None
        old = replace(COPY, origin="https://old.example", fetched_at=AT - timedelta(hours=25))
        with output.transaction() as tx:
            tx.mark_robots(old)
        assert output.robots_copy(old.origin) == replace(old, text=old.text.replace("\ud800", "?"))
        with output.transaction() as tx:
            tx.mark_robots(COPY)
        assert output.robots_copy(old.origin) is None
    with Output(tmp_path) as output:
        assert output.robots_copy(COPY.origin) == replace(
            COPY, text=COPY.text.replace("\ud800", "?")
        )


@pytest.mark.parametrize(
    "change",
    [
        "text = x'00'", "text = 'text'", "text = substr(text, 3)", "digest = x''", "status = 404",
        "fresh_until = fresh_until + 1", "fetched_at = 'yesterday'", "fetched_at = 1 << 62",
    ],
)  # fmt: skip
def test_what_was_changed_is_refused(change: str, tmp_path: Path) -> None:
    with Output(tmp_path) as output:
        with output.transaction() as tx:
            tx.mark_robots(COPY)
            tx.connection.execute(f"UPDATE robots_copies SET {change}")
        found = output.robots_copy(COPY.origin)
        assert isinstance(found, DamagedCopy)
        assert found.reason
        assert RobotsStore(output, lambda copy: None).find(COPY.origin, AT) is None


def test_the_store_keeps_what_answers_said_and_gives_it_for_a_day(tmp_path: Path) -> None:
    with Output(tmp_path) as output:

        def write(copy: RobotsCopy) -> None:
            with output.transaction() as tx:
                tx.mark_robots(copy)

        store = RobotsStore(output, write)
        with output.transaction() as tx:
            tx.mark_robots(replace(COPY, text="User-agent: *\nDisallow: /x\n"))
            tx.mark_robots(replace(COPY, origin="https://none.example", status=404, text=""))
        policy = store.find(COPY.origin, AT + timedelta(hours=23))
        assert policy is not None
        assert policy.fresh(AT + timedelta(hours=23))
        assert policy.judge("https://p.example/x", "newscrawl").reason == "robots"
        assert store.find(COPY.origin, AT + timedelta(hours=24.1)) is None
        assert store.find(COPY.origin, AT - timedelta(hours=1)) is None  # a clock was wrong
        missing = store.find("https://none.example", AT)
        assert missing is not None
        assert missing.state == "missing"
        store.keep("https://again.example", policy)
        again = store.find("https://again.example", AT)
        assert again is not None
        assert (again.text, again.fresh_until) == (policy.text, policy.fresh_until)
        store.keep("https://down.example", policy.unreachable("timeout", fetched_at=AT))
        assert store.find("https://down.example", AT) is None
