"""Fuzzes the readers of foreign data.

    python tests/faults/fuzz.py page --seconds 600
    python tests/faults/fuzz.py main --seconds 600     # ten minutes for each of the main targets
    python tests/faults/fuzz.py all --seconds 60 --engine own --seed 7
    python tests/faults/fuzz.py shapes                 # how the time grows with adversarial shapes
    python tests/faults/fuzz.py regexes                # regular expressions worse than n log n
    python tests/faults/fuzz.py page --replay FILE...  # one target on kept inputs

Engines: ``atheris`` is guided by coverage (``pip install atheris``; not for every Python), ``own``
changes good inputs by grammar (`fuzz_mutations`) and needs nothing; ``auto`` takes atheris where it
can be imported. Each distinct finding is kept once, as a file, and the fuzz goes on. Ends with 1
if something was found.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import re
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

SLOW_SECONDS = 1.0  # for an input of the fuzz, which is far below 1 MB


def _silence() -> None:
    import logging
    import warnings

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("error")


@dataclass(slots=True)
class Findings:
    """What was found, by place; ``folder`` keeps one input for each."""

    target: str
    folder: Path
    seen: dict[str, str] = field(default_factory=dict)
    runs: int = 0
    slowest: float = 0.0

    def run(self, data: bytes) -> bool:
        """Give one input to the target; whether it found something new."""
        from fuzz_targets import TARGETS

        self.runs += 1
        begun = time.process_time()
        key = detail = ""
        try:
            TARGETS[self.target].reads(data)
        except Exception as error:  # noqa: BLE001 (what is looked for)
            key, detail = _place(error), f"{type(error).__name__}: {error}"[:300]
        taken = time.process_time() - begun
        self.slowest = max(self.slowest, taken)
        if not key and taken > SLOW_SECONDS:
            key, detail = "slow", f"{taken:.2f} s for {len(data)} bytes"
        if not key or key in self.seen:
            return False
        self.seen[key] = detail
        self.folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9_.-]+", "-", f"{self.target}-{key}")[:120]
        (self.folder / name).write_bytes(data)
        print(f"FOUND {self.target} {key}: {detail!r}", flush=True)
        return True

    def report(self) -> dict[str, object]:
        """Figures for the parent."""
        return {"runs": self.runs, "slowest": round(self.slowest, 3), "found": self.seen}


def _place(error: BaseException) -> str:
    """Kind of the error and the innermost place in the project: what tells findings apart."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "newscrawl" in f.filename and "/faults/" not in f.filename]
    frame = ours[-1] if ours else frames[-1]
    words = re.sub(r"[^A-Za-z_.]+", "-", str(error).partition(":")[0])[:40]
    where = f"{Path(frame.filename).stem}.{frame.name}"
    return f"{type(error).__name__}-{where}" + ("" if ours else f"-{words}")


def fuzz_own(findings: Findings, seconds: float, seed: int, limit: int | None = None) -> None:
    """Mutations of seeds, and of inputs that were long to read or found something."""
    from fuzz_mutations import mutate
    from fuzz_targets import TARGETS

    target = TARGETS[findings.target]
    rng = random.Random(seed)
    pool = list(target.seeds)
    for data in target.seeds:
        findings.run(data)
    end = time.monotonic() + seconds
    while time.monotonic() < end and (limit is None or findings.runs < limit):
        start = rng.choice(pool)
        data = mutate(start, target.seeds, rng, target.size)
        if findings.run(data):
            pool.append(data)
        elif rng.random() < 0.02:  # changes build on changes
            pool.append(data)
            if len(pool) > 400:
                del pool[len(target.seeds) + rng.randrange(100)]


