"""Rounds of a fault test: options, a table of what was done, and an exit code that counts."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from paper import Ended, Papers
from promises import breaches


@dataclass(slots=True)
class Round:
    """One fault and what came of it; ``broken`` are the promises that did not hold."""

    kind: str
    what: str
    broken: list[str] = field(default_factory=list)
    looks: int = 0
    struck: bool = True  # the job met the fault
    asked: float = 0.0  # requests for articles, over both runs, by the articles there are
    codes: tuple[int, ...] = ()

    def judge(self, papers: Papers, output: Path, clean: Ended, asked: int) -> None:
        """Note what does not hold after a clean run; ``asked`` articles were asked for in all."""
        if clean.code != 0:
            self.broken.append(f"the clean run ends with {clean.code}: {clean.err[-600:]}")
        self.asked = asked / papers.pages
        if asked > papers.most_asked:
            self.broken.append(f"{asked} requests for {papers.pages} pages")
        self.broken += breaches(output, papers.stored)


@dataclass(slots=True)
class Tally:
    """All rounds of a test."""

    rounds: list[Round] = field(default_factory=list)

    def add(self, one: Round) -> None:
        """Note a round, and say at once what it broke."""
        self.rounds.append(one)
        for sentence in one.broken:
            print(f"BROKEN {one.kind} ({one.what}): {sentence}", flush=True)
        if len(self.rounds) % 10 == 0:
            print(f"{len(self.rounds)} rounds, {self.broken} broken", file=sys.stderr, flush=True)

    def print(self) -> None:
        """The table: a line a kind of fault."""
        kinds: dict[str, list[Round]] = defaultdict(list)
        for one in self.rounds:
            kinds[one.kind].append(one)
        print(
            f"{'fault':32} {'rounds':>6} {'struck':>6} {'broken':>6} {'looks':>6} {'asked':>6}"
            "  exit codes"
        )
        for kind, rounds in kinds.items():
            codes = Counter(code for one in rounds for code in one.codes[:1])
            shown = ", ".join(f"{code}: {n}" for code, n in sorted(codes.items()))
            print(
                f"{kind:32} {len(rounds):6} {sum(r.struck for r in rounds):6}"
                f" {sum(bool(r.broken) for r in rounds):6} {sum(r.looks for r in rounds):6}"
                f" {max(r.asked for r in rounds):5.2f}x  {shown}"
            )

    @property
    def broken(self) -> int:
        """Rounds that broke a promise."""
        return sum(bool(one.broken) for one in self.rounds)


def main(
    doc: str | None,
    test: Callable[[Path, int, random.Random], Tally],
    *,
    rounds: int,
) -> None:
    """Run a test as a script with ``--rounds``, ``--seed`` and ``--folder``."""
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=rounds, help=f"default {rounds}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to work; kept if given")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="newscrawl-faults-") as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        tally = test(folder, options.rounds, random.Random(options.seed))
    tally.print()
    print(f"{len(tally.rounds)} rounds in {time.monotonic() - began:.0f} s, seed {options.seed}")
    if not tally.rounds:
        print("nothing was tested")
    sys.exit(1 if tally.broken or not tally.rounds else 0)
