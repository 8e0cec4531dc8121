"""The persistent index: runs, rollback, kills, several processes, segments."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from newscrawl.dedup import DuplicateKind, IndexDamagedError, Story, StoryIndex
from newscrawl.dedup import story_store as store_module

START = datetime(2026, 3, 1, tzinfo=UTC)


def invented(seed: int, words: int = 120) -> str:
    """A text of made-up words, the same for the same seed."""
    rng = np.random.default_rng(seed)
    letters = bytes(rng.integers(97, 123, 8 * words, dtype=np.uint8)).decode()
    return " ".join(letters[i : i + 3 + i % 5] for i in range(0, 8 * words, 8))


def story(number: int, text: str, *, article: str = "", days: float = 0, site: str = "") -> Story:
    site = site or f"paper{number}"
    return Story(
        version_id=f"{number:032x}",
        article_id=article or f"{site}/{number}",
        url=f"https://{site}.example/{number}",
        site=site,
        title=f"Headline {number}",
        text=text,
        published_at=START + timedelta(days=days),
    )


def connect(folder: Path) -> sqlite3.Connection:
    db = sqlite3.connect(folder / "state.sqlite", isolation_level=None, timeout=30)
    db.execute("PRAGMA journal_mode=WAL")
    return db


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return connect(tmp_path)


def assign(
    db: sqlite3.Connection, index: StoryIndex, *stories: Story
) -> list[tuple[str, str | None]]:
    db.execute("BEGIN IMMEDIATE")
    found = index.assign(stories)
    db.execute("COMMIT")
    return [(a.cluster_id[-2:], a.kind) for a in found]


def test_kinds_over_runs(tmp_path: Path, db: sqlite3.Connection) -> None:
    text, other = invented(1), invented(2)
    index = StoryIndex(db, tmp_path / "stories")
    assert assign(db, index, story(1, text), story(2, other)) == [("01", None), ("02", None)]
    again = StoryIndex(connect(tmp_path), tmp_path / "stories")
    stories = (
        story(3, text),
        story(4, text + " and one more line"),
        story(5, text[: len(text) // 2]),
        story(6, text + " updated", article="paper1/1"),
        story(7, invented(3)),
        story(8, invented(4), article="paper2/2"),
    )
    assert assign(again._store._db, again, *stories) == [
        ("01", DuplicateKind.EXACT),
        ("01", DuplicateKind.SYNDICATED),
        ("01", DuplicateKind.BRIEF),
        ("01", DuplicateKind.SAME_URL_VERSION),
        ("07", None),
        ("08", None),
    ]
    assert assign(db, index, *stories) == [
        ("01", None),
        ("01", None),
        ("01", None),
        ("01", None),
        ("07", None),
        ("08", None),
    ]  # fmt: skip - a version known already keeps its cluster and matches nothing anew
    assert index.size().stories == 8


def test_stories_of_one_call_see_one_another(tmp_path: Path, db: sqlite3.Connection) -> None:
    index = StoryIndex(db, tmp_path / "stories")
    text = invented(1)
    found = assign(
        db, index, story(1, text), story(2, text), story(3, text + " more"), story(1, text)
    )
    assert found == [("01", None), ("01", "exact"), ("01", "syndicated"), ("01", None)]
    assert index.size().stories == 3


def test_what_is_rolled_back_has_never_been(tmp_path: Path, db: sqlite3.Connection) -> None:
    index = StoryIndex(db, tmp_path / "stories")
    assign(db, index, story(1, invented(1)))
    db.execute("BEGIN IMMEDIATE")
    index.assign([story(2, invented(2)), story(3, invented(3))])
    db.execute("ROLLBACK")
    assert assign(db, index, story(4, invented(2))) == [("04", None)]
    assert assign(db, index, story(5, invented(2)), story(6, invented(3))) == [
        ("04", "exact"),
        ("06", None),
    ]
    # the same numbers given to other stories behind its back
    db.execute("BEGIN IMMEDIATE")
    index.assign([story(7, invented(7))])
    db.execute("ROLLBACK")
    elsewhere = StoryIndex(connect(tmp_path), tmp_path / "stories")
    assign(elsewhere._store._db, elsewhere, story(8, invented(8)))
    assert assign(db, index, story(9, invented(8)), story(10, invented(7))) == [
        ("08", "exact"),
        ("0a", None),
    ]


def test_segments_find_what_rows_found(
    tmp_path: Path, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "SEAL_AT", 16)
    index = StoryIndex(db, tmp_path / "stories")
    texts = [invented(i) for i in range(100)]
    for i, text in enumerate(texts):
        assign(db, index, story(i, text))
        if i % 16 == 15:
            db.execute("BEGIN IMMEDIATE")
            index.seal()
            db.execute("COMMIT")
    size = index.size()
    assert size.stories == 100
    assert 2 <= size.segments <= 5  # six were written, and merged by fours
    assert index.sweep() > 0
    assert index.sweep() == 0
    for use in (index, StoryIndex(connect(tmp_path), tmp_path / "stories")):
        connection = use._store._db
        connection.execute("BEGIN IMMEDIATE")
        found = use.assign([story(200 + i, text[:600] + " end") for i, text in enumerate(texts)])
        assert [int(a.cluster_id, 16) for a in found] == list(range(100))
        exact = use.assign([story(400 + i, text) for i, text in enumerate(texts)])
        assert [int(a.cluster_id, 16) for a in exact] == list(range(100))
        assert {a.kind for a in exact} == {DuplicateKind.EXACT}
        connection.execute("ROLLBACK")


def test_date_bound(tmp_path: Path, db: sqlite3.Connection) -> None:
    index = StoryIndex(db, tmp_path / "stories", near_days=30)
    text = invented(1)
    assign(db, index, story(1, text))
    db.execute("BEGIN IMMEDIATE")
    index.seal()
    db.execute("COMMIT")
    late = story(2, text + " more", days=31), story(3, text, days=400)
    assert assign(db, index, *late) == [("02", None), ("01", "exact")]
    assert assign(db, index, story(4, text[:300], days=20)) == [("01", "brief")]
    before = index.size()
    db.execute("BEGIN IMMEDIATE")
    index.merge(START + timedelta(days=31))
    db.execute("COMMIT")
    assert index.size().index_bytes < before.index_bytes
    assert index.size().text_bytes < before.text_bytes
    # the address and the text are known for ever
    found = assign(
        db, index,
        story(5, invented(9), article="paper1/1", days=32), story(6, text, days=32),
    )  # fmt: skip
    assert found == [("01", "same_url_version"), ("01", "exact")]


def test_a_wrong_date_holds_nothing_up(tmp_path: Path, db: sqlite3.Connection) -> None:
    index = StoryIndex(db, tmp_path / "stories")
    index.assign(
        [story(i, invented(i)) for i in range(200)] + [story(999, invented(999), days=9000)]
    )
    index.seal()
    before = index.size()
    index.merge(START + timedelta(days=60))
    assert index.size().index_bytes < 0.5 * before.index_bytes
    assert index.size().text_bytes == 0


def test_furniture_is_learned_over_calls(tmp_path: Path, db: sqlite3.Connection) -> None:
    notice = "\n" + invented(99, 60)
    index = StoryIndex(db, tmp_path / "stories")
    for i in range(1, 5):
        assign(db, index, story(i, invented(i, 60) + notice, site="daily"))
    assert assign(db, index, story(5, invented(5, 14) + notice, site="daily")) == [("05", None)]


def test_copies_in_plenty_stay_cheap(tmp_path: Path, db: sqlite3.Connection) -> None:
    index = StoryIndex(db, tmp_path / "stories")
    text = invented(1)
    start = time.process_time()
    for i in range(0, 4000, 500):
        assign(db, index, *(story(n, text) for n in range(i, i + 500)))
    for i in range(5000, 5400, 100):
        assign(db, index, *(story(n, f"{text} {n}") for n in range(i, i + 100)))
    assert time.process_time() - start < 20
    size = index.size()
    assert size.index_bytes < 100 * size.stories


def test_rebuild_gives_the_same_answers(tmp_path: Path, db: sqlite3.Connection) -> None:
    index = StoryIndex(db, tmp_path / "stories")
    stories = [story(i, invented(i % 30) + f" line {i // 30}") for i in range(90)]
    db.execute("BEGIN IMMEDIATE")
    found = index.assign(stories)
    index.seal()
    db.execute("COMMIT")
    other = sqlite3.connect(":memory:", isolation_level=None)
    rebuilt = StoryIndex(other, tmp_path / "rebuilt")
    other.execute("BEGIN")
    assert rebuilt.rebuild(zip(stories, (a.cluster_id for a in found), strict=True)) == 90
    fresh = [story(1000 + i, invented(i)) for i in range(40)]
    expected = [a.cluster_id for a in rebuilt.assign(fresh)]
    db.execute("BEGIN IMMEDIATE")
    assert [a.cluster_id for a in index.assign(fresh)] == expected
    assert expected[0] == f"{0:032x}"
    db.execute("ROLLBACK")


def test_take_down_deletes_the_text(tmp_path: Path, db: sqlite3.Connection) -> None:
    index = StoryIndex(db, tmp_path / "stories")
    text = invented(1)
    assign(db, index, story(1, text), story(2, text + " more", article="paper1/1"))
    assign(db, index, story(3, invented(3)))
    before = index.size()
    assert index.take_down("paper1/1") == 2
    assert index.take_down("paper1/1") == 0
    assert index.size().text_bytes < 0.5 * before.text_bytes
    # the address is still known, and so is the hash of the text
    assert assign(db, index, story(4, invented(9), article="paper1/1"), story(5, text)) == [
        ("01", "same_url_version"),
        ("01", "exact"),
    ]


def test_a_damaged_segment_is_said_so(tmp_path: Path, db: sqlite3.Connection) -> None:
    index = StoryIndex(db, tmp_path / "stories")
    assign(db, index, story(1, invented(1)))
    db.execute("BEGIN IMMEDIATE")
    index.seal()
    db.execute("COMMIT")
    (path,) = (tmp_path / "stories").iterdir()
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(IndexDamagedError, match="cut short"):
        StoryIndex(connect(tmp_path), tmp_path / "stories").assign([story(2, invented(1))])
    path.unlink()
    with pytest.raises(IndexDamagedError):
        StoryIndex(connect(tmp_path), tmp_path / "stories").size()


def test_without_a_transaction_it_makes_its_own(tmp_path: Path, db: sqlite3.Connection) -> None:
    index = StoryIndex(db, tmp_path / "stories")
    index.assign([story(1, invented(1))])
    assert not db.in_transaction
    index.seal()
    index.merge(START)
    with pytest.raises(ValueError, match="hex"):
        index.assign([Story("x", "a", "https://a.example/", "a", "t", "text")])
    assert not db.in_transaction
    other = StoryIndex(connect(tmp_path), tmp_path / "stories")
    assert other.assign([story(2, invented(1))])[0].kind is DuplicateKind.EXACT


def test_ids_must_be_hex(tmp_path: Path, db: sqlite3.Connection) -> None:
    index = StoryIndex(db, tmp_path / "stories")
    bad = Story("x", "a", "https://a.example/", "a", "t", "text")
    with pytest.raises(ValueError, match="hex"):
        index.assign([bad])


def test_bad_input(tmp_path: Path, db: sqlite3.Connection) -> None:
    index = StoryIndex(db, tmp_path / "stories")
    texts = ["", "\ud800" * 90, "a" * 3_000_000, "a" * 3_000_001, "\n" * 500_000, "字" * 50_000]
    found = assign(db, index, *(story(i, text) for i, text in enumerate(texts)))
    assert [kind for _, kind in found] == [None] * len(texts)
    assert index.size().text_bytes < 500_000


WORKER = """
    import os, sqlite3, sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from test_index import connect, invented, story
    from newscrawl.dedup import StoryIndex, story_store
    story_store.SEAL_AT = 40
    folder, worker = Path(sys.argv[1]), int(sys.argv[2])
    db = connect(folder)
    db.execute("CREATE TABLE IF NOT EXISTS done(version TEXT PRIMARY KEY, cluster TEXT)")
    index = StoryIndex(db, folder / "stories")
    for n in range(int(sys.argv[3])):
        stories = [story(10_000 * worker + 5 * n + i, invented(5 * n + i)) for i in range(5)]
        db.execute("BEGIN IMMEDIATE")
        known = {{v for (v,) in db.execute("SELECT version FROM done")}}
        stories = [s for s in stories if s.version_id not in known]
        found = index.assign(stories)
        rows = [(a.version_id, a.cluster_id) for a in found]
        db.executemany("INSERT INTO done VALUES(?,?)", rows)
        if n % 10 == 9:
            index.seal()
        db.execute("COMMIT")
        print(n, flush=True)
