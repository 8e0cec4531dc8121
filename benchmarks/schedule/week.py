"""A week of 20 invented papers, time compressed: polls at a learned rate against a fixed one.

    python benchmarks/schedule/week.py [--seed N] [--weeks N]

A job starts every 5 minutes. `learned` asks what `newscrawl.schedule` says is due; `fixed` asks
every source every 15 minutes; `ideal` knows when something changes and asks just then. Each paper
has a feed of 20 entries with most of its articles, one of its main section, and publishes by a
rhythm of day and week that nobody told the scheduler. The first week teaches, the last one counts.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from newscrawl.schedule import after_answer, is_time

START = datetime(2026, 3, 2, tzinfo=UTC)
STEP = timedelta(minutes=5)
FIXED = timedelta(minutes=15)
PAPERS = 20
ENTRIES = 20
DAY = [0.25] * 6 + [1.2, 1.5, 1.7, 1.7, 1.6, 1.4, 1.3, 1.3, 1.3, 1.3, 1.2, 1.1, 1.0, 0.9, 0.7]
DAY += [0.5, 0.4, 0.3]
WEEK = [1.1, 1.15, 1.15, 1.1, 1.1, 0.8, 0.6]


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
    """Publication times, and the feeds."""

    published: list[datetime]
    feeds: list[list[tuple[datetime, int]]] = field(default_factory=list)


def invent(rng: random.Random, per_day: float, days: int) -> Paper:
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
    paper = Paper(times)
    # feeds are made anew every few minutes, and not every article is in the section's
    whole = [(t + timedelta(minutes=rng.uniform(0, 3)), n) for n, t in enumerate(times)]
    part = [x for x in whole if rng.random() < 0.4]
    paper.feeds = [sorted(whole), sorted(part)]
    return paper


def crawl(papers: list[Paper], days: int, *, learned: bool) -> tuple[list[float], int, int]:
    """Delays in minutes and requests of the last week, and articles never seen."""
    delays: list[float] = []
    requests = lost = 0
    counted = START + timedelta(days=days - 7)
    for paper in papers:
        seen: set[int] = set()
        sources = [Source(feed) for feed in paper.feeds]
        at = START
        while at < START + timedelta(days=days):
            for source in sources:
                if learned:
                    due = is_time(source.next_due, at)
                else:
                    due = source.polled_at is None or at - source.polled_at >= FIXED
                if not due:
                    continue
                requests += at >= counted
                new = 0
                while source.read < len(source.appears) and source.appears[source.read][0] <= at:
                    source.read += 1
                for _, number in source.appears[max(0, source.read - ENTRIES) : source.read]:
                    if number not in seen:
                        seen.add(number)
                        new += 1
                        if paper.published[number] >= counted:
                            delays.append((at - paper.published[number]).total_seconds() / 60)
                poll = after_answer(
                    at, new, polled_at=source.polled_at, interval_s=source.interval_s
                )
                source.polled_at, source.interval_s = at, poll.interval_s
                source.next_due = poll.next_due
            at += STEP
        end = START + timedelta(days=days) - timedelta(days=1)
        lost += sum(counted <= t < end and n not in seen for n, t in enumerate(paper.published))
    return delays, requests, lost


def ideal(papers: list[Paper], days: int) -> int:
    """Requests of a crawler that asks the whole feed once for each minute in which it changes."""
    counted = START + timedelta(days=days - 7)
    return sum(
        len({t.replace(second=0, microsecond=0) for t, _ in paper.feeds[0] if t >= counted})
        for paper in papers
    )


def week(seed: int = 1, days: int = 14) -> dict[str, dict[str, float]]:
    """Figures by policy: requests, requests over ideal, median and 90 % delay in minutes, lost."""
    rng = random.Random(seed)
    rates = [0.5 * 400 ** (n / (PAPERS - 1)) for n in range(PAPERS)]  # half an article to 200 a day
    papers = [invent(rng, rate, days) for rate in rates]
    best = ideal(papers, days)
    out: dict[str, dict[str, float]] = {"ideal": {"requests": best, "over_ideal": 1.0}}
    for name in ("learned", "fixed"):
        delays, requests, lost = crawl(papers, days, learned=name == "learned")
        delays.sort()
        out[name] = {
            "requests": requests,
            "over_ideal": requests / best,
            "median_delay": delays[len(delays) // 2],
            "p90_delay": delays[int(len(delays) * 0.9)],
            "articles": len(delays),
            "lost": lost,
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
