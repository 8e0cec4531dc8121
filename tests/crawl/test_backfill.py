"""Backfill over dated archives: a window, newest first, and on where it was stopped."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hostile.server import FILLER, Case, Conversation, HostileServer, article, marked
from jobs import run, summary

from newscrawl.dataset import open_dataset

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kills")]

FIRST, DAYS, A_DAY = date(2024, 1, 1), 12, 3


def archive_site() -> Case:
    """A paper with a page a day, three stories each; no feed, no sitemap."""
    pages = {}
    for n in range(DAYS):
        day = FIRST + timedelta(days=n)
        stories = [
            f"/{day:%Y/%m/%d}/report-{k}-from-the-district-office.html" for k in range(A_DAY)
        ]
        links = "".join(
            f'<article><h2><a href="{s}">Report of {day}</a></h2></article>' for s in stories
        )
        pages[f"/archive/{day:%Y-%m-%d}?page=1"] = f"<html><body><main>{links}</main></body></html>"
        for k, story in enumerate(stories):
            key = f"back{n}x{k}"
            pages[story] = article(
                key, title=f"Report {k} of {day} from the district office",
                date=f"{day}T0{k + 3}:00:00+00:00",
                paragraphs=marked(key, f"Number {n} of {k}. {FILLER} {n} {k} {'abc' * n}"),
            )  # fmt: skip

    def nothing(talk: Conversation) -> None:
        talk.send("<html><body>No more</body></html>", status=404)

    return Case("paper", (), {**pages, "/archive/*": nothing, "/feed.xml": nothing})


def test_a_window_newest_first_and_resumed(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with HostileServer([archive_site()]) as server:
        base = f"http://paper.torture.test:{server.port}"
        toml = tmp_path / "sites.toml"
        toml.write_text(
            '[[site]]\nname = "paper"\ntitle = "Paper"\ncountry = "ZZ"\nlanguages = ["en"]\n'
            'timezone = "Asia/Bangkok"\ndomains = ["paper.torture.test"]\n'
            f'home = "{base}/"\narticle = "{base}/[0-9]{{4}}/.*"\n'
            f'[[site.archives]]\nurl = "{base}/archive/{{yyyy}}-{{mm}}-{{dd}}?page={{page}}"\n'
            'item = "article"\nlink = "h2 a"\n',
            encoding="utf-8",
        )
        job = [
            "crawl", "paper", "--sites", str(toml), "--output", output, "--json",
            "--since", "2024-01-03", "--until", "2024-01-10",
            "--allow-address", f"127.0.0.1:{server.port}", "--set", "DOWNLOAD_DELAY=0",
            "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
        ]  # fmt: skip

        first = run(*job, "--max-articles", "5")
        assert summary(first)["totals"]["stored"] == 5, first.stderr[-2000:]

        # newest first: the first archive page asked for is the last day's
        asked = [x.path for x in server.asked("paper", "/archive/")]
        assert asked[0].startswith("/archive/2024-01-10")

        second = run(*job)
        assert second.returncode == 0, second.stderr[-2000:]
        rows = open_dataset(str(output)).to_table(["url", "published_at"]).to_pylist()
        days = {re.search(r"/(2024/01/\d\d)/", row["url"])[1] for row in rows}  # type: ignore[index]
        assert days == {f"2024/01/{n:02}" for n in range(3, 11)}
        assert len(rows) == len(days) * A_DAY
        assert len({row["url"] for row in rows}) == len(rows)

        # all is read and settled: nothing of it is asked for again
        before = len(server.log)
        third = run(*job)
        assert summary(third)["totals"]["stored"] == 0
        again = [x.path for x in server.log[before:] if x.path != "/robots.txt"]
        assert again == []
