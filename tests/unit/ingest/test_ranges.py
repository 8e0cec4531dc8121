"""Ranges of a file join without a gap or a seam, whatever the file holds and wherever they end."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive import Archive, Exchange, PageNote, WarcWriter
from newscrawl.dataset import open_dataset
from newscrawl.engines import Lost
from newscrawl.ingest import Ingestion, IngestOptions
from newscrawl.ingest.ranges import LARGEST, SMALLEST, ranges
from newscrawl.items import Candidate, Via

AT = datetime(2026, 10, 1, tzinfo=UTC)
HTML = (("Content-Type", "text/html"),)


def page(n: int, more: bytes = b"") -> bytes:
    words = " ".join(f"{chr(97 + n % 26)}{chr(97 + i % 26)}word{n}{i}" for i in range(90))
    head = f"<html lang=en><title>Report {n} of the town</title><h1>Report {n} of the town</h1>"
    return f"{head}<article><p>{words}.</p><p>{words[::-1]}.</p></article>".encode() + more


def by_record(folder: Path, bodies: list[bytes], name: str = "news") -> Path:
    writer = WarcWriter(folder, name, software="test")
    for n, body in enumerate(bodies):
        url = f"https://paper{n % 3}.example/{n}"
        exchange = Exchange(url, "GET", (), b"", 200, HTML, body)
        if n % 2:
            writer.write("request", exchange.request_block(), AT, uri=url,
                         content_type="application/http")  # fmt: skip
        writer.write("response", exchange.response_head() + body, AT, uri=url,
                     content_type="application/http; msgtype=response")  # fmt: skip
    writer.close()
    return folder / f"{name}-00000.warc.gz"


def plain(folder: Path) -> Path:
    path = folder / "plain.warc"
    path.write_bytes(gzip.decompress(by_record(folder, [page(n) for n in range(12)]).read_bytes()))
    return path


def packed_whole(folder: Path) -> Path:
    path = folder / "whole.warc.gz"
    path.write_bytes(gzip.compress(plain(folder).read_bytes()))
    return path


def with_notes(folder: Path) -> Path:
    archive = Archive(folder, "own", software="test")
    for n in range(9):
        url = f"https://paper.example/{n}"
        candidate = Candidate(url, "paper", Via.FEED, section=f"Section {n}")
        note = PageNote(
            "paper", "https://paper.example/", "paper", "r1", url, url, AT, AT, candidate
        )
        archive.keep(Exchange(url, "GET", (), b"", 200, HTML, page(n)), AT, note)
    archive.close()
    return folder / "own-00000.warc.gz"


def damaged(folder: Path) -> Path:
    path = by_record(folder, [page(n) for n in range(12)], "damaged")
    data = path.read_bytes()
    middle = data.index(b"\x1f\x8b\x08", len(data) // 2)
    path.write_bytes(data[: middle + 40] + b"\xff\xff\xff" + data[middle + 43 : -20])
    return path


def with_a_file_inside(folder: Path) -> Path:
    """A page that holds a whole WARC file, so that the bytes of its member look like members."""
    inner = by_record(folder, [page(n) for n in range(4)], "inner").read_bytes()
    bodies = [page(n, b"<!--" + inner + b"-->" if n == 5 else b"") for n in range(9)]
    path = by_record(folder, bodies, "outer")
    data = gzip.decompress(path.read_bytes())
    parts = data.split(b"WARC/1.1\r\n")[1:]
    # stored, not deflated: the inner file stands in the outer one as it is
    path.write_bytes(b"".join(gzip.compress(b"WARC/1.1\r\n" + p, 0) for p in parts))
    return path


MAKERS = [plain, packed_whole, with_notes, damaged, with_a_file_inside]


def ingested(path: Path, output: Path, step: int) -> Any:
    ingestion = Ingestion(IngestOptions(output=str(output), sites={}, workers=0, range_bytes=step))
    ingestion.ingest([path])
    return told(ingestion, output)


def told(ingestion: Ingestion, output: Path) -> Any:
    (progress,) = ingestion.files
    rows = open_dataset(str(output)).to_table(["url", "section", "warc_offset", "run_seq", "title"])
    assert progress.done
    return dict(progress.counts), ingestion.problems, rows.sort_by("run_seq").to_pylist()


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_any_ranges_are_as_one(tmp_path: Path, make: Any) -> None:
    path = make(tmp_path)
    whole = ingested(path, tmp_path / "whole", sys.maxsize)
    assert whole[2]
    for step in (900, path.stat().st_size // 2):
        assert ingested(path, tmp_path / f"s{step}", step) == whole, step


class Losing:
    """An engine that loses every second task."""

    name = "local"
    workers = 0

    def run(self, function: Any, shared: Any, tasks: Iterable[Any]) -> Iterator[Any]:
        for n, task in enumerate(tasks):
            yield Lost("worker_died", "exit code -9") if n % 2 else function(shared, task)

    def close(self) -> None:
        """Nothing was started."""

    def __enter__(self) -> Losing:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def test_ranges_get_smaller_towards_the_end(tmp_path: Path) -> None:
    path = tmp_path / "large.warc.gz"
    with path.open("wb") as file:
        file.truncate(100_000_000)  # sparse
    for workers in (0, 1, 2, 64):
        found = list(ranges(path, None, workers))
        assert [r.start for r in found] == [0, *(r.end for r in found[:-1])]
        assert found[-1].end >= 100_000_000
        assert [r.exact for r in found] == [True, *(False for _ in found[1:])]
        sizes = [r.end - r.start for r in found]
        assert sizes == sorted(sizes, reverse=True)
        assert max(sizes) <= LARGEST
        assert sizes[-1] == SMALLEST


def test_a_range_that_an_engine_cannot_read_is_read_with_care(tmp_path: Path) -> None:
    path = by_record(tmp_path, [page(n) for n in range(10)])
    whole = ingested(path, tmp_path / "whole", sys.maxsize)
    ingestion = Ingestion(
        IngestOptions(output=str(tmp_path / "o"), sites={}, workers=0, range_bytes=2500)
    )
    ingestion._executor = Losing()  # an engine of one's own
    assert ingestion.ingest([path]).exit_code == 0
    assert told(ingestion, tmp_path / "o") == whole
