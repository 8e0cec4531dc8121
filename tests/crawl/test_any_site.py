"""The address of a site that is not registered: everything is found out from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile.server import FILLER, Case, HostileServer, article, marked
from jobs import run, summary

from newscrawl.dataset import open_dataset

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kills")]


def test_an_address_is_enough(tmp_path: Path) -> None:
    """Sources and time zone come from the home page; a date without a zone is read in it."""
    stories = {
        f"/news/{n}/report-from-the-district-office-{n}": article(
            f"any{n}", title=f"Report {n} from the district office",
            date=f"2026-11-{n + 10} 08:30:00",
            paragraphs=marked(f"any{n}", f"Number {n}. {FILLER} {'abc ' * n}"),
        )
        for n in range(1, 4)
    }  # fmt: skip
    links = "".join(f'<li><a href="{s}">Report from the district office</a></li>' for s in stories)
    home = (
        '<!doctype html><html lang="km"><head><title>Paper</title></head><body>'
        f'<script>var zone = "Asia/Phnom_Penh";</script><ul>{links}</ul></body></html>'
    )
    with HostileServer([Case("any", tuple(stories), {**stories, "/": home})]) as server:
        output = tmp_path / "output"
        done = run(
            "crawl", f"http://any.torture.test:{server.port}/", "--output", output, "--json",
            "--allow-address", f"127.0.0.1:{server.port}", "--set", "DOWNLOAD_DELAY=0",
            "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert summary(done)["totals"]["stored"] >= 3
    rows = open_dataset(str(output)).to_table().to_pylist()
    dated = {r["published_at"].isoformat(): r for r in rows if "any" in r["body"]}
    assert "2026-11-11T01:30:00+00:00" in dated, sorted(dated)
    assert dated["2026-11-11T01:30:00+00:00"]["published_zone"] == "Asia/Phnom_Penh"
