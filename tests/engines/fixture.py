"""The same invented news on every engine: a WARC file of pages, and what is made of it.

Papers print stories of their own and copies of others' (whole, cut, or with a line more), correct
some of them, end each page with the same lines, and fill in the same weather report day by day.
"""

from __future__ import annotations

import hashlib
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newscrawl.archive import Archive, Exchange, PageNote, WarcWriter
from newscrawl.dataset import open_dataset
from newscrawl.items import Candidate, Via

AT = datetime(2026, 10, 1, tzinfo=UTC)
PAPERS = 12
SYLLABLES = (  # of invented words
    "ba", "dou", "ka", "lem", "mor", "nai", "pra", "rin", "sok", "tha", "vat", "wen", "xai", "yok",
    "zul", "phan", "chea", "lin",
)  # fmt: skip
# columns that tell of a run, not of an article
OF_A_RUN = frozenset({"run_id", "run_seq", "assigned_at", "job_id", "started_at", "finished_at"})


def sentence(rng: random.Random) -> str:
    """Some invented words."""
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) for _ in range(14)]
    return " ".join(words).capitalize() + "."


def story(rng: random.Random) -> list[str]:
    """The paragraphs of a story."""
    return [" ".join(sentence(rng) for _ in range(3)) for _ in range(rng.randint(3, 7))]


def page(paper: int, title: str, paragraphs: list[str], at: datetime) -> bytes:
    """A page of a paper, with what it prints around each story."""
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<time datetime={at:%Y-%m-%dT%H:%M:%SZ}>{at:%d %b %Y}</time>{text}"
        f"<p>Paper {paper} is printed in the harbour quarter and reaches its readers at dawn.</p>"
        "</article></body></html>"
    ).encode()


def pages(stories: int, seed: int) -> list[tuple[str, bytes, datetime]]:
    """(address, page, time) of all pages, in the order they were fetched."""
    rng = random.Random(seed)
    out = []
    for n in range(stories):
        at = AT + timedelta(minutes=37 * n)
        title, paragraphs = sentence(rng)[:60], story(rng)
        papers = rng.sample(range(PAPERS), rng.choice([1, 1, 1, 2, 3]))
        for copy, paper in enumerate(papers):
            own = list(paragraphs)
            if copy and rng.random() < 0.4:
                own = own[: max(2, len(own) - 1)]
            if copy and rng.random() < 0.4:
                own.append(sentence(rng))
            when = at + timedelta(hours=copy)
            url = f"https://paper{paper}.example/news/{n}-{paper}"
            out.append((url, page(paper, title, own, when), when))
            if rng.random() < 0.05:
                own[0] = f"Corrected: {own[0]}"
                later = when + timedelta(hours=5)
                out.append((url, page(paper, title, own, later), later))
        if n % 9 == 0:
            figures = [f"{rng.randint(18, 36)} degrees in the {w} with {rng.randint(0, 90)} mm of"
                       f" rain and wind of {rng.randint(3, 50)} km an hour from the sea."
                       for w in ("north", "south", "east", "west", "hills")]  # fmt: skip
            out.append((f"https://paper0.example/weather/{n}",
                        page(0, f"Weather of day {n}", figures, at), at))  # fmt: skip
    # fetched as a crawl would: a copy may come before its origin, a correction never does
    out.sort(key=lambda p: (p[2] + timedelta(hours=6 * (hash_of(p[0]) % 5)), p[2]))
    return out


def hash_of(text: str) -> int:
    """A number that does not depend on the process."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


def archive(folder: Path, stories: int = 150, seed: int = 7) -> Path:
    """The WARC file; the same one for the same numbers."""
    writer = WarcWriter(folder, "news", software="test")
    for url, body, at in pages(stories, seed):
        exchange = Exchange(url, "GET", (), b"", 200, (("Content-Type", "text/html"),), body)
        writer.write("request", exchange.request_block(), at, uri=url,
                     content_type="application/http")  # fmt: skip
        writer.write("response", exchange.response_head() + body, at, uri=url,
                     content_type="application/http; msgtype=response")  # fmt: skip
    writer.close()
    (path,) = folder.glob("news-*.warc.gz")
    return path


def own_archive(folder: Path, stories: int = 150, seed: int = 7) -> None:
    """What a crawl of one paper with ``--archive`` leaves."""
    folder.mkdir(parents=True)
    kept = Archive(folder, "20261001T000000Z-abcd", software="test")
    for url, body, at in pages(stories, seed):
        if not url.startswith("https://paper0."):
            continue
        candidate = Candidate(url, "paper0", Via.FEED, section="From the feed")
        note = PageNote("paper0", "https://paper0.example/", "paper0", "20261001T000000Z-abcd",
                        url, url, at, at, candidate)  # fmt: skip
        html = (("Content-Type", "text/html"),)
        kept.keep(Exchange(url, "GET", (), b"", 200, html, body), at, note)
    kept.close()


def result(output: Path) -> dict[str, str]:
    """A digest of the sorted rows of each table, without what tells of the run only."""
    return {name: digest(rows_of(output, name)) for name in ("articles", "clusters", "fetch_log")}


def rows_of(output: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table without what tells of the run only, sorted."""
    rows = open_dataset(str(output), table=table).to_table().to_pylist()
    kept = [{k: v for k, v in row.items() if k not in OF_A_RUN} for row in rows]
    return sorted(kept, key=lambda row: json.dumps(row, default=str, sort_keys=True))


def digest(rows: list[dict[str, Any]]) -> str:
    """Of rows, as text."""
    text = json.dumps(rows, default=str, sort_keys=True)
    return f"{len(rows)} rows {hashlib.sha256(text.encode()).hexdigest()[:16]}"
