"""CPU time a page: our steps, other extractors, and parsing alone, in one run over the same pages.

    python benchmarks/extraction/speed.py            # a sample of 200 pages
    python benchmarks/extraction/speed.py --pages 1000 --rounds 3

Each page is given to all of them in turn, so that a busy machine is busy for all; each figure is
the least of the rounds. Prints pages a second of one core, mean, 99th percentile and worst.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import lxml.html
from corpus import corpus_folder, page_html, records
from selectolax.lexbor import LexborHTMLParser

from newscrawl.extract.block_frame import Frame
from newscrawl.extract.blocks import make_blocks
from newscrawl.extract.body import extract_body, judge_blocks
from newscrawl.extract.body_hints import gather_hints
from newscrawl.extract.dom import Document


def others() -> dict[str, Callable[[str], Any]]:
    """The extractors that are installed to compare with, and the parsers alone."""
    found: dict[str, Callable[[str], Any]] = {
        "parse only, lexbor": LexborHTMLParser,
        "parse only, lxml": lambda html: lxml.html.fromstring(html.encode("utf-8", "replace")),
    }
    try:
        import trafilatura

        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
        found["trafilatura"] = lambda html: trafilatura.bare_extraction(html, with_metadata=True)
        found["trafilatura fast"] = lambda html: trafilatura.bare_extraction(
            html, with_metadata=True, fast=True
        )
    except ImportError:
        print("trafilatura is not installed: pip install newscrawl[bench]")
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.html import HTMLTree

        found["resiliparse, body only"] = lambda html: extract_plain_text(
            HTMLTree.parse(html), main_content=True
        )
    except ImportError:
        print("resiliparse is not installed: pip install newscrawl[bench]")
    return found


def ours() -> dict[str, Callable[[str], Any]]:
    """Body and whole record."""
    import newscrawl

    return {
        "newscrawl, body only": lambda html: extract_body(Document.parse(html, "")),
        "newscrawl, whole record": lambda html: newscrawl.extract(html, "https://paper.example/a"),
    }


def timed(call: Callable[[str], Any], html: str, rounds: int) -> float:
    """The least CPU seconds of some rounds; one that raises is counted as far as it got."""
    least = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        with contextlib.suppress(Exception):  # what others raise is theirs
            call(html)
        least = min(least, time.process_time() - started)
    return least


def steps(pages: list[str], rounds: int) -> dict[str, float]:
    """Mean seconds of each step of the body."""
    spent: dict[str, list[float]] = {}
    for html in pages:
        document = Document.parse(html, "")
        blocks = make_blocks(document)
        hints = gather_hints(document)
        spent.setdefault("parse and walk", []).append(
            timed(lambda h: Document.parse(h, ""), html, rounds)
        )
        calls: dict[str, Callable[[str], Any]] = {
            "blocks": lambda _, d=document: make_blocks(d),
            "head": lambda _, d=document: gather_hints(d),
        }
        if len(blocks):
            frame = Frame(document, blocks)
            calls["containers"] = lambda _, d=document, b=blocks: Frame(d, b)
            calls["features and trees"] = lambda _, b=blocks, f=frame, h=hints: judge_blocks(
                b, f, h
            )
        for name, call in calls.items():
            spent.setdefault(name, []).append(timed(call, html, rounds))
    return {name: statistics.fmean(values) for name, values in spent.items()}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="CPU time of extraction.")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    chosen = sorted(records(corpus_folder()), key=lambda r: str(r["id"]))
    chosen = random.Random(1).sample(chosen, min(args.pages, len(chosen)))
    pages = [page_html(record) for record in chosen]
    calls = ours() | others()
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        timed(call, pages[0], 1)
    for html in pages:
        for name, call in calls.items():
            spent[name].append(timed(call, html, args.rounds))
    base = statistics.fmean(spent.get("trafilatura", [float("nan")]))
    print(f"{'':26}{'pages/s':>9}{'mean ms':>9}{'p99 ms':>9}{'worst':>9}{'x trafilatura':>15}")
    for name, values in spent.items():
        mean = statistics.fmean(values)
        p99 = sorted(values)[int(0.99 * (len(values) - 1))]
        print(
            f"{name:26}{1 / mean:9.0f}{1000 * mean:9.2f}{1000 * p99:9.1f}"
            f"{1000 * max(values):9.1f}{base / mean:15.1f}"
        )
    print("\nsteps of the body, ms")
    for name, mean in steps(pages, args.rounds).items():
        print(f"{name:26}{1000 * mean:9.2f}")
    print(
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, all tools"
    )


if __name__ == "__main__":
    main()
