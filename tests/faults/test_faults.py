"""The fault tests in short: a round or two of the scripts beside this file (docs/faults.md)."""

from __future__ import annotations

import random
from pathlib import Path

import calls
import clocks
import full_disk
import power_cut
import pytest
import rivals
import shim
from paper import Papers

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]
needs_gcc = pytest.mark.skipif(not shim.available(), reason="gcc is missing")


@pytest.mark.skipif(not calls.available(), reason="strace or gcc is missing")
@pytest.mark.parametrize(
    "fault",
    [
        calls.Fault("fdatasync", 17, "ENOSPC"),  # of the state, while the story index is opened
        calls.Fault("rename", 3, "KILL"),  # a draft of learned boilerplate is left
    ],
    ids=str,
)
def test_an_error_or_a_kill_at_a_system_call(fault: calls.Fault, tmp_path: Path) -> None:
    with Papers(tmp_path, each=3, gap=0.05) as papers:
        result = calls.one_round(papers, tmp_path / "round", fault, watch=False)
    assert result.broken == []
    assert result.struck


@needs_gcc
def test_a_file_of_the_log_that_cannot_be_opened(tmp_path: Path) -> None:
    with Papers(tmp_path, each=3, gap=0.05) as papers:
        fault = calls.Fault("open", 13, "EIO")
        result = calls.one_round(papers, tmp_path / "round", fault, watch=False)
    assert result.broken == []
    assert result.struck


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    with Papers(tmp_path, each=3, gap=0.05) as papers:
        result = full_disk.one_round(papers, tmp_path / "round", "file size limit", 60_000)
    assert result.broken == []
    assert result.codes == (3,)


def test_a_job_beside_one_that_is_killed(tmp_path: Path) -> None:
    with Papers(tmp_path, each=6, gap=0.1) as papers:
        result = rivals.other_sites(papers, tmp_path / "round", "SIGKILL", random.Random(3))
    assert result.broken == []


@needs_gcc
def test_a_first_run_a_year_ahead(tmp_path: Path) -> None:
    result = clocks.one_round(
        tmp_path, "a year ahead", "of the first run", random.Random(1), watch=False
    )
    assert result.broken == []


@pytest.mark.skipif(bool(power_cut.available()), reason=power_cut.available() or "-")
def test_a_power_cut(tmp_path: Path) -> None:
    results = power_cut.one_run(tmp_path, 2, random.Random(5), each=6, cached=True)
    if [one.what for one in results] == ["no image"]:
        pytest.skip("no image may be mounted here")
    assert [one.broken for one in results] == [[] for _ in results]
    assert results
