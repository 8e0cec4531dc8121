"""How far a site's word on changes is taken: learned from invented sites that lie in every way."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.schedule import (
    Odds,
    SiteMemory,
    Validator,
    Validators,
    answered,
    ask,
    checked,
    cries,
    heeds_lastmod,
    hides,
    is_sampled,
    lastmod_said,
    lastmod_vouches,
    not_modified,
)

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
Answer = Callable[[int, int, Validators], tuple[int, Validators]]  # version, request, sent


def honest(version: int, _: int, sent: Validators) -> tuple[int, Validators]:
    now = Validators(f'"{version}"', f"day {version}")
    same = sent.etag == now.etag or (not sent.etag and sent.last_modified == now.last_modified)
    return 304 if same else 200, now


def frozen_etag(version: int, _: int, sent: Validators) -> tuple[int, Validators]:
    """The ETag never changes."""
    now = Validators('"for ever"', f"day {version}")
    same = sent.etag == now.etag if sent.etag else sent.last_modified == now.last_modified
    return 304 if same else 200, now


def always_304(version: int, _: int, sent: Validators) -> tuple[int, Validators]:
    """The ETag does change, but whatever is sent is answered with 304."""
    return 304 if sent.etag or sent.last_modified else 200, Validators(f'"{version}"')


def new_etag(version: int, request: int, sent: Validators) -> tuple[int, Validators]:
    """The ETag changes with each answer; the date is honest but asked only without the ETag."""
    now = Validators(f'"{request}"', f"day {version}")
    same = not sent.etag and sent.last_modified == now.last_modified
    return 304 if same else 200, now


def date_of_now(version: int, request: int, sent: Validators) -> tuple[int, Validators]:
    """Last-Modified is always now, and there is no ETag."""
    return 200, Validators(last_modified=f"second {request}")


@dataclass(slots=True)
class Visits:
    """What came of many looks."""

    memory: SiteMemory = field(default_factory=SiteMemory)
    looks: int = 0
    changes: int = 0
    missed: int = 0  # looks that were told 304 though the page had changed
    bodies: int = 0  # whole pages that came
    checks: int = 0

    def visit(self, site: Answer, looks: int, rng: random.Random, rate: float = 0.3) -> Visits:
        """Look at pages of a site again and again; ``rate`` of them changed since the last look."""
        for n in range(looks):
            version, request = 1, self.looks * 10
            url = f"https://x.test/{self.looks}"
            _, known = site(version, request, Validators())
            asked = ask(self.memory, "article", url, known, AT + n * HOUR)
            changed = rng.random() < rate
            version += changed
            status, after = site(version, request + 1, asked.sent)
            self.looks += 1
            self.changes += changed
            if status == 304:
                self.missed += changed
                not_modified(self.memory, asked)
                continue
            self.bodies += 1
            doubted = answered(self.memory, asked, after, changed=changed)
            if doubted is not None:
                self.checks += 1
                old = Validators(known.etag) if doubted is Validator.ETAG else Validators(
                    last_modified=known.last_modified
                )  # fmt: skip
                status, _ = site(version, request + 2, old)
                checked(self.memory, asked, doubted, hid=status == 304)
        return self


def test_an_honest_site_is_believed_for_good() -> None:
    seen = Visits().visit(honest, 2000, random.Random(1))
    assert not any(hides(seen.memory, "article", v) or cries(seen.memory, "article", v)
                   for v in Validator)  # fmt: skip
    assert seen.missed == 0
    # whole pages are the changes, and one in twenty that are doubted
    assert seen.bodies < seen.changes + 0.06 * seen.looks
    assert seen.checks < 0.03 * seen.looks


@pytest.mark.parametrize("liar", [frozen_etag, always_304])
def test_an_etag_that_hides_changes_is_found_out_by_samples(liar: Answer) -> None:
    missed = []
    for seed in range(20):
        seen = Visits().visit(liar, 2000, random.Random(seed))
        assert hides(seen.memory, "article", Validator.ETAG)
        missed.append(seen.missed)
    # the first changed page that is sampled (one in twenty of three in ten) ends the trust
    assert sum(missed) / len(missed) < 40
    assert max(missed) < 160


def test_the_date_serves_where_the_etag_does_not() -> None:
    for liar in (frozen_etag, new_etag):
        seen = Visits().visit(liar, 1000, random.Random(2))
        before = (seen.looks, seen.changes, seen.bodies, seen.missed)
        seen.visit(liar, 1000, random.Random(3))
        looks, changes, bodies, missed = (
            now - then
            for now, then in zip(
                (seen.looks, seen.changes, seen.bodies, seen.missed), before, strict=True
            )
        )
        assert missed == 0
        assert bodies < changes + 0.07 * looks


def test_a_date_that_always_says_now_is_of_no_use_and_not_sent() -> None:
    seen = Visits().visit(date_of_now, 200, random.Random(4))
    assert cries(seen.memory, "article", Validator.LAST_MODIFIED)
    assert ask(seen.memory, "article", "u", Validators(None, "x"), AT).sent == Validators()


def test_trust_is_lost_in_mid_life_and_won_back() -> None:
    rng = random.Random(5)
    seen = Visits().visit(honest, 3000, rng)
    missed = seen.missed
    seen.visit(always_304, 1500, rng)
    assert hides(seen.memory, "article", Validator.ETAG)
    assert seen.missed - missed < 160
    seen.visit(honest, 100, rng)
    assert not hides(seen.memory, "article", Validator.ETAG)


def test_scopes_are_apart() -> None:
    seen = Visits().visit(always_304, 1000, random.Random(6))
    assert hides(seen.memory, "article", Validator.ETAG)
    assert not hides(seen.memory, "feed", Validator.ETAG)


def lastmod(memory: SiteMemory, rng: random.Random, looks: int, *, tells: float, cry: float) -> int:
    """Looks at pages of which three in ten changed; how many were spared or ignored.

    ``tells`` is how likely a change is named, ``cry`` how likely one is named that was none.
    """
    spared = 0
    for n in range(looks):
        url = f"https://x.test/{n}"
        changed = rng.random() < 0.3
        new = rng.random() < (tells if changed else cry)
        at = AT + n * HOUR
        ignored = not heeds_lastmod(memory, url, at) if new else lastmod_vouches(memory, url, at)
        if ignored:
            spared += 1
        else:
            lastmod_said(memory, new=new, changed=changed)
    return spared


def test_a_lastmod_that_always_says_now_is_ignored_and_may_win_trust_back() -> None:
    memory, rng = SiteMemory(), random.Random(7)
    # nothing ever changed that it named
    for n in range(400):
        if heeds_lastmod(memory, f"https://x.test/{n}", AT + n * HOUR):
            lastmod_said(memory, new=True, changed=False)
    # named anew at each of many polls, an article that was not sampled is not asked for
    assert not any(heeds_lastmod(memory, "https://x.test/1", AT) for _ in range(100))
    heeded = sum(heeds_lastmod(memory, f"https://x.test/{n}", AT + n * HOUR) for n in range(1000))
    assert 20 < heeded < 90
    # it has been mended
    lastmod(memory, rng, 2000, tells=1.0, cry=0.0)
    heeded = sum(heeds_lastmod(memory, f"https://y.test/{n}", AT + n * HOUR) for n in range(1000))
    assert heeded == 1000


def test_an_honest_lastmod_spares_planned_looks_and_one_that_hides_does_not() -> None:
    spared = lastmod(SiteMemory(), random.Random(8), 1000, tells=1.0, cry=0.0)
    assert spared > 550  # of about 700 looks at what has not changed
    assert lastmod(SiteMemory(), random.Random(9), 1000, tells=0.5, cry=0.0) < 60


def test_one_in_twenty_is_sampled_and_the_same_again() -> None:
    looks = [AT + n * HOUR for n in range(4000)]
    assert 0.03 < sum(is_sampled("https://x.test/a", at) for at in looks) / 4000 < 0.07
    assert not is_sampled("https://x.test/a", None)


def test_odds_forget() -> None:
    odds = Odds()
    for _ in range(500):
        odds = odds.after(True, memory=0.9)
    assert 9 < odds.yes < 10.1
    assert odds.share(Odds(1, 1)) > 0.9
