"""The README's first command: a whole run offline, and again, and again."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from jobs import run, summary

from newscrawl.dataset import connect_duckdb, open_dataset
from newscrawl.dedup import recipe

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("crawl")]


def test_three_demos_on_one_output(tmp_path: Path) -> None:
    output = tmp_path / "output"
    totals = []
    for _ in range(3):
        done = run("demo", "--output", output, "--json")
        assert done.returncode == 0, done.stderr[-2000:]
        totals.append(summary(done)["totals"])
    first, second, third = totals

    # the first run stores everything but the page that robots.txt keeps to itself
    assert first["stored"] >= 40
    assert first["refused"] == 1
    assert first["duplicates"] >= 6

    # the second fetches only what is new or changed, and finds it
    assert second["stored"] >= 2
    assert second["new_versions"] == 1
    assert second["requests"] < 0.6 * first["requests"]

    # nothing has happened since
    assert (third["stored"], third["new_versions"]) == (0, 0)
    assert third["requests"] <= second["requests"]

    rows = open_dataset(str(output)).to_table().to_pylist()
    assert len(rows) == first["stored"] + second["stored"] + second["new_versions"]
    scripts = {row["script"] for row in rows}
    assert {"Latn", "Khmr", "Thai", "Mymr", "Hans", "Beng"} <= scripts
    assert all(row["published_at"] and row["byline_raw"] for row in rows)

    # a copy is linked to the paper it came from
    papers: dict[str, set[str]] = {}
    for row in rows:
        papers.setdefault(row["cluster_id"], set()).add(row["site"])
    assert sum({"storyexchange", "tonleherald"} <= sites for sites in papers.values()) >= 3
    assert sum({"straitlantern", "tonleherald"} <= sites for sites in papers.values()) >= 1
    linked = [row for row in rows if row["duplicate_of"]]
    assert all(row["overlap"] >= 0.6 and row["duplicate_kind"] for row in linked)

    # one article in two versions, the later one current
    changed = [row for row in rows if row["version"] == 2]
    assert len(changed) == 1
    assert {"change_body", "change_correction"} & set(changed[0]["quality_flags"])
    connection = connect_duckdb(output)
    current = connection.execute(
        "SELECT version FROM articles_current WHERE article_id = ?", [changed[0]["article_id"]]
    ).fetchall()
    assert current == [(2,)]

    # grouping everything anew tells who republishes whom, and a second time changes nothing
    assert run("dataset", "recluster", "--output", output).returncode == 0
    pairs = connect_duckdb(output).execute(recipe("republishers")).fetchall()
    who = {(origin, republisher): stories for origin, republisher, stories, *_ in pairs}
    assert who["tonleherald", "storyexchange"] >= 3
    assert who["tonleherald", "straitlantern"] >= 1
    assert "storyexchange" not in {origin for origin, _ in who}
    again = run("dataset", "recluster", "--output", output)
    assert "; 0 assigned anew" in again.stdout

    # every reader sees the same rows
    glob = str(output / "articles" / "data" / "**" / "*.parquet")
    assert pl.scan_parquet(glob).select(pl.len()).collect().item() == len(rows)
    assert pl.scan_delta(str(output / "articles")).select(pl.len()).collect().item() == len(rows)
    assert run("dataset", "--output", output, "verify").returncode == 0


def test_the_demo_prints_a_summary_and_three_queries(tmp_path: Path) -> None:
    done = run("demo", "--output", tmp_path / "output")
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.count("SELECT ") == 3
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("run ")
    assert "exit 0: all good" in last
