"""Processes that share one output, each with its shard: measured where the requests arrive."""

from __future__ import annotations

import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from jobs import command, environment, run
from press import Paper, Press

from newscrawl.dataset import open_dataset

SHARDS = 3
GAP = 0.15
ARTICLES = 5

PLATFORM, SHORTENER = "feeds.platform.test", "go.short.test"

PAPERS = [
    *(Paper(f"paper{n}", f"paper{n}.test", ARTICLES) for n in range(6)),
    # on a subdomain of another
    Paper("english", "en.paper0.test", ARTICLES),
    # feeds on one host
    *(Paper(f"hosted{n}", f"hosted{n}.test", ARTICLES, feed_host=PLATFORM) for n in range(3)),
    # redirected through a host that no record names
    *(Paper(f"short{n}", f"short{n}.test", ARTICLES, through=SHORTENER) for n in range(4)),
]


@pytest.mark.slow
def test_shards_on_one_output(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with Press(PAPERS, answer_after=0.01).serve() as press:
        sites = tmp_path / "sites.toml"
        sites.write_text(press.toml(), encoding="utf-8")
        jobs = [
            subprocess.Popen(
                command(
                    "crawl", "press", "--sites", sites, "--output", output, "--json",
                    "--shard", f"{k}/{SHARDS}", "--workers", "0",
                    "--allow-address", f"127.0.0.1:{press.port}",
                    "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
                    "--set", f"DOWNLOAD_DELAY={GAP}", "--set", f"USER_AGENT=shard{k}",
                ),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                env=environment(),
            )
            for k in range(1, SHARDS + 1)
        ]  # fmt: skip
        for job in jobs:
            _, err = job.communicate(timeout=240)
            assert job.returncode == 0, err[-3000:]

    # politeness, over all processes
    assert set(press.at_once.values()) == {1}
    assert min(press.gaps().values()) >= GAP, press.gaps()
    # no host in two shards: of those that the records name
    asked_by: dict[str, set[str]] = defaultdict(set)
    for request in press.seen:
        asked_by[request.host].add(request.agent)
    assert len(asked_by.pop(SHORTENER)) > 1, "else nothing is tested by it"
    assert all(len(agents) == 1 for agents in asked_by.values()), asked_by
    assert asked_by["paper0.test"] == asked_by["en.paper0.test"]
    assert set().union(*asked_by.values()) == {f"shard{k}" for k in range(1, SHARDS + 1)}
    # the union of the shards is everything, once
    pages = Counter(x.path for x in press.seen if x.host == "paper1.test")
    assert pages[f"/news/{ARTICLES - 1}.html"] == 1
    rows = open_dataset(output).to_table(["url", "site", "version_id", "run_id"]).to_pylist()
    wanted = {url for paper in PAPERS for url in press.article_urls(paper)}
    assert len(rows) == len(wanted)
    assert {row["url"] for row in rows} == wanted
    assert len({row["version_id"] for row in rows}) == len(rows)
    # one log, with the commits of all
    assert len({row["run_id"] for row in rows}) == SHARDS
    runs = open_dataset(output, table="runs").to_table().to_pylist()
    assert sorted(run["site"] for run in runs) == sorted(paper.name for paper in PAPERS)
    assert {run["verdict"] for run in runs} == {"ok"}
    verified = run("dataset", "--output", output, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
