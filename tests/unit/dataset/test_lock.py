"""Locks hold between processes, name their holder, and die with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from newscrawl.dataset import Output, SiteHeld, SiteLock

HOLD = (
    "import sys, time\n"
    "from newscrawl.dataset import SiteLock\n"
    "with SiteLock(sys.argv[1], sys.argv[2], run_id='run-7'):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(60)\n"
)


def _hold(folder: Path, site: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), site], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_another_process_holds_the_site_until_it_dies(tmp_path: Path) -> None:
    with _hold(tmp_path, "asianews") as process:
        with pytest.raises(SiteHeld, match=r"asianews is held by process \d+ on .*run-7") as held:
            SiteLock(tmp_path, "asianews").acquire()
        assert held.value.holder is not None
        assert held.value.holder.pid == process.pid
        with SiteLock(tmp_path, "another"):
            pass
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with SiteLock(tmp_path, "asianews"):
        pass


def test_waiting_for_a_lock(tmp_path: Path) -> None:
    first = SiteLock(tmp_path, "a")
    first.acquire()
    threading.Timer(0.2, first.release).start()
    started = time.monotonic()
    second = SiteLock(tmp_path, "a")
    second.acquire(wait_s=10)
    assert 0.1 < time.monotonic() - started < 5
    second.release()
    second.release()


@pytest.mark.parametrize("site", ["../../etc", "a/b", "ข่าว.ไทย", "x" * 300, "a b\n"])
def test_any_name_makes_a_lock_in_the_folder(tmp_path: Path, site: str) -> None:
    with SiteLock(tmp_path, site), pytest.raises(SiteHeld):
        SiteLock(tmp_path, site).acquire()
    (file,) = (tmp_path / "locks").iterdir()
    assert file.name.endswith(".lock")


def test_a_nonsense_lock_file_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "locks").mkdir()
    (tmp_path / "locks" / "a.lock").write_bytes(b"\xff\xfe nonsense")
    with SiteLock(tmp_path, "a"):
        pass


def test_the_lock_of_an_output(output: Output) -> None:
    with output.site_lock("a", run_id="r"), pytest.raises(SiteHeld, match="run r"):
        output.site_lock("a").acquire()
