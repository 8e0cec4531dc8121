"""Kills, signals, second jobs and full disks: nothing accepted is lost, nothing is there twice."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hostile.server import FILLER, Case, HostileServer, article, marked
from jobs import command, environment, run, summary

from newscrawl.dataset import open_dataset

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kills")]

ARTICLES = 150


def story(n: int) -> str:
    """One of many ordinary articles, each with words of its own."""
    rng = random.Random(n)
    own = " ".join("".join(rng.choices("abcdefghijklmnoprstuvy", k=7)) for _ in range(120))
    return article(f"plain{n}x", title=f"Report {n} from the district office", paragraphs=marked(
        f"plain{n}x", f"{own}. {FILLER}"))  # fmt: skip


@pytest.fixture
def server() -> Iterator[HostileServer]:
    paths = tuple(f"/news/{n}.html" for n in range(ARTICLES))
    case = Case("plain", paths, {f"/news/{n}.html": story(n) for n in range(ARTICLES)})
    with HostileServer([case]) as running:
        yield running


@pytest.fixture
def job(server: HostileServer, tmp_path: Path) -> list[str]:
    toml = tmp_path / "sites.toml"
    base = f"http://plain.torture.test:{server.port}"
    toml.write_text(
        f'[[site]]\nname = "plain"\ntitle = "Plain"\ncountry = "ZZ"\nlanguages = ["en"]\n'
        f'timezone = "UTC"\ndomains = ["plain.torture.test"]\nhome = "{base}/"\n'
        f'feeds = ["{base}/feed.xml"]\n',
        encoding="utf-8",
    )
    return [
        "crawl", "plain", "--sites", str(toml), "--json",
        "--allow-address", f"127.0.0.1:{server.port}", "--set", "DOWNLOAD_DELAY=0.01",
        "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
    ]  # fmt: skip


def start(args: list[str], output: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*args, "--output", output),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    )


def wait_for_pages(server: HostileServer, count: int) -> None:
    """Wait until so many articles have been asked for."""
    until = time.monotonic() + 60
    while len(server.asked("plain", "/news/")) < count:
        assert time.monotonic() < until
        time.sleep(0.01)


def assert_whole(output: Path, *, articles: int = ARTICLES + 1) -> None:
    """Every article once, every file readable, nothing left over, and `verify` agrees."""
    rows = open_dataset(str(output)).to_table(["url", "version_id", "version"]).to_pylist()
    urls = Counter(row["url"] for row in rows)
    assert len(urls) == articles
    assert set(urls.values()) == {1}
    glob = str(output / "articles" / "data" / "**" / "*.parquet")
    counted = duckdb.execute(
        f"SELECT count(*), count(DISTINCT version_id) FROM '{glob}'"
    ).fetchone()
    assert counted == (articles, articles)
    assert not [p for p in output.rglob("*") if ".tmp" in p.name]
    verified = run("dataset", "--output", output, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_kill_9_loses_nothing(server: HostileServer, job: list[str], tmp_path: Path) -> None:
    output = tmp_path / "output"
    kills = 4
    for n in range(kills):
        child = start(job, output)
        wait_for_pages(server, 15 + 30 * n)
        time.sleep(random.Random(n).uniform(0, 0.3))
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
    done = run(*job, "--output", output)
    assert done.returncode == 0, done.stderr[-2000:]
    assert_whole(output)
    asked = len(server.asked("plain", "/news/"))
    # what was fetched and not yet accepted when the kill came is asked for again
    assert asked <= 1.1 * ARTICLES + kills * 25, asked


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_job_in_order(
    server: HostileServer, job: list[str], tmp_path: Path, number: signal.Signals
) -> None:
    output = tmp_path / "output"
    child = start(job, output)
    wait_for_pages(server, 40)
    began = time.monotonic()
    child.send_signal(number)
    out, err = child.communicate(timeout=20)
    assert time.monotonic() - began < 10
    assert child.returncode == 128 + number, err[-2000:]
    assert "Traceback" not in err
    stopped = summary(subprocess.CompletedProcess([], child.returncode, out, err))
    (site,) = stopped["sites"]
    assert site["verdict"] == "stopped"
    assert site["found"] == site["stored"] + site["refused"]
    assert site["stored"] == open_dataset(str(output)).count() > 0
    done = run(*job, "--output", output)
    assert done.returncode == 0, done.stderr[-2000:]
    assert_whole(output)
    assert len(server.asked("plain", "/news/")) <= 1.1 * ARTICLES


def test_a_group_signal_loses_no_page(
    server: HostileServer, job: list[str], tmp_path: Path
) -> None:
    """A terminal's Ctrl-C and a supervisor's stop reach the workers, too; they ignore it."""
    output = tmp_path / "output"
    child = start(job, output)
    wait_for_pages(server, 40)
    os.killpg(child.pid, signal.SIGTERM)
    _, err = child.communicate(timeout=20)
    assert child.returncode == 143, err[-2000:]
    reasons = {
        r["reason"] for r in open_dataset(str(output), table="fetch_log").to_table().to_pylist()
    }
    assert not reasons & {"worker_died", "no_worker", "extraction_error"}
    assert run(*job, "--output", output).returncode == 0
    assert_whole(output)


def test_a_second_job_on_the_same_site_is_told_who_holds_it(
    server: HostileServer, job: list[str], tmp_path: Path
) -> None:
    output = tmp_path / "output"
    first = start([*job, "--set", "DOWNLOAD_DELAY=0.3"], output)  # longer than the second takes
    wait_for_pages(server, 5)
    second = run(*job, "--output", output)
    assert second.returncode == 4, second.stderr[-2000:]
    (site,) = summary(second)["sites"]
    assert site["verdict"] == "held"
    assert str(first.pid) in site["reason"]
    first.send_signal(signal.SIGTERM)
    _, err = first.communicate(timeout=60)
    assert first.returncode == 143, err[-2000:]
    assert run(*job, "--output", output).returncode == 0
    assert_whole(output)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_ends_with_3_and_loses_nothing(
    server: HostileServer, job: list[str], tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(disk)], check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no tmpfs may be mounted here")
    try:
        done = run(*job, "--output", disk / "output")
        assert done.returncode == 3, (done.returncode, done.stderr[-2000:])
        assert "Traceback" not in done.stderr
        assert str(disk) in done.stderr
        saved = tmp_path / "output"
        shutil.copytree(disk / "output", saved)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    done = run(*job, "--output", saved)
    assert done.returncode == 0, done.stderr[-2000:]
    assert_whole(saved)


def test_a_limit_stops_before_pages_are_sent_for(
    server: HostileServer, job: list[str], tmp_path: Path
) -> None:
    done = run(*job, "--output", tmp_path / "output", "--max-articles", "5")
    assert done.returncode == 0, done.stderr[-2000:]
    totals = summary(done)["totals"]
    assert totals["stored"] == 5
    assert totals["found"] == totals["stored"] + totals["refused"]
    assert len(server.asked("plain", "/news/")) <= 10
