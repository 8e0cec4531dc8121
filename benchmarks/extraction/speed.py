"""CPU time a page: our steps, other extractors, and parsing alone, in one run over the same pages.

    python benchmarks/extraction/speed.py                  # a sample of 200 pages
    python benchmarks/extraction/speed.py --pages 1000 --rounds 3
    python benchmarks/extraction/speed.py --memory 10000   # and what a worker holds after so many

Each page is given to all of them in turn, so that a busy machine is busy for all; each figure is
the least of the rounds, of CPU time. ``kept`` is how many pages gave a text (for parsers: a tree):
a tool that fails early is not fast. The collector is set as in our workers, for all tools alike.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import lxml.html
from corpus import corpus_folder, page_html, records
from selectolax.lexbor import LexborHTMLParser

import newscrawl
from newscrawl.extract import (
    ExtractionPool,
    article,
    article_credits,
    article_dates,
    article_text,
    page_of,
)
from newscrawl.extract.block_frame import Frame
from newscrawl.extract.blocks import make_blocks
from newscrawl.extract.body import extract_body, judge_blocks
from newscrawl.extract.body_hints import gather_hints
from newscrawl.extract.dom import Document
from newscrawl.extract.pool import settle_heap
from newscrawl.items import Article

Call = Callable[[str, str], Any]  # (html, url) to something that is true if a text was found
WHOLE = "newscrawl, whole record"


def others() -> dict[str, Call]:
    """The extractors that are installed to compare with, and the parsers alone."""
    found: dict[str, Call] = {
        "parse only, lexbor": lambda html, _: LexborHTMLParser(html).root is not None,
        "parse only, lxml": lambda html, _: (
            lxml.html.fromstring(html.encode("utf-8", "replace")) is not None
        ),
    }
    try:
        import trafilatura

        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

        def call(html: str, url: str, *, fast: bool = False) -> Any:
            found = trafilatura.bare_extraction(html, url=url, with_metadata=True, fast=fast)
            return found is not None and found.text

        found |= {"trafilatura": call, "trafilatura fast": partial(call, fast=True)}
    except ImportError:
        print("trafilatura is not installed: pip install newscrawl[bench]")
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.html import HTMLTree

        found["resiliparse, body only"] = lambda html, _: extract_plain_text(
            HTMLTree.parse(html), main_content=True
        )
    except ImportError:
        print("resiliparse is not installed: pip install newscrawl[bench]")
    return found


def ours() -> dict[str, Call]:
    """Body and whole record."""
    return {
        "newscrawl, body only": lambda html, url: (
            extract_body(Document.parse(html, url)).paragraphs
        ),
        WHOLE: lambda html, url: newscrawl.extract(html, url).body,
    }


def timed(call: Callable[[], Any], rounds: int) -> tuple[float, bool]:
    """The least CPU seconds of some rounds, and whether the call gave something.

    One that raises is counted as far as it got.
    """
    least, gave = float("inf"), False
    for _ in range(rounds):
        started = time.process_time()
        with contextlib.suppress(Exception):  # what others raise is theirs
            gave = bool(call())
        least = min(least, time.process_time() - started)
    return least, gave


def body_steps(pages: list[tuple[str, str]], rounds: int) -> dict[str, float]:
    """CPU seconds of each step of the body, over all pages."""
    spent: dict[str, float] = {}
    for html, url in pages:
        document = Document.parse(html, url)
        blocks = make_blocks(document)
        hints = gather_hints(document)
        calls: dict[str, Callable[[], Any]] = {
            "parse and walk": lambda h=html, u=url: Document.parse(h, u),
            "blocks": lambda d=document: make_blocks(d),
            "head": lambda d=document: gather_hints(d),
        }
        if len(blocks):
            frame = Frame(document, blocks)
            calls["containers"] = lambda d=document, b=blocks: Frame(d, b)
            calls["features and trees"] = lambda b=blocks, f=frame, h=hints: judge_blocks(b, f, h)
        for name, call in calls.items():
            spent[name] = spent.get(name, 0.0) + timed(call, rounds)[0]
    return spent


# what the making of a record calls, in its order
_STEPS: dict[str, ModuleType] = {
    "decode": article, "read_structured": article, "choose_title": article, "extract_body": article,
    "detect_language": article_text, "find_dates": article_dates, "settle_authors": article_credits,
    "read_source": article_credits, "read_tags": article, "read_canonical": article,
    "read_images": article,
}  # fmt: skip


@contextlib.contextmanager
def clocks(spent: dict[str, float]) -> Iterator[None]:
    """Within, the steps of a record add their CPU seconds to ``spent``."""
    before = {name: getattr(module, name) for name, module in _STEPS.items()}

    def clocked(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:
            started = time.process_time()
            try:
                return call(*args, **options)
            finally:
                spent[name] = spent.get(name, 0.0) + time.process_time() - started

        return run

    try:
        for name, call in before.items():
            setattr(_STEPS[name], name, clocked(name, call))
        yield
    finally:
        for name, call in before.items():
            setattr(_STEPS[name], name, call)


def record_steps(pages: list[tuple[str, str]], rounds: int) -> dict[str, float]:
    """CPU seconds of the steps of the whole record but its parsing, over all pages."""
    total: dict[str, float] = {}
    for html, url in pages:
        least: dict[str, float] = {}
        for _ in range(rounds):
            spent: dict[str, float] = {}
            with clocks(spent):
                newscrawl.extract(html, url)
            for name, value in spent.items():
                least[name] = min(value, least.get(name, value))
        for name, value in least.items():
            total[name] = total.get(name, 0.0) + value
    return total


def worker_memory(pages: list[tuple[str, str]], count: int) -> tuple[float, float]:
    """Peak MB of a worker when it is ready and after ``count`` pages (Linux)."""
    import multiprocessing

    def peak() -> float:
        (worker,) = multiprocessing.active_children()
        status = Path(f"/proc/{worker.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    with ExtractionPool(1, 20.0, 0) as pool:
        pool.submit(page_of("<p>A first page.", "https://paper.example/0")).result()
        first, done = peak(), 0
        for n in range(count):
            html, url = pages[n % len(pages)]
            done += pool.submit(page_of(html, url)).result() is not None
        assert done == count
        return first, peak()


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="CPU time of extraction.")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--memory", type=int, default=0, metavar="N")
    args = parser.parse_args()
    chosen = sorted(records(corpus_folder()), key=lambda r: str(r["id"]))
    chosen = random.Random(1).sample(chosen, min(args.pages, len(chosen)))
    pages = [(page_html(record), str(record.get("url") or "")) for record in chosen]
    if not pages:
        sys.exit("no pages: is NEWSCRAWL_SHARED set?")
    calls = ours() | others()
    spent: dict[str, list[float]] = {name: [] for name in calls}
    kept = dict.fromkeys(calls, 0)
    for call in calls.values():
        timed(lambda call=call: call(*pages[0]), 2)  # type: ignore[misc]
    settle_heap()
    for page in pages:
        for name, call in calls.items():
            seconds, gave = timed(lambda call=call, page=page: call(*page), args.rounds)  # type: ignore[misc]
            spent[name].append(seconds)
            kept[name] += gave
    # nobody is fast by giving up: every tool saw every page, and ours found a text on nearly all
    assert all(len(values) == len(pages) for values in spent.values())
    assert all(isinstance(newscrawl.extract(*page), Article) for page in pages[:5])
    assert kept[WHOLE] >= 0.97 * len(pages), kept
    base = statistics.fmean(spent.get("trafilatura", [float("nan")]))
    heads = ("pages/s", "mean ms", "p50 ms", "p99 ms", "worst", "kept", "x trafilatura")
    print(f"{len(pages)} pages".ljust(26) + "".join(f"{head:>{len(head) + 3}}" for head in heads))
    for name, values in spent.items():
        mean, order = statistics.fmean(values), sorted(values)
        cells = (
            f"{1 / mean:.0f}", f"{1000 * mean:.2f}", f"{1000 * order[len(order) // 2]:.2f}",
            f"{1000 * order[int(0.99 * (len(order) - 1))]:.1f}", f"{1000 * order[-1]:.1f}",
            str(kept[name]), f"{base / mean:.1f}",
        )  # fmt: skip
        row = (f"{cell:>{len(head) + 3}}" for head, cell in zip(heads, cells, strict=True))
        print(name.ljust(26) + "".join(row))
    for title, found in (
        ("steps of the body", body_steps(pages, args.rounds)),
        ("steps of the record", record_steps(pages, args.rounds)),
    ):
        print(f"\n{title:26}{'CPU s':>9}{'ms/page':>9}")
        for name, seconds in found.items():
            print(f"{name:26}{seconds:9.2f}{1000 * seconds / len(pages):9.2f}")
    if args.memory:
        first, last = worker_memory(pages, args.memory)
        print(f"\npeak memory of a worker: {first:.0f} MB ready, {last:.0f} MB after {args.memory}")


if __name__ == "__main__":
    main()
