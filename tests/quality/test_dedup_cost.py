"""Ceilings on the cost of dedup, as ratios within one run, so that they hold on any machine."""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import numpy as np

from newscrawl.dedup import Story, StoryIndex, canonical_url, fingerprints

START = datetime(2026, 3, 1, tzinfo=UTC)


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """CPU seconds of the fastest of some runs."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def invented(count: int, seed: int = 5) -> list[str]:
    """Texts of about 1,400 letters and spaces."""
    rng = np.random.default_rng(seed)
    letters = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz      ", dtype=np.uint8)
    return [letters[rng.integers(0, 32, 1400)].tobytes().decode() for _ in range(count)]


def test_canonical_urls_cost_a_few_plain_splits() -> None:
    urls = [
        f"https://www.paper{n % 40}.example/news/2024/05/{n % 28 + 1:02}/story-of-the-day-{n}"
        f"?id={n}&utm_source=feed"
        for n in range(4000)
    ]

    def plain() -> None:
        for url in urls:
            parse_qsl(urlsplit(url).query)
        urlsplit.cache_clear()

    ours = seconds(lambda: [canonical_url(url) for url in urls])
    assert ours < 4 * seconds(plain)


def test_fingerprints_cost_little_more_than_light_compression() -> None:
    texts = invented(1000)
    light = seconds(lambda: [zlib.compress(text.encode(), 1) for text in texts])
    assert seconds(lambda: fingerprints(texts)) < 3 * light


def test_disk_an_article_and_growth_of_the_index(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "state.sqlite", isolation_level=None)
    index = StoryIndex(db, tmp_path / "stories")
    costs = []
    for n, first in enumerate(range(0, 12_000, 1000)):
        stories = [
            Story(
                version_id=f"{first + i:032x}",
                article_id=f"{first + i}",
                url=f"https://paper.example/{first + i}",
                site=f"paper{i % 50}",
                title=f"Headline {first + i}",
                text=text,
                published_at=START + timedelta(seconds=first + i),
            )
            for i, text in enumerate(invented(1000, seed=100 + n))
        ]
        costs.append(seconds(lambda batch=stories: index.assign(batch), times=1))  # type: ignore[misc]
    size = index.size()
    assert size.stories == 12_000
    assert size.segments >= 1
    assert size.index_bytes <= 200 * size.stories
    # the last thousands cost about what the first did (one of them also seals the open run)
    assert sorted(costs[-4:])[1] < 3 * sorted(costs[1:5])[1]
