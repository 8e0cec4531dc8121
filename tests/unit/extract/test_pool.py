"""The worker pool: every page gets its answer, whatever another page did."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from newscrawl.extract import ExtractionPool, page_of
from newscrawl.extract.pool import read_article
from newscrawl.items import Article, Page, Rejection
from newscrawl.site import Site

AT = datetime(2026, 11, 10, tzinfo=UTC)
TEXT = "<p>A paragraph of the story with enough words to be a real one, and more.</p>" * 4


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spawned worker imports this file by its name to find the task."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[3]))


def _page(word: str) -> Page:
    html = f"<title>Story {word}</title><h1>Story {word}</h1><article>{TEXT}</article>"
    return page_of(html, f"https://daily.example/news/{word}-1", AT)


def misbehave(page: Page, site: Site | None) -> Article | Rejection:
    """A task that does what the address says."""
    if "sleep" in page.url:
        time.sleep(60)
    if "block" in page.url:  # as C code does that never looks at signals
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(60)
    if "swell" in page.url:
        return Article(title=str(len(bytearray(3 * 1024**3))))
    if "die" in page.url:
        os._exit(7)
    if "raise" in page.url:
        raise ValueError("a \x1b[31mbug")
    if "recurse" in page.url:
        return misbehave(page, site)
    return Article(title=page.url, body=str(os.getpid()))


def _outcome(future: Future[Article | Rejection]) -> str:
    result = future.result(timeout=60)
    return "article" if isinstance(result, Article) else result.reason


def test_pages_become_articles_in_processes() -> None:
    with ExtractionPool(1, 10, 1024) as pool:
        futures = [pool.submit(_page(word)) for word in ("one", "two")]
        results = [future.result(timeout=60) for future in futures]
    assert [r.title for r in results if isinstance(r, Article)] == ["Story one", "Story two"]


def test_what_is_no_article_is_rejected_with_its_reason() -> None:
    with ExtractionPool(0, 10, 0) as pool:
        result = pool.submit(page_of("", "https://daily.example/x", AT)).result()
    assert isinstance(result, Rejection)
    assert result.reason == "no_text"


@pytest.mark.slow
def test_one_bad_page_costs_only_itself() -> None:
    words = ["a", "die", "b", "sleep", "c", "raise", "d", "block", "e", "swell", "recurse", "f"]
    with ExtractionPool(2, 0.5, 1024, task=misbehave) as pool:
        futures = [pool.submit(_page(word)) for word in words]
        found = dict(zip(words, map(_outcome, futures), strict=True))
    assert {word: found.pop(word) for word in "abcdef"} == dict.fromkeys("abcdef", "article")
    assert found == {
        "die": "worker_died",
        "sleep": "too_slow",
        "block": "too_slow",
        "raise": "extraction_error",
        "swell": "too_much_memory",
        "recurse": "too_deep",
    }


def test_a_group_signal_does_not_stop_the_workers() -> None:
    with ExtractionPool(1, 5, 1024, task=misbehave) as pool:
        first = pool.submit(_page("one")).result(timeout=60)
        assert isinstance(first, Article)
        worker = psutil.Process(int(first.body))
        for number in (signal.SIGINT, signal.SIGTERM):
            worker.send_signal(number)
        second = pool.submit(_page("two")).result(timeout=60)
        assert isinstance(second, Article)
        assert second.body == first.body
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE


def test_a_worker_killed_from_outside_is_replaced() -> None:
    with ExtractionPool(1, 5, 1024, task=misbehave) as pool:
        first = pool.submit(_page("one")).result(timeout=60)
        assert isinstance(first, Article)
        psutil.Process(int(first.body)).kill()
        outcomes = [_outcome(pool.submit(_page(word))) for word in ("two", "three")]
    assert outcomes[-1] == "article"


def test_inline_work_has_the_same_limits() -> None:
    with ExtractionPool(0, 0.3, 0, task=misbehave) as pool:
        assert _outcome(pool.submit(_page("sleep"))) == "too_slow"
        assert _outcome(pool.submit(_page("raise"))) == "extraction_error"
        result = pool.submit(_page("raise")).result()
    assert isinstance(result, Rejection)
    assert "\x1b" not in result.detail
    assert "test_pool.py" in result.detail


def test_a_closed_pool_takes_nothing() -> None:
    pool = ExtractionPool(0, 1, 0)
    pool.close()
    pool.close()
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(_page("one"))


def test_the_task_of_a_crawl_is_an_article_or_a_rejection() -> None:
    assert isinstance(read_article(_page("one"), None), Article)
