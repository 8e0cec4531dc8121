"""Outputs on real S3 servers: rivals, kills in mid-upload, lost answers, lost states."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import object_writers as writers
import pytest
import s3_servers
from jobs import command, environment
from meddler import Meddler
from object_writers import Part
from press import Paper, Press

from newscrawl.dataset import (
    Output,
    changes,
    compact_output,
    open_dataset,
    take_down,
    vacuum_output,
)

pytest.importorskip("obstore", reason="extra objectstore is not installed")

pytestmark = pytest.mark.xdist_group("s3")  # one start of each server

SERVERS = {"moto": s3_servers.moto, "seaweed": s3_servers.seaweed}


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server with an empty bucket."""
    try:
        with SERVERS[request.param]() as address:
            yield address
    except s3_servers.NotInstalledError as error:
        pytest.skip(str(error))


@pytest.fixture
def url(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new output on the server, which this process can open, too."""
    for name, value in s3_servers.environment(server).items():
        monkeypatch.setenv(name, value)
    return f"s3://{s3_servers.BUCKET}/{tmp_path.name}"


def assert_holds(url: str, states: Path, *, whole: int) -> None:
    """Every acknowledged version stands there once, and everything agrees."""
    for state in states.glob("[0-9]*"):
        with Output(url, state_dir=state) as output:
            output.flush(force=True)
            assert output.info().waiting_rows == 0
    with Output(url, state_dir=state) as output:
        report = output.verify()
        assert report.ok, report.problems
    snapshot = open_dataset(url)
    versions = snapshot.to_table(["version_id"])["version_id"].to_pylist()
    assert len(versions) == len(set(versions)) == snapshot.count() == whole
    assert set(versions) == writers.acknowledged(states)


@pytest.mark.slow
def test_sixteen_writers_at_once_four_of_them_killed(url: str, server: str, tmp_path: Path) -> None:
    count, crowd = 160, 16
    chance = random.Random(5)

    def crowd_of_writers() -> list[ForkServerProcess]:
        parts = [Part(url, tmp_path, count, number, crowd) for number in range(crowd)]
        return [writers.start(part, s3_servers.environment(server)) for part in parts]

    first = crowd_of_writers()
    while len(writers.acknowledged(tmp_path)) < count // 6:
        time.sleep(0.02)
    victims = chance.sample(first, 4)
    for victim in victims:
        time.sleep(chance.random() * 0.1)
        victim.kill()
    codes = {id(process): writers.end(process) for process in first}
    assert all(codes[id(p)] == 0 for p in first if p not in victims)
    assert any(codes[id(p)] == -signal.SIGKILL for p in victims)
    # whatever the dead have left: nobody meets it
    before = open_dataset(url).to_table(["version_id"])["version_id"].to_pylist()
    assert len(before) == len(set(before))
    assert [writers.end(process) for process in crowd_of_writers()] == [0] * crowd
    assert_holds(url, tmp_path, whole=count)
    assert open_dataset(url).version >= crowd


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (r"/articles/data/.*\.parquet$", 0.5),
        (r"/articles/_delta_log/\d+1\.json$", 0.5),
        (r"/articles/_delta_log/\d+1\.json$", 1.0),
    ],
)
def test_killed_in_mid_upload(
    path: str, part: float, url: str, server: str, tmp_path: Path
) -> None:
    victim: list[ForkServerProcess] = []
    with Meddler(server, lambda: victim[0].kill(), path=path, part=part) as proxy:
        victim.append(writers.start(Part(url, tmp_path, 10), s3_servers.environment(proxy.address)))
        assert writers.end(victim[0]) == -signal.SIGKILL
    sent, size = proxy.sent
    assert 0 < sent <= size
    assert writers.acknowledged(tmp_path)
    # no reader ever meets half a file or half an entry
    for table in ("articles", "fetch_log"):
        snapshot = open_dataset(url, table=table)
        assert snapshot.to_table().num_rows == snapshot.count()
    again = writers.start(Part(url, tmp_path, 10), s3_servers.environment(server))
    assert writers.end(again) == 0
    assert_holds(url, tmp_path, whole=10)


@pytest.mark.parametrize("path", [r"\.parquet$", r"/articles/_delta_log/\d+1\.json$"])
def test_an_answer_that_is_lost_on_the_way(
    path: str, url: str, server: str, tmp_path: Path
) -> None:
    """The store has done what the client believes to have failed, and now tries again."""
    with Meddler(server, lambda: None, path=path, part=1.0) as proxy:
        process = writers.start(Part(url, tmp_path, 10), s3_servers.environment(proxy.address))
        assert writers.end(process) == 0
    assert proxy.met.is_set()
    assert_holds(url, tmp_path, whole=10)


def test_the_care_of_an_output(url: str, server: str, tmp_path: Path) -> None:
    """Compaction, vacuum, take-down and a change feed, with what a reader sees in between."""
    part = Part(url, tmp_path, 20)
    assert writers.end(writers.start(part, s3_servers.environment(server))) == 0
    with Output(url, state_dir=part.state) as output:
        before = open_dataset(url)
        held = sorted(before.to_table().to_pylist(), key=lambda row: row["version_id"])
        assert compact_output(output)[0].files_after == 1
        after = open_dataset(url)
        assert sorted(after.to_table().to_pylist(), key=lambda row: row["version_id"]) == held
        assert changes(url, 2).count() == 10
        assert open_dataset(url, before.version).count() == 20
        assert len(vacuum_output(output, timedelta(0))) > 0
        assert changes(url, 2).count() == 10
        assert take_down(output, held[0]["url"]).rows >= 1
        report = output.verify()
        assert report.ok, report.problems
        left = open_dataset(url).to_table(["url"])["url"].to_pylist()
        assert held[0]["url"] not in left


def test_a_lost_state_is_made_again_from_the_log(url: str, server: str, tmp_path: Path) -> None:
    environment = s3_servers.environment(server)
    parts = [Part(url, tmp_path, 20, number, 2) for number in range(2)]
    assert [writers.end(writers.start(part, environment)) for part in parts] == [0, 0]
    # one writer now takes all: it knows from the log what both have written
    for part in parts:
        shutil.rmtree(part.state)
    assert writers.end(writers.start(Part(url, tmp_path, 30), environment)) == 0
    assert_holds(url, tmp_path, whole=30)
    rows = open_dataset(url).to_table(["article_id", "version"]).to_pylist()
    assert len({(row["article_id"], row["version"]) for row in rows}) == 30


@pytest.mark.slow
@pytest.mark.parametrize("server", ["seaweed"], indirect=True)
def test_a_crawl_into_a_bucket_killed_and_its_state_lost(
    url: str, server: str, tmp_path: Path
) -> None:
    papers = [Paper(f"paper{n}", f"paper{n}.test", 12) for n in range(3)]
    state = tmp_path / "state"
    with Press(papers).serve() as press:
        sites = tmp_path / "sites.toml"
        sites.write_text(press.toml(), encoding="utf-8")
        job = command(
            "crawl", "press", "--sites", sites, "--output", url, "--state", state, "--json",
            "--workers", "0", "--allow-address", f"127.0.0.1:{press.port}",
            "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
            "--set", "DOWNLOAD_DELAY=0.02",
        )  # fmt: skip
        env = {**environment(), **s3_servers.environment(server)}
        first = subprocess.Popen(job, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(press.seen) < 20:
            assert first.poll() is None
            time.sleep(0.01)
        first.kill()
        first.wait()
        # the next run brings what was accepted into the bucket, and what was not reached
        second = subprocess.run(job, env=env, capture_output=True, text=True, check=False)
        assert second.returncode == 0, second.stderr[-3000:]
        wanted = {address for paper in papers for address in press.article_urls(paper)}
        assert sorted(open_dataset(url).to_table(["url"])["url"].to_pylist()) == sorted(wanted)
        # without its state a crawl learns from the bucket what is known
        shutil.rmtree(state)
        third = subprocess.run(job, env=env, capture_output=True, text=True, check=False)
        assert third.returncode == 0, third.stderr[-3000:]
        assert json.loads(third.stdout.splitlines()[-1])["totals"]["stored"] == 0
    assert sorted(open_dataset(url).to_table(["url"])["url"].to_pylist()) == sorted(wanted)
    with Output(url, state_dir=state) as output:
        report = output.verify()
        assert report.ok, report.problems
