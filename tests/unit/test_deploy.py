"""What deploy/ and docs/running.md tell people to run exists, and the files are sound."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from newscrawl.cli import main
from newscrawl.cli.crawl import site_of_url
from newscrawl.shards import in_shard

TOP = Path(__file__).parents[2]
FILES = [
    *sorted(path for path in (TOP / "deploy").rglob("*") if path.is_file()),
    TOP / "docs" / "running.md",
]
# newscrawl and the words after it, as commands stand in shell lines, unit files and lists
_COMMAND = re.compile(r"(?<![\w/.-])(?:/usr/local/bin/)?newscrawl ((?:[\w/{}$\"'=:+().-]+ ?)+)")


def commands(text: str) -> list[list[str]]:
    """The arguments of every newscrawl command in a text."""
    found = [
        match[1].split()
        for line in text.splitlines()
        if not line.lstrip().startswith("#")
        for match in _COMMAND.finditer(line)
    ]
    found += [
        re.findall(r"[\w/.=:-]+", match[1].replace('"', ""))
        for match in re.finditer(r"(?:args:|command:|CMD) \[(.*)\]", text)
        if "/bin/sh" not in match[1]
    ]
    return [words for words in found if words]


def check(words: list[str]) -> None:
    """Every command and option of a command line exists."""
    command: click.Command = main
    context = click.Context(main)
    options = {name for p in main.params for name in (*p.opts, *p.secondary_opts)}
    for word in words:
        inner = command.get_command(context, word) if isinstance(command, click.Group) else None
        if inner is not None:
            command = inner
            options |= {name for p in command.params for name in (*p.opts, *p.secondary_opts)}
        elif word.startswith("--"):
            assert word.split("=")[0].rstrip(",.;)") in options, (words, word)
    assert command is not main or words[0].startswith("-"), words


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_commands_exist(path: Path) -> None:
    for words in commands(path.read_text(encoding="utf-8")):
        if words[0] in main.list_commands(click.Context(main)):
            check(words)


def test_commands_are_found_at_all() -> None:
    found = {path.name: len(commands(path.read_text(encoding="utf-8"))) for path in FILES}
    for name in ("newscrawl.cron", "newscrawl.service", "cronjob.yaml", "running.md", "Dockerfile"):
        assert found[name] >= 1, found


def test_an_option_that_does_not_exist_is_noticed() -> None:
    with pytest.raises(AssertionError):
        check(["crawl", "all", "--no-such-option"])


def test_the_dag_is_python() -> None:
    ast.parse((TOP / "deploy" / "airflow" / "newscrawl_dag.py").read_text(encoding="utf-8"))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    program = shutil.which("true")
    for unit in (TOP / "deploy" / "systemd").iterdir():
        text = unit.read_text(encoding="utf-8")
        (tmp_path / unit.name).write_text(text.replace("/usr/local/bin/newscrawl", str(program)))
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "newscrawl.timer")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert "newscrawl" not in done.stderr, done.stderr


def test_the_index_of_a_job_is_its_shard() -> None:
    """Each of 1,000 sites is in exactly one of the shards 1/4 to 4/4 that the pods crawl."""
    text = (TOP / "deploy" / "kubernetes" / "indexed-job.yaml").read_text(encoding="utf-8")
    line = next(x for x in text.splitlines() if "--shard" in x)
    shards = []
    for index in range(4):
        shown = subprocess.run(
            ["sh", "-c", f"echo {line.strip()}"],
            env={"JOB_COMPLETION_INDEX": str(index)},
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        k, n = shlex.split(shown)[1].split("/")
        shards.append((int(k), int(n)))
    sites = [site_of_url(f"https://paper{n}.test/") for n in range(1000)]
    crawled = [site.name for k, n in shards for site in in_shard(sites, {}, k, n)]
    assert sorted(crawled) == sorted(site.name for site in sites)
