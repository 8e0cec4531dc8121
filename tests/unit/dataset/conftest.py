"""Articles to write, and an output to write them to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.dataset import Output
from newscrawl.items import Article, FetchRecord, Image, Provenance, Removal

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BODY = "The ferry sank at dawn.\n\nកប៉ាល់លិចនៅពេលព្រឹក។\u200bទាហានជួយ។\n\nเรือล่มเมื่อเช้ามืด"


def hex32(*parts: object) -> str:
    return hashlib.md5("\x1f".join(map(str, parts)).encode()).hexdigest()


def build_article(number: int, *, edit: int = 0, run: str = "run-1", **changes: object) -> Article:
    body = f"{BODY}\n\n{number} {edit}"
    at = NOW + timedelta(seconds=number)
    article = Article(
        article_id=hex32(number),
        version_id=hex32(number, edit),
        url=f"https://paper{number % 3}.example/news/{number}",
        canonical_url=f"https://paper{number % 3}.example/news/{number}",
        site=f"paper{number % 3}",
        host=f"paper{number % 3}.example",
        title=f"Ferry {number}: \u0e40\u0e23\u0e37\u0e2d",
        authors=["Sok Dara", "Mya Mya"],
        tags=["sea"],
        body=body,
        body_chars=len(body),
        paragraphs=4,
        removed=[Removal("Share this", "share", 12)],
        images=[Image("https://paper.example/a.jpg", "The ferry", None, 640)],
        provenance=[Provenance("title", "jsonld")],
        content_hash=hex32(body),
        cluster_id=hex32(number, edit),
        published_at=at - timedelta(hours=2),
        published_local=datetime(2026, 11, 24, 17),  # noqa: DTZ001 - the site's own clock
        published_zone="Asia/Phnom_Penh",
        first_seen_at=NOW,
        fetched_at=at,
        language_score=0.5,
        run_id=run,
        spider="paper",
        code_version="0",
    )
    for name, value in changes.items():
        setattr(article, name, value)
    return article


def build_fetch(article: Article) -> FetchRecord:
    return FetchRecord(
        run_id=article.run_id,
        site=article.site,
        url=article.url,
        state="stored",
        discovered_via="feed",
        found_at=NOW,
        version_id=article.version_id,
    )


def write_articles(output: Output, articles: list[Article]) -> int:
    new = 0
    with output.transaction() as tx:
        for article in articles:
            accepted = tx.add_article(article)
            assert hasattr(accepted, "new"), accepted
            new += accepted.new
            assert tx.log_fetch(build_fetch(article)) is None
    return new


@pytest.fixture
def article() -> Callable[..., Article]:
    return build_article


@pytest.fixture
def accept() -> Callable[[Output, list[Article]], int]:
    return write_articles


@pytest.fixture
def output(tmp_path: Path) -> Iterator[Output]:
    with Output(tmp_path / "out") as opened:
        yield opened


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()
