"""A week of 20 invented papers, time compressed: a learned schedule against a fixed one.

    python benchmarks/schedule/week.py [--seed N] [--days N]

A job starts every 5 minutes. `learned` asks the sources and makes the looks at known articles that
`newscrawl.schedule` says are due; `fixed` asks every source every 15 minutes and looks at every
article 1 h, 6 h, 24 h and 7 d after publication; `ideal` knows when something changes and asks just
then. Each paper has a feed of 20 entries with most of its articles, one of its main section, and
publishes by a rhythm of day and week that nobody told the scheduler. Some papers never change an
article, some correct a few, some keep live reports; some name changes in their feed, some claim
them at every poll; some servers answer 304 to whatever validator is sent, some change it each time.
The weeks before the last one teach, the last one counts. The first request for an article is left
out: it is the same for all.
"""

from __future__ import annotations

import argparse
import bisect
import heapq
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from newscrawl.schedule import (
    EVERY_LOOK,
    RevisitPlan,
    SiteMemory,
    Validators,
    after_answer,
    answered,
    ask,
    checked,
    heeds_lastmod,
    is_time,
    lastmod_said,
    lastmod_vouches,
    look_made,
    not_modified,
    note_look,
)

START = datetime(2026, 3, 2, tzinfo=UTC)
STEP = timedelta(minutes=5)
FIXED = timedelta(minutes=15)
PAPERS = 20
ENTRIES = 20
DAY = [0.25] * 6 + [1.2, 1.5, 1.7, 1.7, 1.6, 1.4, 1.3, 1.3, 1.3, 1.3, 1.2, 1.1, 1.0, 0.9, 0.7]
DAY += [0.5, 0.4, 0.3]
WEEK = [1.1, 1.15, 1.15, 1.1, 1.1, 0.8, 0.6]
# share of articles that are corrected, and of those kept as live reports
MANNERS = ((0.0, 0.0), (0.05, 0.0), (0.0, 0.0), (0.15, 0.03), (0.3, 0.01))
LASTMOD = ("none", "honest", "none", "now")
SERVERS = ("honest", "honest", "honest", "always 304", "new each time", "honest", "none")


@dataclass(slots=True)
class Source:
    """A feed: when each of its articles appears in it, and what polling has learned."""

    appears: list[tuple[datetime, int]]
    polled_at: datetime | None = None
    interval_s: float | None = None
    next_due: datetime | None = None
    read: int = 0


@dataclass(slots=True)
class Paper:
    """Publication times, when each article changes, the feeds, and how the server behaves."""

    published: list[datetime]
    changes: list[list[datetime]]
    lastmod: str
    server: str
    feeds: list[list[tuple[datetime, int]]] = field(default_factory=list)

    def version(self, article: int, at: datetime) -> int:
        """How often an article has changed by then."""
        return bisect.bisect_right(self.changes[article], at)


@dataclass(slots=True)
class Cost:
    """What the counted week took and gave."""

    polls: int = 0
    looks: int = 0  # requests for known articles, checks of validators included
    unneeded: int = 0  # looks answered with a whole page that had not changed
    lost: int = 0
    changes: int = 0
    caught: int = 0
    delays: list[float] = field(default_factory=list)  # minutes from publication to row
    update_delays: list[float] = field(default_factory=list)


def invent(rng: random.Random, per_day: float, days: int, number: int) -> Paper:
    """A paper with ``per_day`` articles a day on average; a fifth of them come in bursts."""
    times: list[datetime] = []
    shift = rng.randrange(24)
    for hour in range(days * 24):
        at = START + timedelta(hours=hour)
        mean = per_day / 24 * DAY[(hour + shift) % 24] * WEEK[at.weekday()]
        spent = rng.expovariate(1.0)
        while spent < mean:
            moment = at + timedelta(hours=rng.random())
            burst = rng.randint(2, 4) if rng.random() < 0.08 else 1
            times += [moment + timedelta(minutes=n) for n in range(burst)]
            spent += rng.expovariate(1.0)
    times.sort()
    corrected, live = MANNERS[number % len(MANNERS)]
    own = random.Random(rng.random())
    changes = [_changes(own, at, corrected, live) for at in times]
    lastmod, server = LASTMOD[number % len(LASTMOD)], SERVERS[number % len(SERVERS)]
    paper = Paper(times, changes, lastmod, server)
    # feeds are made anew every few minutes, and not every article is in the section's
    whole = [(t + timedelta(minutes=rng.uniform(0, 3)), n) for n, t in enumerate(times)]
    part = [x for x in whole if rng.random() < 0.4]
    paper.feeds = [sorted(whole), sorted(part)]
    return paper


