"""robots.txt over runs: asked once a day, the last good copy kept, damage refused (RFC 9309)."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hostile.server import Case, Conversation, HostileServer, article
from jobs import run, summary

from newscrawl.dataset import Output, RobotsCopy

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("robots")]


@dataclass
class Paper:
    """A site whose robots.txt can be changed between the runs of a job."""

    server: HostileServer
    folder: Path
    text: str = "User-agent: *\nDisallow: /private/\n"
    status: int = 200
    cache_control: str | None = None

    def robots(self, talk: Conversation) -> None:
        headers = [("Cache-Control", self.cache_control)] if self.cache_control else []
        talk.send(self.text, status=self.status, type_="text/plain", headers=headers)

    @property
    def origin(self) -> str:
        return f"http://paper.torture.test:{self.server.port}"

    def crawl(self) -> subprocess.CompletedProcess[str]:
        toml = self.folder / "sites.toml"
        toml.write_text(
            '[[site]]\nname = "paper"\ntitle = "Paper"\ncountry = "ZZ"\nlanguages = ["en"]\n'
            f'timezone = "UTC"\ndomains = ["paper.torture.test"]\nhome = "{self.origin}/"\n'
            f'feeds = ["{self.origin}/feed.xml"]\n',
            encoding="utf-8",
        )
        done = run(
            "crawl", "paper", "--sites", toml, "--json", "--workers", "0",
            "--output", self.folder / "output", "--allow-address", f"127.0.0.1:{self.server.port}",
            "--set", "DOWNLOAD_DELAY=0.01",
            "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr[-3000:]
        return done

    def asked(self, path: str) -> int:
        """How often a path has been asked for since the last call for it."""
        host = "paper.torture.test"
        count = sum(x.host == host and x.path == path for x in self.server.log)
        self.server.log[:] = [x for x in self.server.log if (x.host, x.path) != (host, path)]
        return count

    def age(self, hours: float) -> None:
        """Let the kept copy be older than it is."""
        with Output(self.folder / "output") as output:
            copy = output.robots_copy(self.origin)
            assert isinstance(copy, RobotsCopy)
            earlier = timedelta(hours=hours)
            with output.transaction() as tx:
                tx.mark_robots(
                    replace(
                        copy,
                        fetched_at=copy.fetched_at - earlier,
                        fresh_until=copy.fresh_until - earlier,
                    )
                )


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    papers: list[Paper] = []
    case = Case(
        "paper",
        ("/news/a.html",),
        {"/news/a.html": article("papera")},
        robots=lambda talk: papers[0].robots(talk),
    )
    with HostileServer([case]) as server:
        papers.append(Paper(server, tmp_path))
        yield papers[0]


def test_a_day_passes_before_it_is_asked_again_and_then_what_it_says_is_obeyed(
    paper: Paper,
) -> None:
    assert paper.crawl().returncode == 0
    assert paper.asked("/robots.txt") == 1
    assert paper.asked("/feed.xml") == 1
    paper.text = "User-agent: *\nDisallow: /\n"  # not known yet, and need not be
    assert paper.crawl().returncode == 0
    assert paper.asked("/robots.txt") == 0
    assert paper.asked("/feed.xml") == 1
    paper.age(hours=24.1)
    done = paper.crawl()
    assert paper.asked("/robots.txt") == 1
    assert paper.asked("/feed.xml") == 0
    assert done.returncode == 1
    assert "robots" in str(summary(done)["sites"][0]["reason"])


def test_the_last_good_copy_holds_for_a_day_while_the_host_fails(paper: Paper) -> None:
    paper.cache_control = "max-age=0"
    assert paper.crawl().returncode == 0
    assert paper.asked("/robots.txt") == 1
    paper.status, paper.text = 503, "down"
    assert paper.crawl().returncode == 0  # asked, since the copy is stale; used, since it is good
    assert paper.asked("/robots.txt") >= 1
    assert paper.asked("/feed.xml") == 2
    paper.age(hours=24.1)
    assert paper.crawl().returncode == 1
    assert paper.asked("/robots.txt") >= 1
    assert paper.asked("/feed.xml") == 0


def test_a_damaged_copy_is_refused_with_its_reason_and_asked_anew(paper: Paper) -> None:
    paper.text = "User-agent: *\nDisallow: /news/\n"
    paper.crawl()
    assert paper.asked("/robots.txt") == 1
    assert paper.asked("/news/a.html") == 0
    state = sqlite3.connect(paper.folder / "output" / "_state" / "newscrawl.sqlite")
    with state:
        changed = state.execute("UPDATE robots_copies SET text = substr(text, 1, length(text) - 1)")
        assert changed.rowcount == 1
    state.close()
    done = paper.crawl()
    assert "the kept copy is not used: its checksum is wrong" in done.stderr
    assert paper.asked("/robots.txt") == 1
    assert paper.asked("/news/a.html") == 0
