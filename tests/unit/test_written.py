"""Files that are replaced as a whole, and the drafts of writers that were killed."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from newscrawl.written import sweep_drafts, write_whole


def test_a_draft_of_a_dead_writer_is_swept_and_one_of_a_living_is_not(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    (tmp_path / ".page.html.1.tmp").write_text("half")
    (tmp_path / ".other.html.1.tmp").write_text("half")
    (tmp_path / ".page.html.2.tmp").write_text("being written")
    with (tmp_path / ".page.html.2.tmp").open() as living:
        fcntl.flock(living, fcntl.LOCK_EX)
        write_whole(page, "whole")
        assert page.read_text() == "whole"
        assert sorted(x.name for x in tmp_path.iterdir()) == [
            ".other.html.1.tmp", ".page.html.2.tmp", "page.html",
        ]  # fmt: skip
        assert sweep_drafts(tmp_path, "*.html") == 1
    assert sweep_drafts(tmp_path) == 1
    assert [x.name for x in tmp_path.iterdir()] == ["page.html"]


def test_what_was_there_stays_if_it_cannot_be_written(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.mkdir()  # cannot be replaced by a file
    with pytest.raises(OSError):
        write_whole(page, "whole")
    assert [x.name for x in tmp_path.iterdir()] == ["page.html"]
