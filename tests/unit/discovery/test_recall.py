"""The recall estimate against simulated sites whose truth is known."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from newscrawl.discovery import (
    Sightings,
    estimate,
    estimate_by_day,
    independent_pair,
    pooled,
    read_feed,
    read_sitemap,
)
from newscrawl.discovery.recall import chapman


def test_chapman_by_hand() -> None:
    # 100 marked, 80 caught, 40 of them marked: 101 * 81 / 41 - 1
    total, variance = chapman(100, 80, 40)
    assert total == pytest.approx(198.537, abs=0.001)
    assert variance == pytest.approx(101 * 81 * 60 * 40 / (41**2 * 42))
    with pytest.raises(ValueError, match="in common"):
        chapman(3, 2, 3)


@pytest.mark.parametrize(("feed", "sitemap"), [(0.9, 0.8), (0.7, 0.7), (0.6, 0.9), (0.5, 0.6)])
def test_a_simulated_site_within_ten_per_cent(feed: float, sitemap: float) -> None:
    """Thirty days of 60 to 140 articles, each source seeing each article independently."""
    rng = random.Random(f"{feed} {sitemap}")
    sightings = []
    truth = {}
    seen = 0
    for n in range(30):
        day = date(2026, 11, 1) + timedelta(days=n)
        truth[day] = rng.randint(60, 140)
        for article in range(truth[day]):
            sources = [("feed", feed), ("sitemap", sitemap)]
            found = [name for name, share in sources if rng.random() < share]
            seen += bool(found)
            sightings += [(f"{day}/{article}", day, name) for name in found]
    days = estimate_by_day(sightings, "feed", "sitemap")
    assert len(days) == 30
    errors = [abs(days[day].total - truth[day]) / truth[day] for day in truth]
    assert sum(errors) / len(errors) < 0.10
    inside = sum(days[day].low <= truth[day] <= days[day].high for day in truth)
    assert inside >= 22
    whole = pooled(days.values())
    assert whole is not None
    assert whole.total == pytest.approx(sum(truth.values()), rel=0.10)
    assert whole.recall == pytest.approx(seen / sum(truth.values()), abs=0.05)
    assert whole.low <= whole.total <= whole.high


def test_too_little_in_common_gives_no_estimate() -> None:
    assert estimate({"a", "b"}, {"a", "c"}) is None
    assert estimate(set(), set()) is None
    full = estimate({"a", "b", "c"}, {"a", "b", "c"})
    assert full is not None
    assert (full.total, full.missed, full.recall) == (3.0, 0.0, 1.0)


def test_which_sources_are_compared() -> None:
    sources = {
        "feed": {f"a{n}" for n in range(10)},
        "news_sitemap": {f"a{n}" for n in range(8)},  # of the same query as the feed
        "section": {f"a{n}" for n in range(5, 14)},
    }
    assert independent_pair(sources) == ("feed", "section")
    assert independent_pair({"feed": {"a"}}) is None


def test_a_simulated_site_read_from_its_feed_and_sitemap() -> None:
    """From bytes to the estimate: ten days, of which the sources know 80 and 85 per cent."""
    rng = random.Random(5)
    truth: dict[date, int] = {}
    items, rows = [], []
    for n in range(10):
        day = date(2026, 11, 10) + timedelta(days=n)
        truth[day] = rng.randint(80, 120)
        for article in range(truth[day]):
            url = f"https://p.example/{day:%Y/%m/%d}/story-{article}"
            at = datetime(day.year, day.month, day.day, rng.randrange(24), 5, tzinfo=UTC)
            local = f"{at:%Y-%m-%dT%H:%M:%S}+07:00"  # the clock at the site
            if rng.random() < 0.80:
                items.append(f"<entry><link href='{url}'/><published>{local}</published></entry>")
            if rng.random() < 0.85:
                rows.append(f"<url><loc>{url}</loc><lastmod>{local}</lastmod></url>")
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(items)}</feed>"
    sitemap = f"<urlset>{''.join(rows)}</urlset>"
    sightings = Sightings(ZoneInfo("Asia/Phnom_Penh"))
    for candidate in (
        *read_feed(feed.encode(), "https://p.example/f", None, "p").candidates,
        *read_sitemap(sitemap.encode(), "https://p.example/s", "p").candidates,
    ):
        sightings.see(candidate.url, candidate)
    assert sightings.pair() == ("feed", "sitemap")
    days = sightings.by_day()
    assert set(days) == set(truth)
    for day, result in days.items():
        assert result.total == pytest.approx(truth[day], rel=0.10)
    whole = sightings.whole()
    assert whole is not None
    assert whole.total == pytest.approx(sum(truth.values()), rel=0.03)
    assert whole.missed > 0


def test_sightings_of_one_source_say_nothing() -> None:
    sightings = Sightings(UTC)
    feed = b"<rss><channel><item><link>https://p.example/1</link></item></channel></rss>"
    for candidate in read_feed(feed, "https://p.example/f", None, "p").candidates:
        sightings.see(candidate.url, candidate)
    assert sightings.pair() is None
    assert sightings.by_day() == {}
    assert sightings.whole() is None
