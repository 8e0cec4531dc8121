"""A process that writes articles to an output, for tests that kill it. Not a test itself.

    dataset_writer.py OUTPUT COUNT [--die FUNCTION K before|after] [--fail FUNCTION K ERRNO]
                      [--file-limit BYTES] [--early] [--then compact|takedown]

Calls are counted once the output is open, with --early from the first on, with --then when that
last step begins. Prints the version_id of every article after its transaction has ended: what it
acknowledged. The faults are put into this process only, by wrapping functions of `os`; the package
knows nothing of them. Exit codes: 0, or 3 if the output could not be written.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newscrawl.dataset import (
    Output,
    OutputUnwritable,
    UrlState,
    compact_output,
    take_down,
)
from newscrawl.items import Article, FetchRecord

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
GROUP = 20


def article(number: int) -> Article:
    """The same article for the same number, in every process; every fifth is a second version."""
    story = number - 1 if number % 5 == 4 else number
    words = random.Random(number).choices(["storm", "ព្យុះ", "พายุ", "মেঘ", "台风"], k=400)
    body = " ".join(words)
    digest = hashlib.md5(f"{number} {body}".encode()).hexdigest()
    return Article(
        article_id=hashlib.md5(str(story).encode()).hexdigest(),
        version_id=digest,
        url=f"https://paper.example/{story}",
        canonical_url=f"https://paper.example/{story}",
        site=f"paper{number % 4}",
        host="paper.example",
        title=f"Storm {number}",
        body=body,
        body_chars=len(body),
        paragraphs=1,
        content_hash=hashlib.md5(body.encode()).hexdigest(),
        cluster_id=digest,
        first_seen_at=NOW,
        fetched_at=NOW + timedelta(hours=number),
        run_id=f"run-{os.getpid()}",
        spider="paper",
        code_version="0",
    )


def accept(output: Output, numbers: range) -> list[str]:
    """Accept a group; the version ids it stands for."""
    group = [article(number) for number in numbers]
    with output.transaction() as tx:
        for item in group:
            accepted = tx.add_article(item)
            assert hasattr(accepted, "new"), accepted
            tx.mark_url(UrlState(item.url, item.site, NOW, item.article_id, "stored"))
            tx.log_fetch(
                FetchRecord(
                    run_id=item.run_id,
                    site=item.site,
                    url=item.url,
                    state="stored",
                    discovered_via="feed",
                    found_at=NOW,
                )
            )
    return [item.version_id for item in group]


def wrap(name: str, at: int, fault: Callable[[], None], *, after: bool = False) -> None:
    """Let the ``at``-th call of ``os.<name>`` meet a fault."""
    real = getattr(os, name)
    calls = 0

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at and not after:
            fault()
        result = real(*args, **kwargs)
        if calls == at and after:
            fault()
        return result

    setattr(os, name, wrapped)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def set_fault(arguments: argparse.Namespace) -> None:
    if arguments.die:
        name, at, when = arguments.die
        wrap(name, int(at), die, after=when == "after")
    if arguments.fail:
        name, at, number = arguments.fail

        def fail() -> None:
            raise OSError(int(number), os.strerror(int(number)))

        wrap(name, int(at), fail)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("output", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--die", nargs=3)
    parser.add_argument("--fail", nargs=3)
    parser.add_argument("--start", type=int, default=0, help="article to begin with")
    parser.add_argument("--early", action="store_true")
    parser.add_argument("--then", choices=["compact", "takedown"])
    parser.add_argument("--file-limit", type=int)
    arguments = parser.parse_args()
    if arguments.early:
        set_fault(arguments)
    if arguments.file_limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (arguments.file_limit, -1))
    try:
        with Output(arguments.output) as output:
            if not (arguments.early or arguments.then):
                set_fault(arguments)
            for offset in range(0, arguments.count, GROUP):
                start = (arguments.start // GROUP * GROUP + offset) % arguments.count
                for version in accept(output, range(start, start + GROUP)):
                    print(version, flush=True)
                if offset // GROUP % 3 == 2:
                    output.flush(force=True)
            output.flush(force=True)
            if arguments.then:
                set_fault(arguments)
            if arguments.then == "compact":
                compact_output(output)
            elif arguments.then == "takedown":
                take_down(output, article(7).url)
    except OutputUnwritable as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