def fuzz_atheris(findings: Findings, seconds: float, seed: int, corpus: Path, out: Path) -> None:
    """Guided by coverage; ends the process."""
    import atheris

    rng = random.Random(seed)
    with atheris.instrument_imports(include=["newscrawl"], enable_loader_override=False):
        from fuzz_targets import TARGETS
    from fuzz_mutations import mutate

    target = TARGETS[findings.target]
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(data)
    last = time.monotonic()

    def once(data: bytes) -> None:
        nonlocal last
        findings.run(data)
        if time.monotonic() - last > 2:
            last = time.monotonic()
            out.write_text(json.dumps(findings.report()))

    def change(data: bytes, size: int, number: int) -> bytes:
        if number % 3 == 0:
            return atheris.Mutate(data, size)[:size]
        rng.seed(number)
        return mutate(data, target.seeds, rng, size)

    options = [
        f"-max_total_time={int(seconds)}", f"-seed={seed}", f"-max_len={target.size}",
        "-timeout=60", "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=0",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], once, custom_mutator=change)
    atheris.Fuzz()


def run_target(name: str, args: argparse.Namespace) -> dict[str, object]:
    """One target in a process of its own; its figures."""
    folder = Path(args.folder)
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"{name}.json"
    out.unlink(missing_ok=True)
    engine = args.engine
    if engine == "auto":
        engine = "atheris" if importlib.util.find_spec("atheris") else "own"
    command = [
        sys.executable, __file__, name, "--child", engine, "--seconds", str(args.seconds),
        "--seed", str(args.seed), "--folder", str(folder),
    ]  # fmt: skip
    done = subprocess.run(command, check=False, stderr=subprocess.PIPE, env=dict(os.environ))
    report: dict[str, object] = json.loads(out.read_text()) if out.exists() else {"runs": 0}
    if done.returncode:
        tail = done.stderr.decode("utf-8", "replace")[-1500:]
        report["ended"] = f"{done.returncode}: {tail}"
    report["engine"] = engine
    if found := re.search(rb"number_of_executed_units: (\d+)", done.stderr):
        report["runs"] = int(found[1])
    return report


def _child(name: str, args: argparse.Namespace) -> None:
    _silence()
    folder = Path(args.folder)
    findings = Findings(name, folder / "found")
    out = folder / f"{name}.json"
    if args.child == "atheris":
        fuzz_atheris(findings, args.seconds, args.seed, folder / "corpus" / name, out)
    else:
        fuzz_own(findings, args.seconds, args.seed)
    out.write_text(json.dumps(findings.report()))


def _replay(name: str, files: list[str]) -> int:
    from fuzz_targets import TARGETS

    _silence()
    bad = 0
    for file in files:
        begun = time.process_time()
        try:
            TARGETS[name].reads(Path(file).read_bytes())
            print(f"{file}: good, {time.process_time() - begun:.3f} s")
        except Exception:  # noqa: BLE001
            bad = 1
            print(f"{file}:")
            traceback.print_exc(limit=-6, file=sys.stdout)
    return bad


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("target", help="a target, main, all, shapes or regexes")
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("auto", "atheris", "own"), default="auto")
    parser.add_argument("--folder", default="fuzz-output", help="corpus, findings and figures")
    parser.add_argument("--replay", nargs="+", metavar="FILE")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.engine == "atheris" and importlib.util.find_spec("atheris") is None:
        parser.error("atheris is not installed: pip install -e '.[fuzz]', or --engine own")
    if args.child:
        _child(args.target, args)
        return 0
    if args.replay:
        return _replay(args.target, args.replay)
    if args.target in {"shapes", "regexes"}:
        import fuzz_shapes

        _silence()
        return fuzz_shapes.main(args.target)
    from fuzz_targets import TARGETS

    names = {
        "all": list(TARGETS),
        "main": [x.name for x in TARGETS.values() if x.main],
    }.get(args.target, [args.target])
    if not set(names) <= set(TARGETS):
        parser.error(f"unknown target; known are {', '.join(TARGETS)}, main, all, shapes, regexes")
    worst = 0
    for name in names:
        report = run_target(name, args)
        print(name, json.dumps(report), flush=True)
        worst = max(worst, int(bool(report.get("found") or report.get("ended"))))
    return worst


if __name__ == "__main__":
    raise SystemExit(main())
