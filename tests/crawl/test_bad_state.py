"""Damaged and newer states, wrong clocks: a message with path and remedy, and nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hostile.server import FILLER, Case, HostileServer, article, marked
from jobs import run, summary

from newscrawl.dataset import Output, open_dataset
from newscrawl.dedup import StoryIndex
from newscrawl.items import RunRecord

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("bad_state")]

ARTICLES = 4


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    paths = tuple(f"/news/{n}.html" for n in range(ARTICLES))
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


@pytest.fixture(scope="module")
def job(server: HostileServer, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    toml = tmp_path_factory.mktemp("sites") / "sites.toml"
    base = f"http://plain.torture.test:{server.port}"
    toml.write_text(
        f'[[site]]\nname = "plain"\ntitle = "Plain"\ncountry = "ZZ"\nlanguages = ["en"]\n'
        f'timezone = "UTC"\ndomains = ["plain.torture.test"]\nhome = "{base}/"\n'
        f'feeds = ["{base}/feed.xml"]\n',
        encoding="utf-8",
    )
    return [
        "crawl", "plain", "--sites", str(toml), "--json", "--workers", "0",
        "--allow-address", f"127.0.0.1:{server.port}", "--set", "DOWNLOAD_DELAY=0.01",
        "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def crawled(job: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("crawled") / "output"
    done = run(*job, "--output", output)
    assert done.returncode == 0, done.stderr[-2000:]
    return output


@pytest.fixture
def output(crawled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crawled, tmp_path / "output"))


def assert_whole(output: Path) -> None:
    rows = open_dataset(str(output)).to_table(["url", "version_id"]).to_pylist()
    assert len(rows) == len({row["version_id"] for row in rows}) == ARTICLES + 1
    verified = run("dataset", "--output", output, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_a_damaged_state_names_path_and_remedy_and_is_rebuilt(job: list[str], output: Path) -> None:
    state = output / "_state" / "newscrawl.sqlite"
    for beside in state.parent.glob("newscrawl.sqlite-*"):
        beside.unlink()
    state.write_bytes(b"this is no database " * 400)
    done = run(*job, "--output", output)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert str(state) in done.stderr.replace("\n", "")
    assert "rebuilt from the Parquet" in done.stderr.replace("\n", " ")
    state.rename(state.with_suffix(".bad"))  # the remedy that the message names
    again = run(*job, "--output", output)
    assert again.returncode == 0, again.stderr[-2000:]
    assert summary(again)["totals"]["stored"] == 0
    assert_whole(output)


def test_a_state_from_a_newer_version_is_left_alone(job: list[str], output: Path) -> None:
    state = output / "_state" / "newscrawl.sqlite"
    connection = sqlite3.connect(state)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    done = run(*job, "--output", output)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    message = done.stderr.replace("\n", " ")
    assert "newer newscrawl" in message
    assert "Upgrade newscrawl" in message
    connection = sqlite3.connect(state)
    assert connection.execute("PRAGMA user_version").fetchone() == (99,)
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    assert run(*job, "--output", output).returncode == 0
    assert_whole(output)


@pytest.mark.parametrize("off", [timedelta(days=365), timedelta(days=-1)])
def test_a_clock_that_was_wrong_neither_loses_nor_silences(
    job: list[str], output: Path, off: timedelta
) -> None:
    """The runs and states that a clock a year ahead, or a day back, left behind."""
    wrong = datetime.now(UTC) + off
    stamp = int(wrong.timestamp() * 1_000_000)
    with Output(output) as opened:
        with opened.transaction() as tx:
            added = tx.add_run(
                RunRecord(
                    run_id=f"{wrong:%Y%m%dT%H%M%SZ}-00000000", site="plain", started_at=wrong,
                    finished_at=wrong, verdict="ok", found=ARTICLES, unchanged=ARTICLES,
                    requests=2, config_hash="-", code_version="-",
                )
            )  # fmt: skip
            assert added is None
        opened.flush(force=True)
    state = sqlite3.connect(output / "_state" / "newscrawl.sqlite")
    with state:
        for column in ("polled_at", "good_at", "next_due"):
            state.execute(f"UPDATE sources SET {column} = ?", (stamp,))
        state.execute("UPDATE urls SET fetched_at = ?, next_due = ?", (stamp, stamp))
    state.close()
    done = run(*job, "--due", "--output", output)
    assert done.returncode == 0, done.stderr[-2000:]
    (site,) = summary(done)["sites"]
    assert site["verdict"] == "ok"
    assert site["requests"] >= 1, "the feed must be asked"
    assert run("status", "--output", output).returncode == 0
    assert_whole(output)


def test_the_state_of_another_dataset_is_not_used(
    job: list[str], output: Path, tmp_path: Path
) -> None:
    """Where the tables were deleted beside a state, what it takes for stored is not there."""
    state = output / "_state" / "newscrawl.sqlite"
    other = tmp_path / "other"
    done = run(*job, "--output", other, "--state", output / "_state")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    message = done.stderr.replace("\n", " ")
    assert str(state) in message.replace(" ", "")
    assert "belongs to another dataset" in message
    assert "Move the state away" in message
    assert_whole(output)


def test_a_damaged_log_entry_names_its_path(job: list[str], output: Path) -> None:
    entry = sorted((output / "articles" / "_delta_log").glob("*.json"))[-1]
    whole = entry.read_bytes()
    for line, left in ((job, len(whole) // 2), (["dataset", "verify"], 0)):
        entry.write_bytes(whole[:left])
        done = run(*line, "--output", output)
        assert done.returncode == 3, done.stderr[-2000:]
        assert "Traceback" not in done.stderr
        said = (done.stdout + done.stderr).replace("\n", "")
        assert entry.name in said
        assert "damaged" in said
        assert "from a backup" in said
    entry.write_bytes(whole)
    assert_whole(output)


def test_a_damaged_story_index_is_made_anew(job: list[str], output: Path) -> None:
    with Output(output) as opened:
        stories = StoryIndex(opened.state.connection, opened.state_dir / "stories")
        stories.seal()
    (segment,) = (output / "_state" / "stories").glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:100])
    done = run(*job, "--output", output)
    assert done.returncode == 0, done.stderr[-2000:]
    assert str(segment) in done.stderr
    assert "made anew" in done.stderr
    assert_whole(output)


def test_a_lock_that_cannot_be_taken_is_no_defect(job: list[str], output: Path) -> None:
    lock = output / "_state" / "locks" / "plain.lock"
    lock.unlink()
    lock.mkdir()
    done = run(*job, "--output", output)
    assert done.returncode == 3, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    assert str(lock) in done.stderr
    (site,) = summary(done)["sites"]
    assert str(lock) in site["reason"]
