"""Jobs started often: what is not due is not asked, bad verdicts are told to machines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile.server import FILLER, Case, HostileServer, article, marked
from jobs import run, summary

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("scheduled")]


@pytest.fixture
def server() -> Iterator[HostileServer]:
    paths = tuple(f"/news/{n}.html" for n in range(4))
    pages = {
        path: article(
            f"plain{n}x",
            title=f"Report {n} from the district office",
            paragraphs=marked(f"plain{n}x", f"{n}{n}{n} {FILLER}"),
        )
        for n, path in enumerate(paths)
    }
    with HostileServer([Case("plain", paths, pages)]) as running:
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
        "crawl", "plain", "--sites", str(toml), "--json", "--workers", "0",
        "--output", str(tmp_path / "output"), "--allow-address", f"127.0.0.1:{server.port}",
        "--set", "DOWNLOAD_DELAY=0.01",
        "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
    ]  # fmt: skip


def test_due_asks_nothing_before_its_time_and_that_is_no_failure(
    server: HostileServer, job: list[str], tmp_path: Path
) -> None:
    first = run(*job, "--due")
    assert first.returncode == 0, first.stderr[-2000:]
    asked = len(server.asked("plain", "/feed.xml"))
    second = run(*job, "--due")
    assert second.returncode == 0, second.stderr[-2000:]
    (site,) = summary(second)["sites"]
    assert (site["verdict"], site["found"]) == ("ok", 0)
    assert len(server.asked("plain", "/feed.xml")) == asked
    # by hand, everything is asked
    third = run(*job)
    assert third.returncode == 0, third.stderr[-2000:]
    assert len(server.asked("plain", "/feed.xml")) == asked + 1
    # once its time has come, it is asked again
    state = sqlite3.connect(tmp_path / "output" / "_state" / "newscrawl.sqlite")
    with state:
        state.execute("UPDATE sources SET next_due = 0")
    state.close()
    assert run(*job, "--due").returncode == 0
    assert len(server.asked("plain", "/feed.xml")) == asked + 2
