"""Jobs started often: what is not due is not asked, bad verdicts are told to machines."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hostile.server import FILLER, Case, HostileServer, article, marked
from jobs import run, summary

from newscrawl.dataset import Output
from newscrawl.items import RunRecord
from newscrawl.schedule import is_sampled

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


class Receiver:
    """A webhook that fails ``failures`` times, then takes what it gets."""

    def __init__(self, failures: int) -> None:
        self.got: list[dict[str, Any]] = []
        self.asked = 0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.asked += 1
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if receiver.asked > failures:
                    receiver.got.append(json.loads(body))
                self.send_response(204 if receiver.asked > failures else 503)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    def __enter__(self) -> Receiver:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()


def test_a_bad_verdict_is_told_to_machines(job: list[str], tmp_path: Path) -> None:
    toml = tmp_path / "sites.toml"
    toml.write_text(toml.read_text().replace("/feed.xml", "/no-such-feed.xml"))
    metrics = tmp_path / "newscrawl.prom"
    with Receiver(failures=2) as hook:
        done = run(
            *job, "--metrics", metrics, "--webhook", f"http://{hook.address}/bad?team=desk",
            "--allow-address", hook.address,
        )  # fmt: skip
    assert done.returncode == 1, done.stderr[-2000:]
    assert hook.asked == 3
    (told,) = hook.got
    assert told["exit_code"] == 1
    assert [site["site"] for site in told["sites"]] == ["plain"]
    assert "no source could be read" in told["text"]
    text = metrics.read_text()
    assert 'newscrawl_site_verdict{site="plain",verdict="failed"} 1' in text
    assert text.endswith("# EOF\n")
    (page,) = (tmp_path / "output" / "reports").glob("2*.html")
    assert "no source could be read" in page.read_text()


def test_a_webhook_never_fails_the_run_nor_reaches_inside(job: list[str], tmp_path: Path) -> None:
    with Receiver(failures=0) as hook:
        toml = tmp_path / "sites.toml"
        toml.write_text(toml.read_text().replace("/feed.xml", "/no-such-feed.xml"))
        done = run(*job, "--webhook", f"http://{hook.address}/", "--metrics", tmp_path / "no" / "x")
    assert done.returncode == 1
    assert hook.asked == 0
    assert "the webhook was not told" in done.stderr
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_good_run_tells_nobody(job: list[str]) -> None:
    with Receiver(failures=0) as hook:
        done = run(*job, "--webhook", f"http://{hook.address}/", "--allow-address", hook.address)
    assert done.returncode == 0, done.stderr[-2000:]
    assert hook.asked == 0


def test_a_site_that_fell_silent_makes_exit_1_and_says_since_when(
    job: list[str], tmp_path: Path
) -> None:
    """Forty days with ten articles each, three with an old feed, and a run that finds no more."""
    now = datetime.now(UTC)
    with Output(tmp_path / "output") as output:
        with output.transaction() as tx:
            for day in range(43, 0, -1):
                at, new = now - timedelta(days=day), 10 if day > 3 else 0
                added = tx.add_run(
                    RunRecord(
                        run_id=f"{at:%Y%m%dT%H%M%SZ}-00000000", site="plain", started_at=at,
                        finished_at=at, verdict="ok", found=20, stored=new, unchanged=20 - new,
                        with_date=new, requests=2, config_hash="-", code_version="-",
                    )
                )  # fmt: skip
                assert added is None
        output.flush(force=True)
    past = run(*job, "--until", "2001-01-01")  # the past was asked for, and held nothing
    assert past.returncode == 0, past.stderr[-2000:]
    done = run(*job, "--since", "2100-01-01")  # nothing that the feed names is news
    assert done.returncode == 1, done.stderr[-2000:]
    (site,) = summary(done)["sites"]
    assert site["verdict"] == "silent"
    assert f"silent since {now - timedelta(days=4):%Y-%m-%d}" in site["reason"]
    shown = run("status", "--output", tmp_path / "output")
    assert shown.returncode == 1
    assert "silent since" in shown.stdout.replace("\n", " ")


def sitemap_job(server: HostileServer, case: Case, folder: Path) -> list[str]:
    """A job on a site that has nothing but a sitemap."""
    base = f"http://{case.host}:{server.port}"
    toml = folder / "sites.toml"
    toml.write_text(
        f'[[site]]\nname = "{case.name}"\ntitle = "Late"\ncountry = "ZZ"\nlanguages = ["en"]\n'
        f'timezone = "UTC"\ndomains = ["{case.host}"]\nhome = "{base}/"\n'
        f'sitemaps = ["{base}/sitemap.xml"]\n',
        encoding="utf-8",
    )
    return [
        "crawl", case.name, "--sites", str(toml), "--json", "--workers", "0",
        "--output", str(folder / "output"), "--allow-address", f"127.0.0.1:{server.port}",
        "--set", "DOWNLOAD_DELAY=0.01",
        "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
    ]  # fmt: skip


def late_case(ages: tuple[int, ...]) -> Case:
    """A sitemap of articles that were changed so many days ago."""
    now = datetime.now(UTC)

    def sitemap(turn: Any) -> None:
        host = turn.asked.headers["host"]
        entries = "".join(
            f"<url><loc>http://{host}/news/{age}.html</loc>"
            f"<lastmod>{(now - timedelta(days=age)).isoformat()}</lastmod></url>"
            for age in ages
        )
        turn.send(f"<urlset>{entries}</urlset>", type_="application/xml")

    pages: dict[str, Any] = {
        f"/news/{age}.html": article(
            f"late{age}x",
            title=f"Report {age} from the district office",
            paragraphs=marked(f"late{age}x", f"{age}{age}{age} {FILLER}"),
        )
        for age in ages
    }
    return Case("late", (), {**pages, "/sitemap.xml": sitemap})


@pytest.mark.parametrize(
    ("good_days_ago", "wanted"), [(None, {1, 5}), (1, {1}), (20, {1, 5, 15, 21})]
)
def test_the_window_goes_back_to_the_last_good_run(
    good_days_ago: int | None, wanted: set[int], tmp_path: Path
) -> None:
    ages = (1, 5, 15, 21, 40)
    case = late_case(ages)
    if good_days_ago is not None:
        at = datetime.now(UTC) - timedelta(days=good_days_ago)
        with Output(tmp_path / "output") as output:
            with output.transaction() as tx:
                added = tx.add_run(
                    RunRecord(
                        run_id=f"{at:%Y%m%dT%H%M%SZ}-00000000", site="late", started_at=at,
                        finished_at=at, verdict="ok", found=5, unchanged=5, requests=2,
                        config_hash="-", code_version="-",
                    )
                )  # fmt: skip
                assert added is None
            output.flush(force=True)
    with HostileServer([case]) as server:
        done = run(*sitemap_job(server, case, tmp_path))
        assert done.returncode == 0, done.stderr[-2000:]
        asked = {age for age in ages if server.asked("late", f"/news/{age}.html")}
    assert asked == wanted


def test_an_etag_that_lies_is_found_out_and_never_sent_again(tmp_path: Path) -> None:
    """A feed that says 304 for ever, until a poll without validators shows that it changed."""
    sent: list[str | None] = []
    stories = ["/news/0.html"]

    def feed(turn: Any) -> None:
        validator = turn.asked.headers.get("if-none-match")
        sent.append(validator)
        if validator == '"for-ever"':
            turn.send("", status=304, headers=[("ETag", '"for-ever"')])
            return
        host = turn.asked.headers["host"]
        items = "".join(
            f"<item><title>Report</title><link>http://{host}{x}</link></item>" for x in stories
        )
        turn.send(
            f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>',
            type_="application/rss+xml",
            headers=[("ETag", '"for-ever"')],
        )

    pages: dict[str, Any] = {
        f"/news/{n}.html": article(
            f"lie{n}x", title=f"Report {n} from the district office",
            paragraphs=marked(f"lie{n}x", f"{n}{n}{n} {FILLER}"),
        )
        for n in range(2)
    }  # fmt: skip
    case = Case("lies", (), {**pages, "/feed.xml": feed})
    with HostileServer([case]) as server:
        job = sitemap_job(server, case, tmp_path)
        toml = tmp_path / "sites.toml"
        toml.write_text(toml.read_text().replace("sitemaps", "feeds").replace("sitemap", "feed"))
        assert summary(run(*job))["totals"]["stored"] == 1
        stories.insert(0, "/news/1.html")
        url = f"http://{case.host}:{server.port}/feed.xml"
        state = sqlite3.connect(tmp_path / "output" / "_state" / "newscrawl.sqlite")
        now = datetime.now(UTC).replace(microsecond=0)
        polls = [now - timedelta(seconds=n) for n in range(1, 500)]
        for doubted in (False, True):
            polled = next(at for at in polls if is_sampled(url, at) is doubted)
            with state:
                stamp = int(polled.timestamp() * 1_000_000)
                state.execute("UPDATE sources SET polled_at = ?", (stamp,))
            assert summary(run(*job))["totals"]["stored"] == int(doubted)
        state.close()
        assert sent == [None, '"for-ever"', None]
        assert run(*job).returncode == 0
        assert sent[-1] is None, "a validator that lied is not sent again"
