"""Kills at random bytes of random uploads into real S3 servers, as many as are asked for.

    python tests/faults/object_store_kills.py [--server moto|seaweed] [--kills N] [--seed N]

A writer sends through a proxy that passes on a random part of a random PUT and then kills it with
SIGKILL, or sometimes lets the answer of a PUT that was done get lost. Now and then the
state is deleted, as if its disk were gone. After each, a reader reads all tables; at the end every
version that was acknowledged stands in the bucket, once, and everything agrees.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from multiprocessing.context import ForkServerProcess
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "crawl"))

import object_writers as writers
import s3_servers
from meddler import Meddler
from object_writers import Part

from newscrawl.dataset import Output, open_dataset
from newscrawl.schema import TABLES

PLACES = (r"\.parquet$", r"\.json$", r"/articles/data/", r"/articles/_delta_log/\d+\.json$")
COUNT = 100


def look(url: str) -> int:
    """Read everything, as a reader would at this moment; versions in the dataset."""
    for table in TABLES:
        snapshot = open_dataset(url, table=table)
        assert snapshot.to_table().num_rows == snapshot.count()
    versions = open_dataset(url).to_table(["version_id"])["version_id"].to_pylist()
    assert len(versions) == len(set(versions))
    return len(versions)


def lose_state(url: str, state: Path) -> None:
    """Delete a state; what only it knew is written before, since it would be gone with it."""
    with Output(url, state_dir=state) as output:
        output.flush(force=True)
    shutil.rmtree(state)


def kill_once(url: str, server: str, states: Path, chance: random.Random) -> str | None:
    """Start a writer and meddle with one of its uploads; what was done, if it was."""
    victim: list[ForkServerProcess] = []
    loses_answer = chance.random() < 0.15
    act = (lambda: None) if loses_answer else (lambda: victim[0].kill())
    part = 1.0 if loses_answer else chance.choice((chance.random(), 1.0))
    place = chance.choice(PLACES)
    with Meddler(server, act, path=place, number=chance.randint(1, 6), part=part) as proxy:
        victim.append(
            writers.start(Part(url, states, COUNT), s3_servers.environment(proxy.address))
        )
        code = writers.end(victim[0])
    assert code in {0, -9}, code
    if not proxy.met.is_set():
        return None
    done = "answer lost" if loses_answer else "killed"
    return f"{done} after {proxy.sent[0]} of {proxy.sent[1]} bytes ({place})"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--server", choices=["moto", "seaweed"], default="seaweed")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with (
        {"moto": s3_servers.moto, "seaweed": s3_servers.seaweed}[args.server]() as server,
        tempfile.TemporaryDirectory() as tmp,
    ):
        os.environ.update(s3_servers.environment(server))
        kills = outputs = lost = 0
        while kills < args.kills:
            outputs += 1
            url, states = f"s3://{s3_servers.BUCKET}/{outputs}", Path(tmp, str(outputs))
            Output(url, state_dir=states / "0").open().close()
            while look(url) < COUNT and kills < args.kills:
                if chance.random() < 0.2:
                    lose_state(url, states / "0")
                    lost += 1
                done = kill_once(url, server, states, chance)
                if done is not None:
                    kills += 1
                    print(f"{kills:4} {done}; {look(url)} versions", flush=True)
            last = writers.start(Part(url, states, COUNT), s3_servers.environment(server))
            assert writers.end(last) == 0
            with Output(url, state_dir=states / "0") as output:
                report = output.verify()
                assert report.ok, report.problems
            assert look(url) == len(writers.acknowledged(states)) == COUNT
        print(f"{kills} faults and {lost} lost states on {outputs} outputs: nothing lost or double")


if __name__ == "__main__":
    main()