def _changes(rng: random.Random, born: datetime, corrected: float, live: float) -> list[datetime]:
    if rng.random() < live:
        spans = [rng.expovariate(1.0) for _ in range(rng.randint(3, 8))]
        return sorted(born + timedelta(hours=0.5 + 2 * x) for x in spans)
    if rng.random() >= corrected:
        return []
    mean = rng.choices((2.0, 12.0, 72.0), (0.7, 0.2, 0.1))[0]
    return sorted(
        born + timedelta(hours=rng.expovariate(1 / mean)) for _ in range(rng.choice((1, 1, 1, 2)))
    )


class Revisits:
    """The looks at one paper's known articles."""

    def __init__(self, paper: Paper, counted: datetime, cost: Cost, *, learned: bool) -> None:
        self.paper, self.counted, self.cost, self.learned = paper, counted, cost, learned
        self.memory, self.plan = SiteMemory(), EVERY_LOOK
        self.fetched: dict[int, datetime] = {}
        self.seen: dict[int, int] = {}  # article -> versions seen, without the first
        self.due: list[tuple[datetime, int]] = []  # a heap; what is not in `_next` has passed
        self._next: dict[int, datetime] = {}
        self.requests = 0

    def first(self, article: int, at: datetime) -> None:
        """An article was found and fetched."""
        self.fetched[article], self.seen[article] = at, 0
        self._plan(article, at)

    def named(self, article: int, at: datetime) -> None:
        """A feed names a known article, and says when it changed."""
        if not self.learned or self.paper.lastmod == "none":
            return
        version = self.paper.version(article, at)
        honest = self.paper.changes[article][version - 1] if version else self._born(article)
        claimed = honest if self.paper.lastmod == "honest" else at
        if claimed > self.fetched[article]:
            if heeds_lastmod(self.memory, str(article), self.fetched[article]):
                self._look(article, at, said_new=True)
        elif (due := self._due(article)) is not None and due <= at:
            if lastmod_vouches(self.memory, str(article), due):
                self._plan(article, at)
            else:
                self._look(article, at, said_new=False)

    def run(self, at: datetime) -> None:
        """Make the looks that are due."""
        while self.due and self.due[0][0] <= at:
            due, article = heapq.heappop(self.due)
            if due == self._due(article):
                self._look(article, at, said_new=None)

    def _due(self, article: int) -> datetime | None:
        return self._next.get(article)

    def _born(self, article: int) -> datetime:
        return self.paper.published[article]

    def _plan(self, article: int, at: datetime) -> None:
        due = self.plan.next_look(
            self._born(article), at, url=str(article), again=bool(self.seen[article])
        )
        if due is None:
            self._next.pop(article, None)
        else:
            self._next[article] = due
            heapq.heappush(self.due, (due, article))

    def _answer(self, article: int, at: datetime, sent: Validators) -> tuple[int, Validators]:
        """What the server says: status and validators."""
        self.requests += 1
        version = self.paper.version(article, at)
        own = f"v{version}"
        if self.paper.server == "none":
            return 200, Validators()
        if self.paper.server == "new each time":
            own = f"r{self.requests}"
        elif self.paper.server == "always 304" and sent.etag:
            return 304, sent
        return (304 if sent.etag == own else 200), Validators(own)

    def _look(self, article: int, at: datetime, *, said_new: bool | None) -> None:
        paper, cost = self.paper, self.cost
        before, counts = self.fetched[article], at >= self.counted
        version = paper.version(article, at)
        changed = version > paper.version(article, before)
        known = Validators(f"v{paper.version(article, before)}")
        if paper.server in {"none", "new each time"}:
            known = Validators("r0" if paper.server == "new each time" else None)
        asked = ask(self.memory, "article", str(article), known, before)
        status, after = self._answer(article, at, asked.sent)
        cost.looks += counts
        if status == 200:
            if self.learned:
                doubted = answered(self.memory, asked, after, changed=changed)
                if doubted is not None:
                    status, _ = self._answer(article, at, known)
                    checked(self.memory, asked, doubted, hid=status == 304)
                    cost.looks += counts
            cost.unneeded += counts and not changed
            if changed and counts:
                cost.caught += 1
                cost.update_delays.append(
                    (at - paper.changes[article][version - 1]).total_seconds() / 60
                )
        else:
            not_modified(self.memory, asked)
            changed = False
        if self.learned:
            name = look_made(self._born(article), before, at, again=bool(self.seen[article]))
            if name is not None:
                note_look(self.memory, name, changed=changed)
            if said_new is not None:
                lastmod_said(self.memory, new=said_new, changed=changed)
            self.plan = RevisitPlan.of(self.memory)
        self.seen[article] += changed
        self.fetched[article] = at
        self._plan(article, at)


