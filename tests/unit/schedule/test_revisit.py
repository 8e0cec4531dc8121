"""The revisit plan."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from newscrawl.schedule import (
    RevisitPlan,
    SiteMemory,
    is_look_due,
    look_made,
    most_revisits,
    next_look,
    next_try,
    note_look,
)
from newscrawl.schedule.revisit import CHECKPOINTS

BORN = datetime(2026, 11, 1, 8, tzinfo=UTC)


def test_four_looks_then_rest() -> None:
    looks = []
    at: datetime | None = BORN + timedelta(minutes=5)
    while at is not None and len(looks) < 10:
        at = next_look(BORN, at)
        if at is not None:
            looks.append(at - BORN)
    assert looks == [timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7)]


def test_an_old_article_is_left_alone() -> None:
    assert next_look(BORN, BORN + timedelta(days=30)) is None


def test_a_date_in_the_future_counts_from_the_fetch() -> None:
    fetched = BORN - timedelta(days=2)
    assert next_look(BORN, fetched) == fetched + timedelta(hours=1)


def test_refusals_are_tried_ever_more_rarely_up_to_a_week() -> None:
    waits = [next_try(BORN, n) - BORN for n in range(1, 12)]
    assert waits[0] == timedelta(hours=6)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=7)


def learned(changed: dict[str, float], looks: int = 400, *, seed: int = 1) -> SiteMemory:
    """What looks teach that find a change so often."""
    memory, rng = SiteMemory(), random.Random(seed)
    for _ in range(looks):
        for name, rate in changed.items():
            note_look(memory, name, changed=rng.random() < rate)
    return memory


def looks_at(plan: RevisitPlan, url: str) -> int:
    """How many looks an article gets that never changes."""
    at, looks = BORN, 0
    while (due := plan.next_look(BORN, at, url=url)) is not None:
        at, looks = due, looks + 1
    return looks


def test_looks_that_practically_never_find_a_change_are_made_at_one_article_in_ten() -> None:
    names = ("changed_1h", "changed_6h", "changed_24h", "changed_7d")
    static = RevisitPlan.of(learned(dict.fromkeys(names, 0.0)))
    made = sum(looks_at(static, f"https://x.test/{n}") for n in range(1000))
    assert 250 < made < 550  # of 4000
    rates = {"changed_1h": 0.3, "changed_6h": 0.1, "changed_24h": 0.0, "changed_7d": 0.0}
    early = RevisitPlan.of(learned(rates))
    made = sum(looks_at(early, f"https://x.test/{n}") for n in range(1000))
    assert 2100 < made < 2350
    # what has changed before is another matter: nothing is known of it yet
    assert static.next_look(BORN, BORN, url="https://x.test/1", again=True) == BORN + CHECKPOINTS[0]


def test_a_site_that_begins_to_change_its_articles_is_noticed() -> None:
    memory = learned({"changed_1h": 0.0})
    assert "changed_1h" in RevisitPlan.of(memory).rare
    looks = 0
    while "changed_1h" in RevisitPlan.of(memory).rare:
        note_look(memory, "changed_1h", changed=looks % 5 == 0)
        looks += 1
    assert looks < 40  # of the one article in ten


def test_a_look_is_known_by_its_time() -> None:
    hour = timedelta(hours=1)
    assert look_made(BORN, BORN + hour / 2, BORN + 1.1 * hour) == "changed_1h"
    assert look_made(BORN, BORN + hour, BORN + 7 * hour, again=True) == "changed_6h_again"
    assert look_made(BORN, BORN + hour, BORN + 2 * hour) is None  # early
    assert look_made(BORN, BORN, BORN + 30 * hour) is None  # too late to tell of any


def test_a_plan_beyond_any_plan_was_written_by_a_wrong_clock() -> None:
    assert not is_look_due(None, BORN)
    assert not is_look_due(BORN + timedelta(days=7), BORN)
    assert is_look_due(BORN + timedelta(days=365), BORN)
    assert is_look_due(BORN - timedelta(days=1), BORN)


def test_revisits_are_half_of_a_run_at_most() -> None:
    assert most_revisits(0) == 30
    assert most_revisits(400) == 400
