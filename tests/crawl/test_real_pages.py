"""The real pages, served as the sites they come from and crawled with the real pipeline."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import polars as pl
import pytest
from jobs import run, summary
from real_sites import RealServer, RealSites

from newscrawl.dataset import open_dataset

SHARED = Path(os.environ.get("NEWSCRAWL_SHARED") or Path(__file__).parents[3] / "shared")
PAGES = SHARED / "eval" / "extraction" / "dev"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("crawl"),
    pytest.mark.skipif(not PAGES.is_dir(), reason=f"the real pages are not at {PAGES}"),
]


def test_every_real_page_is_accounted_for(tmp_path: Path) -> None:
    sites = RealSites.load(PAGES)
    output = tmp_path / "output"
    with RealServer(sites) as server:
        toml = tmp_path / "real.toml"
        toml.write_text(sites.toml(server.port), encoding="utf-8")
        done = run(
            "crawl", "real", "--sites", toml, "--output", output, "--json",
            "--allow-address", f"127.0.0.1:{server.port}",
            "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
            "--set", "DOWNLOAD_DELAY=0",
            timeout=900,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr[-3000:]
        assert "Traceback" not in done.stderr
        totals = summary(done)["totals"]
        served = {f"http://{host}:{server.port}{path}" for host, path in sites.pages}

    # the account adds up
    assert totals["errors"] == 0
    ended = sum(totals[x] for x in ("stored", "new_versions", "unchanged", "refused"))
    assert totals["found"] == ended

    # every page of the list ends in the fetch log, with a reason where it was refused
    log = open_dataset(str(output), table="fetch_log").to_table().to_pylist()
    assert len(log) == totals["found"]
    by_url = {row["url"]: row for row in log}
    missing = served - by_url.keys()
    assert not missing, sorted(missing)[:5]
    assert all(row["reason"] for row in log if row["state"] == "refused")
    ours = [by_url[url] for url in served]
    crashed = [r for r in ours if r["reason"] in {"extraction_error", "worker_died", "too_slow"}]
    assert not crashed, [(r["url"], r["detail"]) for r in crashed][:5]
    stored = [r for r in ours if r["state"] != "refused"]
    assert len(stored) >= 0.96 * len(served), len(stored)

    # three readers agree on every file
    snapshot = open_dataset(str(output))
    rows = snapshot.to_table().num_rows
    assert rows == totals["stored"] + totals["new_versions"]
    glob = str(output / "articles" / "data" / "**" / "*.parquet")
    counted = duckdb.execute(f"select count(*) from '{glob}'").fetchone()
    assert counted is not None
    assert counted[0] == rows
    assert pl.scan_parquet(glob).select(pl.len()).collect().item() == rows
    verified = run("dataset", "--output", output, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
