"""``newscrawl ingest``: every record is accounted for, kills included."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hostile.server import FILLER
from jobs import command, environment, run, summary

from newscrawl.archive import Archive, Exchange, PageNote, WarcReader, WarcWriter
from newscrawl.dataset import Output, open_dataset
from newscrawl.ingest import Ingestion, IngestOptions
from newscrawl.ingest.files import create, load, save
from newscrawl.items import Candidate, Via

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kills")]

AT = datetime(2026, 10, 1, tzinfo=UTC)
PAGES = 400


def page(n: int) -> bytes:
    """One of many ordinary articles, each with words of its own."""
    rng = random.Random(n)
    own = " ".join("".join(rng.choices("abcdefghijklmnoprstuvy", k=7)) for _ in range(120))
    text = "".join(f"<p>{own[i : i + 300]}. {FILLER}</p>" for i in range(0, len(own), 300))
    return (
        f"<html lang=en><head><title>Report {n} from the district</title></head><body><article>"
        f"<h1>Report {n} from the district</h1><time datetime=2026-09-30>30 Sep 2026</time>{text}"
        "</article></body></html>"
    ).encode()


def put(writer: WarcWriter, url: str, body: bytes, status: int = 200,
        type_: str = "text/html; charset=utf-8", at: datetime = AT) -> None:  # fmt: skip
    exchange = Exchange(url, "GET", (), b"", status, (("Content-Type", type_),), body)
    writer.write("request", exchange.request_block(), at, uri=url, content_type="application/http")
    writer.write("response", exchange.response_head() + body, at, uri=url,
                 content_type="application/http; msgtype=response")  # fmt: skip


def archive(folder: Path, pages: int = PAGES) -> Path:
    """A file of many hosts, one article a host and number, with some records that are no pages."""
    writer = WarcWriter(folder, "CC-NEWS", software="test")
    for n in range(pages):
        put(writer, f"https://www.paper{n % 40}.co.th/news/{n}", page(n))
    put(writer, "https://paper1.co.th/gone", page(1), status=404)
    put(writer, "https://paper1.co.th/a.png", b"\x89PNG", type_="image/png")
    writer.write("response", b"20261001\n", AT, uri="dns:paper1.co.th", content_type="text/dns")
    writer.write("metadata", b"fetchTimeMs: 7\r\n", AT, uri="https://paper1.co.th/gone",
                 content_type="application/warc-fields")  # fmt: skip
    # the first article once more, a day later and with another text
    changed = page(0).replace(b"Report 0", b"Report 0 corrected")
    put(writer, "https://www.paper0.co.th/news/0", changed, at=AT + timedelta(days=1))
    writer.close()
    return folder / "CC-NEWS-00000.warc.gz"


# warcinfo, request and response of pages, 404, picture and correction, dns, metadata
RECORDS = 1 + 2 * (PAGES + 3) + 2


def counts(done: subprocess.CompletedProcess[str]) -> Counter[str]:
    (file,) = json.loads(done.stdout.splitlines()[-1])["files"]
    assert file["records"] == sum(file["counts"].values())
    return Counter(file["counts"])


def logged(output: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        open_dataset(str(output), table="fetch_log").to_table().to_pylist()
    )
    return found


def assert_exact(output: Path) -> None:
    """Each page stored once, each logged once, and the second look at one is its second version."""
    rows = open_dataset(str(output)).to_table().to_pylist()
    versions = Counter(row["url"] for row in rows)
    assert len(versions) == PAGES
    assert versions.pop("https://www.paper0.co.th/news/0") == 2
    assert set(versions.values()) == {1}
    states = Counter((r["state"], r["reason"]) for r in logged(output))
    assert states == {
        ("stored", None): PAGES, ("new_version", None): 1, ("refused", "http_404"): 1,
        ("refused", "not_html"): 1,
    }  # fmt: skip
    assert {r["discovered_via"] for r in logged(output)} == {"warc"}
    verified = run("dataset", "--output", output, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_every_record_is_accounted_for(tmp_path: Path) -> None:
    path, output = archive(tmp_path), tmp_path / "output"
    done = run("ingest", path, "--output", output, "--json")
    assert done.returncode == 0, done.stderr[-2000:]
    assert counts(done) == {
        "page": PAGES + 3, "not_a_page:request": PAGES + 3, "not_a_page:warcinfo": 1,
        "not_a_page:dns": 1, "not_a_page:metadata": 1,
    }  # fmt: skip
    assert counts(done).total() == RECORDS
    assert_exact(output)
    row = open_dataset(str(output)).to_table().to_pylist()[0]
    assert row["site"].startswith("paper")
    assert not row["site"].startswith("www.")
    assert row["fetched_at"].date() in {AT.date(), (AT + timedelta(days=1)).date()}
    # once more: nothing is read; from the start: nothing is new
    again = run("ingest", path, "--output", output, "--json")
    assert (again.returncode, summary(again)["totals"]["found"]) == (0, 0)
    again = run("ingest", path, "--output", output, "--json", "--again")
    assert summary(again)["totals"]["unchanged"] == PAGES + 1
    assert summary(again)["totals"]["stored"] == 0


def test_kill_9_anywhere_and_the_result_is_exact(tmp_path: Path) -> None:
    path, output = archive(tmp_path), tmp_path / "output"
    database = output / "_state" / "newscrawl.sqlite"
    for n in range(4):
        child = subprocess.Popen(
            command("ingest", path, "--output", output, "--workers", "1", "--json"),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
        )  # fmt: skip
        until = time.monotonic() + 60
        while not database.exists() and child.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.01)
        time.sleep(0.6 + random.Random(n).uniform(0, 1.5))
        child.send_signal(signal.SIGKILL)
        child.communicate()
    done = run("ingest", path, "--output", output, "--json")
    assert done.returncode == 0, done.stderr[-2000:]
    assert counts(done).total() == RECORDS
    assert_exact(output)


def test_a_signal_ends_in_order_and_the_next_run_goes_on(tmp_path: Path) -> None:
    path, output = archive(tmp_path), tmp_path / "output"
    child = subprocess.Popen(
        command("ingest", path, "--output", output, "--workers", "1", "--json"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), text=True,
    )  # fmt: skip
    until = time.monotonic() + 60
    while not (output / "_state" / "newscrawl.sqlite").exists():
        assert time.monotonic() < until
        time.sleep(0.01)
    time.sleep(1.2)
    child.send_signal(signal.SIGTERM)
    out, err = child.communicate(timeout=30)
    assert "Traceback" not in err
    assert child.returncode in {143, 0}, err[-2000:]  # 0: it was through already
    if child.returncode == 143:
        stopped = json.loads(out.splitlines()[-1])
        assert 0 < stopped["files"][0]["records"] < RECORDS
        done = run("ingest", path, "--output", output, "--json")
        assert counts(done).total() == RECORDS
    assert_exact(output)


def test_filters_refuse_with_a_reason(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "x", software="test")
    put(writer, "https://a.co.th/1", page(1))
    put(writer, "https://b.co.id/2", page(2))
    writer.close()
    path, output = tmp_path / "x-00000.warc.gz", tmp_path / "output"
    run("ingest", path, "--output", output, "--country", "th", "--language", "en", "--workers", "0")
    assert {(r["url"], r["reason"]) for r in logged(output)} == {
        ("https://a.co.th/1", None), ("https://b.co.id/2", "other_country")
    }  # fmt: skip
    done = run("ingest", path, "--output", output, "--language", "km", "--again", "--json",
               "--workers", "0")  # fmt: skip
    (reasons,) = ({x["reason"] for s in summary(done)["sites"] for x in s["refusals"]},)
    assert reasons == {"other_language"}


def test_damage_is_named_and_costs_what_it_hit(tmp_path: Path) -> None:
    path, output = archive(tmp_path, 30), tmp_path / "output"
    data = path.read_bytes()
    middle = data.index(b"\x1f\x8b\x08", len(data) // 2)
    path.write_bytes(data[: middle + 40] + b"\xff\xff\xff" + data[middle + 43 : -20])
    nothing = tmp_path / "page.html.gz"
    nothing.write_bytes(gzip.compress(page(1)))
    done = run("ingest", path, nothing, "--output", output, "--json", "--workers", "0")
    assert done.returncode == 1, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert [p.split(": ")[1].split(" ")[0] for p in told["problems"]] == [
        "bad_gzip", "truncated", "not_warc"
    ]  # fmt: skip
    assert f"{path.name} at byte {middle}" in told["problems"][0]
    first = told["files"][0]
    assert first["done"]
    assert first["records"] == 1 + 2 * 33 + 2
    assert open_dataset(str(output)).count() >= 29
    missing = run("ingest", tmp_path / "missing.warc.gz", "--output", output)
    assert missing.returncode == 2


def test_the_archive_of_a_crawl_can_be_ingested_from_any_record_on(tmp_path: Path) -> None:
    """What feeds said of a page stands in the record before it: a stop between must not lose it."""
    candidate = Candidate("https://paper.co.th/1", "paper", Via.FEED, section="From the feed")
    note = PageNote("paper", "https://paper.co.th/", "paper", "r1", candidate.url,
                    candidate.url, AT, AT, candidate)  # fmt: skip
    folder = Archive(tmp_path, "run", software="test")
    html = (("Content-Type", "text/html"),)
    exchange = Exchange(candidate.url, "GET", (), b"", 200, html, page(1))
    folder.keep(exchange, AT, note)
    folder.close()
    path, output = tmp_path / "run-00000.warc.gz", tmp_path / "output"
    options = IngestOptions(output=str(output), sites={}, workers=0)
    with WarcReader(path) as reader:
        places = [record.place for record in reader]
    for n in range(len(places)):
        shutil.rmtree(output, ignore_errors=True)
        with Output(output) as begun:
            create(begun.state.connection)
            progress = load(begun.state.connection, path)
            progress.place = places[n - 1] if n else None
            save(begun.state.connection, progress)
        Ingestion(options).ingest([path])
        (row,) = open_dataset(str(output)).to_table().to_pylist()
        assert row["section"] == "From the feed", n
        assert (row["warc_file"], row["warc_offset"]) == (path.name, places[-1].offset)


def test_a_file_that_another_job_reads_is_left_and_the_others_are_read(tmp_path: Path) -> None:
    path, output = archive(tmp_path, 3), tmp_path / "output"
    other = tmp_path / "other.warc.gz"
    other.write_bytes(path.read_bytes())
    with Output(output) as held, held.site_lock(f"warc {path.name}", run_id="r1"):
        done = run("ingest", path, other, "--output", output, "--json", "--workers", "0")
    assert done.returncode == 4, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert "is held by process" in told["problems"][0]
    assert [f["file"] for f in told["files"]] == [other.name]
    assert open_dataset(str(output)).count() == 4
