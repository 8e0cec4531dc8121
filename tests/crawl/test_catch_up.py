"""After an outage: feed, news sitemap, sections and archives, until known articles are met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hostile.server import FILLER, Case, Conversation, HostileServer, article, marked
from jobs import run, summary
from papers import Paper, job, state_of

from newscrawl.dataset import Output, UrlState, open_dataset
from newscrawl.dedup import canonical_url
from newscrawl.items import RunRecord

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("revisits")]

DAYS, A_DAY, OUTAGE = 10, 3, 5
PAGE = 4  # stories on a page of the section
RECORD = """feeds = ["BASE/feed.xml"]
news_sitemaps = ["BASE/news-sitemap.xml"]
[[site.listings]]
url = "BASE/latest?page={page}"
item = "article"
link = "h2 a"
[[site.archives]]
url = "BASE/archive/{yyyy}-{mm}-{dd}"
item = "article"
link = "h2 a"
max_pages = 1
"""


class Late:
    """A paper with three stories a day; each source names what the one before does not reach."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)
        self.stories = {
            f"/news/{day}-{k}.html": self.now - timedelta(days=day, minutes=30 * k + 10)
            for day in range(DAYS)
            for k in range(A_DAY)
        }  # the newest first

    def case(self) -> Case:
        pages: dict[str, Any] = {path: self._story(path) for path in self.stories}
        pages |= {
            "/feed.xml": self._feed,
            "/news-sitemap.xml": self._sitemap,
            "/latest*": self._section,
            "/archive/*": self._archive,
        }
        return Case("late", (), pages)

    def _story(self, path: str) -> str:
        key = f"late{''.join(c for c in path if c.isdigit())}x"
        return article(
            key, title=f"Report {key} from the district office",
            date=self.stories[path].isoformat(), paragraphs=marked(key, f"{key} {FILLER}"),
        )  # fmt: skip

    def _feed(self, talk: Conversation) -> None:
        host = talk.asked.headers["host"]
        items = "".join(f"<item><link>http://{host}{x}</link></item>" for x in [*self.stories][:2])
        talk.send(
            f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>',
            type_="application/rss+xml",
        )

    def _sitemap(self, talk: Conversation) -> None:
        """Two days, as news sitemaps are."""
        host = talk.asked.headers["host"]
        entries = "".join(
            f"<url><loc>http://{host}{path}</loc><news:news><news:publication_date>"
            f"{at.isoformat()}</news:publication_date><news:title>Report</news:title></news:news>"
            "</url>"
            for path, at in self.stories.items()
            if at > self.now - timedelta(days=2)
        )
        names = (
            'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        )
        talk.send(f"<urlset {names}>{entries}</urlset>", type_="application/xml")

    def _section(self, talk: Conversation) -> None:
        """Of one section in two: every other story."""
        page = int(talk.path.rpartition("=")[2])
        self._list(talk, [*self.stories][::2][(page - 1) * PAGE : page * PAGE])

    def _archive(self, talk: Conversation) -> None:
        day = talk.path.rpartition("/")[2]
        self._list(talk, [x for x, at in self.stories.items() if f"{at:%Y-%m-%d}" == day])

    def _list(self, talk: Conversation, paths: list[str]) -> None:
        links = "".join(f'<article><h2><a href="{x}">Report</a></h2></article>' for x in paths)
        if paths:
            talk.send(f"<html><body><main>{links}</main></body></html>")
        else:
            talk.send("<html><body>No more</body></html>", status=404)


@pytest.fixture
def late() -> Iterator[tuple[HostileServer, Late]]:
    paper = Late()
    with HostileServer([paper.case()]) as server:
        yield server, paper


def test_what_an_outage_missed_is_found_and_no_more_is_asked(
    late: tuple[HostileServer, Late], tmp_path: Path
) -> None:
    server, paper = late
    good = paper.now - timedelta(days=OUTAGE)
    base = f"http://late.torture.test:{server.port}"
    known = [path for path, at in paper.stories.items() if at < good]
    with Output(tmp_path / "output") as output:
        with output.transaction() as tx:
            for path in known:
                url = canonical_url(base + path)
                tx.mark_url(UrlState(url, "late", good, outcome="unchanged", fetched_at=good))
            added = tx.add_run(
                RunRecord(
                    run_id=f"{good:%Y%m%dT%H%M%SZ}-00000000", site="late", started_at=good,
                    finished_at=good, verdict="ok", found=5, unchanged=5, requests=2,
                    config_hash="-", code_version="-",
                )
            )  # fmt: skip
            assert added is None
        output.flush(force=True)
    command = job(server, "late", tmp_path, RECORD)
    first = run(*command, "--due")
    assert first.returncode == 0, first.stderr[-2000:]
    missed = set(paper.stories) - set(known)
    stored = {
        row["url"].removeprefix(base)
        for row in open_dataset(tmp_path / "output").to_table(["url"]).to_pylist()
    }
    assert stored == missed

    # in order, and each source until it names what is known: not to the end of the archives
    asked = [x.path for x in server.asked("late") if not x.path.startswith("/news/")]
    kinds = ("/feed.xml", "/news-sitemap.xml", "/latest?page=1")
    assert [x for x in asked if x in kinds] == list(kinds)
    sections = [x for x in asked if x.startswith("/latest")]
    last = len([x for x in [*paper.stories][::2] if x in missed]) // PAGE + 1
    assert sections == [f"/latest?page={n}" for n in range(1, len(sections) + 1)]
    assert last <= len(sections) <= last + 1
    days = [x.rpartition("/")[2] for x in asked if x.startswith("/archive/")]
    assert days == sorted(days, reverse=True)
    assert days[0] == f"{paper.now:%Y-%m-%d}"
    assert OUTAGE <= len(days) <= OUTAGE + 2

    # all has been met: the next run asks for no archive
    before = len(server.log)
    assert summary(run(*command))["totals"]["stored"] == 0
    assert not [x for x in server.log[before:] if x.path.startswith("/archive/")]


def test_a_source_that_fails_is_asked_again_later_and_later(tmp_path: Path) -> None:
    path = "/news/one.html"
    paper = Paper("paper", {path: "First."}, [path])
    down = True

    def feed(talk: Conversation) -> None:
        if down:
            talk.reset()
        else:
            paper._feed(talk)

    with HostileServer([paper.case(**{"/feed.xml": feed})]) as server:
        command = [
            *job(server, "paper", tmp_path, 'feeds = ["BASE/feed.xml"]\n'), "--due",
            "--set", "RETRY_TIMES=0",
        ]  # fmt: skip

        def asked_now() -> tuple[int, str, int]:
            """Requests for the feed, verdict and minutes until it is asked again."""
            before = len(server.asked("paper", "/feed.xml"))
            (site,) = summary(run(*command))["sites"]
            state = state_of(tmp_path)
            (due,) = state.execute(
                "SELECT next_due FROM sources WHERE url LIKE '%feed%'"
            ).fetchone()
            state.close()
            wait = due / 1e6 - datetime.now(UTC).timestamp()
            asked = len(server.asked("paper", "/feed.xml")) - before
            return asked, site["verdict"], round(wait / 60)

        def time_comes() -> None:
            state = state_of(tmp_path)
            state.execute("UPDATE sources SET next_due = polled_at")
            state.close()

        assert asked_now() == (1, "failed", 10)
        assert asked_now() == (0, "failed", 10)  # not asked, and yet no success
        time_comes()
        assert asked_now() == (1, "failed", 20)
        # a time that a clock a year ahead wrote is not believed
        state = state_of(tmp_path)
        year = int((datetime.now(UTC) + timedelta(days=365)).timestamp() * 1_000_000)
        state.execute("UPDATE sources SET next_due = ?", (year,))
        state.close()
        down = False
        asked, verdict, wait = asked_now()
        assert (asked, verdict) == (1, "ok")
        assert wait == 30
        # the clock jumped back: the source was asked in the future, and is not kept waiting
        ahead = int((datetime.now(UTC) + timedelta(hours=20)).timestamp() * 1_000_000)
        state = state_of(tmp_path)
        state.execute("UPDATE sources SET polled_at = ?1, next_due = ?1", (ahead,))
        state.close()
        assert asked_now()[0] == 1


def test_what_is_broken_at_a_usual_place_is_told_once_and_left_alone(tmp_path: Path) -> None:
    """A site of which nothing is known; its pages name an API that answers nobody."""
    path = "/news/2026/11/bridge-repair-in-the-district-to-begin.html"
    paper = Paper("paper", {path: "First."}, [path])
    asked: list[str] = []

    def home(talk: Conversation) -> None:
        host = talk.asked.headers["host"]
        talk.send(
            f'<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml">'
            f'<link rel="https://api.w.org/" href="http://{host}/wp-json/"></head><body><ul>'
            f'<li><a href="{path}">Bridge repair in the district to begin</a></li>'
            "</ul></body></html>"
        )

    def broken(talk: Conversation) -> None:
        asked.append(talk.path)
        talk.send('{"code": "rest_disabled"}', status=401, type_="application/json")

    case = paper.case(**{"/": home, "/wp-json/*": broken})
    with HostileServer([case]) as server:
        address = f"http://paper.torture.test:{server.port}/"
        command = job(server, "paper", tmp_path, "")
        command[1] = address
        del command[2:4]  # of no record
        told = []
        for due in ((), (), ("--due",)):
            done = run(*command, *due)
            assert done.returncode == 0, done.stderr[-2000:]
            (site,) = summary(done)["sites"]
            assert site["verdict"] == "ok"
            told.append(site["source_problems"].get("usual_place_broken", 0))
        assert told == [1, 0, 0]
        assert len(asked) == 2, "with --due it is left alone for a day"