def crawl(papers: list[Paper], days: int, *, learned: bool) -> Cost:
    """What the last week cost and gave, over all papers."""
    cost = Cost()
    end = START + timedelta(days=days)
    counted = end - timedelta(days=7)
    for paper in papers:
        sources = [Source(feed) for feed in paper.feeds]
        revisits = Revisits(paper, counted, cost, learned=learned)
        at = START
        while at < end:
            for source in sources:
                if learned:
                    due = is_time(source.next_due, at)
                else:
                    due = source.polled_at is None or at - source.polled_at >= FIXED
                if due:
                    _poll(paper, source, revisits, at)
            revisits.run(at)
            at += STEP
        late = end - timedelta(days=1)
        cost.lost += sum(
            counted <= t < late and n not in revisits.fetched for n, t in enumerate(paper.published)
        )
        cost.changes += sum(counted <= t < end for times in paper.changes for t in times)
    return cost


def _poll(paper: Paper, source: Source, revisits: Revisits, at: datetime) -> None:
    cost, counted = revisits.cost, revisits.counted
    cost.polls += at >= counted
    new = 0
    while source.read < len(source.appears) and source.appears[source.read][0] <= at:
        source.read += 1
    for _, number in source.appears[max(0, source.read - ENTRIES) : source.read]:
        if number in revisits.fetched:
            revisits.named(number, at)
            continue
        revisits.first(number, at)
        new += 1
        if paper.published[number] >= counted:
            cost.delays.append((at - paper.published[number]).total_seconds() / 60)
    poll = after_answer(at, new, polled_at=source.polled_at, interval_s=source.interval_s)
    source.polled_at, source.interval_s = at, poll.interval_s
    source.next_due = poll.next_due


def ideal(papers: list[Paper], days: int) -> tuple[int, int]:
    """Requests of a crawler that asks the whole feed once for each minute in which it changes, and
    an article once for each minute in which it does."""
    counted, end = START + timedelta(days=days - 7), START + timedelta(days=days)
    polls = sum(
        len({t.replace(second=0, microsecond=0) for t, _ in paper.feeds[0] if t >= counted})
        for paper in papers
    )
    looks = sum(
        len({t.replace(second=0, microsecond=0) for t in times if counted <= t < end})
        for paper in papers
        for times in paper.changes
    )
    return polls, looks


def week(seed: int = 1, days: int = 14) -> dict[str, dict[str, float]]:
    """Figures by policy.

    ``requests``, ``over_ideal``, ``median_delay`` and ``p90_delay`` (minutes) and ``lost`` are of
    new articles and the polls that found them; ``looks``, ``caught`` (share of the changes whose
    text was seen), ``looks_a_change`` and ``update_delay`` of known articles;
    ``all_over_ideal`` of both together.
    """
    rng = random.Random(seed)
    rates = [0.5 * 400 ** (n / (PAPERS - 1)) for n in range(PAPERS)]  # half an article to 200 a day
    papers = [invent(rng, rate, days, n) for n, rate in enumerate(rates)]
    polls, looks = ideal(papers, days)
    out: dict[str, dict[str, float]] = {"ideal": {"requests": polls, "looks": looks}}
    for name in ("learned", "fixed"):
        cost = crawl(papers, days, learned=name == "learned")
        delays, updates = sorted(cost.delays), sorted(cost.update_delays)
        out[name] = {
            "requests": cost.polls,
            "over_ideal": cost.polls / polls,
            "median_delay": delays[len(delays) // 2],
            "p90_delay": delays[int(len(delays) * 0.9)],
            "articles": len(delays),
            "lost": cost.lost,
            "looks": cost.looks,
            "unneeded": cost.unneeded,
            "changes": cost.changes,
            "caught": cost.caught / max(cost.changes, 1),
            "looks_a_change": cost.looks / max(cost.caught, 1),
            "update_delay": updates[len(updates) // 2] if updates else float("nan"),
            "all_over_ideal": (cost.polls + cost.looks) / (polls + looks),
        }
    return out


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=14)
    given = parser.parse_args()
    for name, figures in week(given.seed, given.days).items():
        print(name, *(f"{key} {value:.4g}" for key, value in figures.items()), sep="  ")


if __name__ == "__main__":
    main()
