"""`status` and `report` over a real dataset, and the page in a real browser."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import time
import zlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from jobs import run

from newscrawl.account import read_runs
from newscrawl.cli.report import write_report
from newscrawl.dataset import Output
from newscrawl.items import FetchRecord, RunRecord

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("reports")]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("reports") / "output"
    done = run("demo", "--output", output, "--quiet", "--json", "--workers", "0")
    assert done.returncode == 0, done.stderr[-2000:]
    return output


def test_status_shows_every_site(demo: Path) -> None:
    shown = run("status", "--output", demo)
    assert shown.returncode == 0, shown.stderr
    rows = [json.loads(x) for x in run("status", "--output", demo, "--json").stdout.splitlines()]
    assert len(rows) == 8
    for row in rows:
        assert row["site"] in shown.stdout
        assert row["verdict"] == "ok"
        assert row["with_date"] == 1.0


def test_status_of_nothing_says_what_to_do(tmp_path: Path) -> None:
    shown = run("status", "--output", tmp_path / "none")
    assert shown.returncode == 0
    assert "newscrawl crawl" in shown.stdout


def test_report_writes_the_page_and_the_index(demo: Path) -> None:
    done = run("report", "--output", demo)
    assert done.returncode == 0, done.stderr
    page = Path(done.stdout.strip())
    text = page.read_text(encoding="utf-8")
    assert "Who republished whom" in text
    assert "robots/robots" in text
    assert page.name in (page.parent / "index.html").read_text(encoding="utf-8")
    assert run("report", "20000101T000000Z-00000000", "--output", demo).returncode == 2
    assert run("report", "--output", demo / "none").returncode == 2


def colours(png: Path) -> Counter[tuple[int, int, int]]:
    """How often each colour stands in a picture (8-bit RGB or RGBA without interlacing)."""
    data, at = png.read_bytes(), 8
    packed, width, height, channels = b"", 0, 0, 3
    while at < len(data):
        (size,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height = struct.unpack(">II", body[:8])
            channels = {2: 3, 6: 4}[body[9]]
        elif kind == b"IDAT":
            packed += body
        at += 12 + size
    raw, stride = zlib.decompress(packed), width * channels
    before, found = bytearray(stride), Counter[tuple[int, int, int]]()
    for y in range(height):
        start = y * (stride + 1)
        line = bytearray(raw[start + 1 : start + 1 + stride])
        for i in range(stride):
            left = line[i - channels] if i >= channels else 0
            corner = before[i - channels] if i >= channels else 0
            line[i] = (line[i] + _predicted(raw[start], left, before[i], corner)) & 255
        found.update((line[i], line[i + 1], line[i + 2]) for i in range(0, stride, channels))
        before = line
    return found


def _predicted(kind: int, left: int, above: int, corner: int) -> int:
    if kind == 4:
        guess = left + above - corner
        return min((left, above, corner), key=lambda x: abs(guess - x))
    return (0, left, above, (left + above) // 2)[kind]


def browse(page: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Open a page in headless Chromium with a profile of its own."""
    assert CHROMIUM is not None
    return subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--hide-scrollbars", f"--user-data-dir={folder / 'profile'}",
            *options, page.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_hostile_page_stays_harmless_in_a_browser(tmp_path: Path) -> None:
    output, at = tmp_path / "output", datetime.now(UTC)
    run_id = f"{at:%Y%m%dT%H%M%SZ}-00000000"
    with Output(output) as opened:
        with opened.transaction() as tx:
            added = tx.add_run(
                RunRecord(
                    run_id=run_id,
                    site="hostile",
                    started_at=at,
                    finished_at=at,
                    found=1,
                    refused=1,
                    verdict="degraded",
                    reason=HOSTILE,
                    config_hash="-",
                    code_version="-",
                )
            )
            assert added is None, added
            tx.log_fetch(
                FetchRecord(
                    run_id=run_id,
                    site="hostile",
                    url="https://x.test/" + HOSTILE,
                    found_at=at,
                    state="refused",
                    stage="fetch",
                    reason=HOSTILE,
                    discovered_via="feed",
                )
            )
        opened.flush(force=True)
    page = write_report(str(output), None, at + timedelta(seconds=1))
    dump = browse(page, tmp_path, "--dump-dom")
    assert "<title>newscrawl 2" in dump.stdout
    assert "<title>owned" not in dump.stdout
    assert "&lt;script&gt;" in dump.stdout
    # the style applies, in its light and its dark form, and the page fits a phone
    for scheme, background in (("1", (251, 250, 248)), ("0", (22, 22, 21))):
        png = tmp_path / f"{scheme}.png"
        browse(
            page, tmp_path, f"--blink-settings=preferredColorScheme={scheme}",
            "--window-size=500,900", f"--screenshot={png}",
        )  # fmt: skip
        counts = colours(png)
        assert counts.most_common(1)[0][0] == background


def test_the_history_of_a_busy_output_is_read_quickly(tmp_path: Path) -> None:
    """200 runs, each flushed on its own, are read within the time of a few requests."""
    start = datetime.now(UTC) - timedelta(days=20)
    with Output(tmp_path) as output:
        for n in range(200):
            at = start + timedelta(hours=2 * n)
            with output.transaction() as tx:
                for site in ("a", "b"):
                    tx.add_run(
                        RunRecord(
                            run_id=f"{n:05}", site=site, started_at=at, finished_at=at,
                            verdict="ok", found=5, stored=1, config_hash="-", code_version="-",
                        )
                    )  # fmt: skip
            output.flush(force=True)
    began = time.process_time()
    history = read_runs(str(tmp_path), since=start, until=datetime.now(UTC))
    assert len(history["a"]) == 200
    assert time.process_time() - began < 5
    print(f"400 rows of 200 files in {time.process_time() - began:.2f} s of CPU")
