"""``newscrawl canonical`` and ``newscrawl cluster``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from newscrawl.cli import main

TEXT = (
    "The river port reopened on Monday, three days after the storm tore down its cranes. Dockers"
    " cleared mud from the quays through the night while engineers tested the power lines. The"
    " governor said the first barges with rice and cement would leave before the evening tide."
)


def test_canonical_is_line_for_line() -> None:
    lines = ["http://www.a.example/x/?utm_source=y", "not a url", "", "\u1780", "ftp://a.example/"]
    data = "\n".join(lines).encode() + b"\n\xff\xfe\n"
    result = CliRunner().invoke(main, ["canonical"], input=data)
    assert result.exit_code == 0
    out = result.stdout_bytes.split(b"\n")
    assert out[0] == b"https://a.example/x"
    assert out[1:5] == [line.encode() for line in lines[1:]]
    assert out[5:] == [b"\xff\xfe", b""]


def test_cluster_gives_a_line_for_each_line(tmp_path: Path) -> None:
    rows = [
        {"id": "one", "url": "https://a.example/1", "text": TEXT, "published": "2026-03-01"},
        {"id": 2, "url": "https://b.example/1", "text": TEXT, "published": "2026-03-01T10+07:00"},
        {"id": "three", "text": "AFP - " + TEXT[:240], "published": 1772400000},
        {"id": "four", "text": "", "published": "no date", "site": None, "lang": 3},
        {"id": "five", "text": "\ud83d lone"},
        {},
    ]  # fmt: skip
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["cluster", str(source)])
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.output.splitlines()]
    assert [row["id"] for row in found] == ["one", 2, "three", "four", "five", 6]
    assert [set(row) for row in found] == [{"id", "cluster_id", "kind", "of", "overlap"}] * 6
    assert len({row["cluster_id"] for row in found[:3]}) == 1
    assert sum(row["kind"] is None for row in found[:3]) == 1
    assert len({row["cluster_id"] for row in found}) == 4
    target = tmp_path / "out.jsonl"
    assert CliRunner().invoke(main, ["cluster", str(source), "-o", str(target)]).exit_code == 0
    assert target.read_text() == result.output


@pytest.mark.parametrize("line", ["{", "[1]", "nothing"])
def test_cluster_says_which_line_is_wrong(tmp_path: Path, line: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "x"}\n' + line + "\n")
    result = CliRunner().invoke(main, ["cluster", str(source)])
    assert result.exit_code == 1
    assert "line 2" in result.output