"""


def worker(folder: Path, number: int, batches: int) -> subprocess.Popen[str]:
    code = textwrap.dedent(WORKER).format(tests=str(Path(__file__).parent))
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), str(number), str(batches)],
        stdout=subprocess.PIPE,
        text=True,
    )


def check(folder: Path) -> int:
    """All that was committed is found again, and each text is one story; returns how many."""
    db = connect(folder)
    index = StoryIndex(db, folder / "stories")
    done = dict(db.execute("SELECT version, cluster FROM done"))
    assert index.size().stories == len(done)
    texts: dict[int, set[str]] = {}
    for version, cluster in done.items():
        texts.setdefault(int(version, 16) % 10_000, set()).add(cluster)
    assert all(len(clusters) == 1 for clusters in texts.values())
    db.execute("BEGIN IMMEDIATE")
    found = index.assign([story(900_000 + n, invented(n)) for n in texts])
    assert [{a.cluster_id} for a in found] == list(texts.values())
    db.execute("ROLLBACK")
    index.sweep()
    assert index.size().index_bytes < 600 * len(done)
    left = {path.name for path in (folder / "stories").glob("*")}
    assert left == {name for (name,) in db.execute("SELECT name FROM dedup_segment")}
    return len(done)


def test_kills_lose_nothing_committed(tmp_path: Path) -> None:
    connect(tmp_path).execute("CREATE TABLE done(version TEXT PRIMARY KEY, cluster TEXT)")
    for kill_after in (3, 9, 12, 21):
        process = worker(tmp_path, 0, 60)
        assert process.stdout is not None
        for _ in range(kill_after):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert check(tmp_path) >= 5 * kill_after
    process = worker(tmp_path, 0, 30)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert check(tmp_path) == 150


def test_processes_share_one_index(tmp_path: Path) -> None:
    connect(tmp_path).execute("CREATE TABLE done(version TEXT PRIMARY KEY, cluster TEXT)")
    processes = [worker(tmp_path, n, 24) for n in range(2)]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0]
    assert check(tmp_path) == 240
