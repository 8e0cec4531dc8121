"""The matrix of engines, each in an environment of its own.

    python tests/engines/run.py --engine ray
    python tests/engines/run.py --engine spark     # needs Java 17
    python tests/engines/run.py --engine local

Makes a virtual environment, installs newscrawl with the engine's extra, and does everything there
once on the engine, once more with a worker killed in the middle of each step, and once in a single
process: all results must be the same. Ray and Spark do it again as a cluster that runs already and
whose address is given. With ``--venv DIR`` the environment is kept and used again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def inside(engine: str, folder: Path, stories: int) -> bool:
    """Run all and compare; in the environment of the engine."""
    sys.path.insert(0, str(HERE))
    from clusters import cluster
    from matrix import everything, sources

    found = {}
    source = sources(folder / "source", stories)

    def go(way: str, **options: Any) -> None:
        began = time.monotonic()
        found[way] = everything(folder=folder / way, source=source, **options)
        print(f"{way}: {time.monotonic() - began:.1f} s", flush=True)

    go("one process", engine="local", processes=0)
    go(engine, engine=engine)
    go(f"{engine}, workers killed", engine=engine, kill=True)
    if engine != "local":
        # workers of a Spark cluster have to be told which Python has newscrawl
        os.environ["PYSPARK_PYTHON"] = sys.executable
        with cluster(engine, folder / "cluster") as address:
            print(f"cluster at {address}", flush=True)
            go(f"{engine} at an address", engine=engine, address=address)
            go(f"{engine} at an address, workers killed", engine=engine, address=address, kill=True)
            go(f"{engine}, a cluster of another beside it", engine=engine)
    first = next(iter(found.values()))
    print(json.dumps(first, indent=1))
    for way, one in found.items():
        print(f"{way}: {'identical' if one == first else f'DIFFERENT {json.dumps(one)}'}")
    return all(one == first for one in found.values())


def environment(engine: str, folder: Path) -> Path:
    """The Python of an environment with newscrawl and the engine."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        project = str(HERE.parents[1]) + ("" if engine == "local" else f"[{engine}]")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-e", project], check=True)
    return python


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Engines against one process.")
    parser.add_argument("--engine", choices=("local", "ray", "spark"), required=True)
    parser.add_argument("--venv", type=Path, help="keep the environment here")
    parser.add_argument("--stories", type=int, default=150)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newscrawl-engines-") as folder:
        if args.inside:
            sys.exit(0 if inside(args.engine, Path(folder), args.stories) else 1)
        python = environment(args.engine, args.venv or Path(folder) / "venv")
        command = [python, __file__, "--inside", "--engine", args.engine]
        done = subprocess.run([*command, "--stories", str(args.stories)], check=False)
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
