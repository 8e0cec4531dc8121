"""``newscrawl dataset`` on a real dataset."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newscrawl.cli import main
from newscrawl.dataset import Output, rebuild_stories
from newscrawl.dedup import StoryIndex
from newscrawl.items import Article

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _article(number: int) -> Article:
    body = f"The bridge number {number} was opened on Monday by the minister of public works."
    return Article(
        article_id=f"{number:032x}", version_id=f"{number + 99:032x}", title=f"Bridge {number}",
        url=f"https://a.example/{number}", canonical_url=f"https://a.example/{number}", site="a",
        host="a.example", body=body, body_chars=len(body), paragraphs=1,
        content_hash=f"{number:032x}", cluster_id=f"{number + 99:032x}", first_seen_at=NOW,
        fetched_at=NOW, run_id="r", spider="a", code_version="0",
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Output(tmp_path / "out") as output:
        for number in range(4):
            with output.transaction() as tx:
                tx.add_article(_article(number))
            output.flush(force=True)
    return tmp_path / "out"


def _run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["dataset", "--output", str(folder), *arguments])


def test_info(folder: Path) -> None:
    shown = _run(folder)
    assert shown.exit_code == 0
    assert "4 articles in 4 versions" in shown.output
    found = json.loads(_run(folder, "info", "--json").output)
    assert found["tables"]["articles"]["rows"] == found["articles"] == 4


def test_verify_agrees_and_disagrees(folder: Path) -> None:
    assert _run(folder, "verify").exit_code == 0
    with Output(folder) as output:
        index = StoryIndex(output.state.connection, output.state_dir / "stories")
        assert rebuild_stories(output, index) == 4
    shown = _run(folder, "verify")
    assert shown.exit_code == 0, shown.output
    with Output(folder) as output, output.transaction() as tx:
        tx.add_article(_article(9))
    shown = _run(folder, "verify")
    assert shown.exit_code == 3
    assert "the story index holds 4 versions, the state 5" in shown.output
    next((folder / "articles" / "data").rglob("*.parquet")).unlink()
    shown = _run(folder, "verify")
    assert shown.exit_code == 3
    assert "is in the log and not in the folder" in shown.output


def test_compact_changes_export_takedown(folder: Path, tmp_path: Path) -> None:
    shown = _run(folder, "compact")
    assert "articles: 4 files -> 1, 4 rows rewritten" in shown.output
    shown = _run(folder, "changes", "--since", "2", "--columns", "url,fetched_at")
    rows = [json.loads(line) for line in shown.stdout.splitlines()]
    assert sorted(row["url"] for row in rows) == ["https://a.example/2", "https://a.example/3"]
    assert rows[0]["fetched_at"] == NOW.isoformat()
    assert "next time: --since 5" in shown.stderr
    assert _run(folder, "changes", "--since", "77").exit_code == 2
    assert _run(folder, "changes", "--since", "1", "--columns", "nix").exit_code == 2
    assert _run(folder, "export", str(tmp_path / "e")).exit_code == 0
    assert _run(folder, "export", str(tmp_path / "e")).exit_code == 2
    with Output(folder) as output:
        index = StoryIndex(output.state.connection, output.state_dir / "stories")
        rebuild_stories(output, index)
    shown = _run(folder, "takedown", "https://a.example/1?utm_source=x", "--reason", "asked")
    assert "1 rows gone" in shown.output
    assert _run(folder, "takedown", "https://a.example/77").exit_code == 1
    assert _run(folder, "verify").exit_code == 0


def test_a_takedown_reaches_the_story_index(folder: Path) -> None:
    text = "opened on Monday by the minister"
    with Output(folder) as output:
        index = StoryIndex(output.state.connection, output.state_dir / "stories")
        rebuild_stories(output, index)
    for number in range(4):
        assert _run(folder, "takedown", f"https://a.example/{number}").exit_code == 0
    assert _run(folder, "verify").exit_code == 0
    with Output(folder) as output:
        index = StoryIndex(output.state.connection, output.state_dir / "stories")
        assert index.size().stories == 0
    for path in folder.rglob("*"):
        assert path.is_dir() or text.encode() not in path.read_bytes(), path


def test_where_nothing_is(tmp_path: Path) -> None:
    shown = _run(tmp_path / "none")
    assert shown.exit_code == 2
    assert "holds no newscrawl dataset" in shown.output
    assert not (tmp_path / "none").exists()


def test_an_object_store_without_a_state() -> None:
    shown = CliRunner().invoke(main, ["dataset", "--output", "s3://bucket/x", "info"])
    assert shown.exit_code == 2
    assert "--state DIR" in shown.output


def test_a_damaged_state_ends_with_3(folder: Path) -> None:
    for file in (folder / "_state").glob("newscrawl.sqlite*"):
        file.write_bytes(b"x" * 4096)
    shown = _run(folder, "info")
    assert shown.exit_code == 3
    assert "Move it" in shown.output
