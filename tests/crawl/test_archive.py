"""The archive of a crawl: each row has its page there, kills included; re-extraction from it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile.server import Case, HostileServer
from jobs import run, summary
from test_job_kills import ARTICLES, start, story, wait_for_pages
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive import WarcRecord, read_at, read_body, read_head
from newscrawl.dataset import open_dataset

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kills")]


@pytest.fixture
def server() -> Iterator[HostileServer]:
    paths = tuple(f"/news/{n}.html" for n in range(ARTICLES))
    case = Case("plain", paths, {f"/news/{n}.html": story(n) for n in range(ARTICLES)})
    with HostileServer([case]) as running:
        yield running


@pytest.fixture
def sites(server: HostileServer, tmp_path: Path) -> Path:
    base = f"http://plain.torture.test:{server.port}"
    toml = tmp_path / "sites.toml"
    toml.write_text(
        f'[[site]]\nname = "plain"\ntitle = "Plain"\ncountry = "ZZ"\nlanguages = ["en"]\n'
        f'timezone = "UTC"\ndomains = ["plain.torture.test"]\nhome = "{base}/"\n'
        f'feeds = ["{base}/feed.xml"]\n',
        encoding="utf-8",
    )
    return toml


@pytest.fixture
def job(server: HostileServer, sites: Path) -> list[str]:
    return [
        "crawl", "plain", "--sites", str(sites), "--json", "--archive",
        "--allow-address", f"127.0.0.1:{server.port}", "--set", "DOWNLOAD_DELAY=0.01",
        "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
    ]  # fmt: skip


def rows(output: Path) -> list[dict[str, Any]]:
    found = open_dataset(str(output)).to_table().to_pylist()
    return sorted(found, key=lambda row: (row["url"], row["version"]))


def assert_archived(output: Path) -> None:
    """Every row's page is where the row says; every file is read to its end by others."""
    for row in rows(output):
        record = read_at(output / "archive" / row["warc_file"], row["warc_offset"])
        assert isinstance(record, WarcRecord)
        assert (record.type, record.uri) == ("response", row["url"])
        assert record.block is not None
        body = read_body(record.block, read_head(record.block), 1 << 24)
        assert row["title"].encode() in body
    files = list((output / "archive").glob("*.warc.gz"))
    assert files
    assert len(list((output / "archive").iterdir())) == len(files)
    for path in files:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()


def test_kills_and_then_everything_made_again(
    server: HostileServer, job: list[str], sites: Path, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    for n in range(2):
        child = start(job, output)
        wait_for_pages(server, 40 + 40 * n)
        time.sleep(0.1 * n)
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
    done = run(*job, "--output", output)
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(rows(output)) == ARTICLES + 1
    assert_archived(output)

    # in place: nothing came out differently, so nothing is written
    before = rows(output)
    again = run("reextract", "--output", output, "--sites", sites, "--json")
    assert again.returncode == 0, again.stderr[-2000:]
    assert summary(again)["totals"]["new_versions"] == 0
    assert summary(again)["totals"]["stored"] == 0
    assert summary(again)["totals"]["unchanged"] >= ARTICLES + 1
    assert rows(output) == before

    # anew: pages whose article a kill kept from being accepted are there too, all others alike
    made = tmp_path / "made"
    anew = run("reextract", "--output", output, "--into", made, "--sites", sites, "--json")
    assert anew.returncode == 0, anew.stderr[-2000:]
    assert {r["version_id"] for r in rows(made)} == {r["version_id"] for r in before}

    # the article of one page is forgotten: re-extraction brings it back, once
    shutil.rmtree(made)
    anew = run("reextract", "--output", output, "--into", made, "--sites", sites, "--json")
    assert len(rows(made)) == ARTICLES + 1


def test_a_dataset_made_anew_is_the_same_row_for_row(
    server: HostileServer, job: list[str], sites: Path, tmp_path: Path
) -> None:
    output, made = tmp_path / "output", tmp_path / "made"
    assert run(*job, "--output", output).returncode == 0
    anew = run("reextract", "--output", output, "--into", made, "--sites", sites, "--json")
    assert anew.returncode == 0, anew.stderr[-2000:]
    assert rows(made) == rows(output)
    verified = run("dataset", "--output", made, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_changed_rules_give_new_versions_and_only_those(
    server: HostileServer, job: list[str], sites: Path, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    assert run(*job, "--output", output).returncode == 0
    before = rows(output)
    line = next(r for r in before if len(r["body"].split("\n\n")) > 1)["body"].split("\n\n")[-1]
    changed = [r for r in before if any(p.startswith(line[:40]) for p in r["body"].split("\n\n"))]
    rule = line[:40].replace('"', '\\"')
    sites.write_text(sites.read_text() + f'boilerplate = ["{rule}"]\n', encoding="utf-8")
    again = run("reextract", "--output", output, "--sites", sites, "--json")
    assert again.returncode == 0, again.stderr[-2000:]
    assert summary(again)["totals"]["new_versions"] == len(changed) > 0
    new = [r for r in rows(output) if r["version"] == 2]
    assert {r["article_id"] for r in new} == {r["article_id"] for r in changed}
    old = {r["article_id"]: r for r in before}
    assert all(r["body_chars"] < old[r["article_id"]]["body_chars"] for r in new)
    assert all(r["previous_version_id"] == old[r["article_id"]]["version_id"] for r in new)


def test_without_an_archive_reextract_says_so(tmp_path: Path) -> None:
    done = run("reextract", "--output", tmp_path / "output")
    assert done.returncode == 2
    assert "crawl with --archive" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_archive_disk_ends_with_3(
    server: HostileServer, job: list[str], tmp_path: Path
) -> None:
    output = tmp_path / "output"
    disk = output / "archive"
    disk.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no tmpfs may be mounted here")
    try:
        done = run(*job, "--output", output)
        assert done.returncode == 3, (done.returncode, done.stderr[-2000:])
        assert "Traceback" not in done.stderr
        assert_archived(output)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
