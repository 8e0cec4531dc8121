"""Records written are records read, by us and by others; damage costs only what it hit."""

from __future__ import annotations

import gzip
import random
import resource
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive import (
    NOTE_TYPE,
    Archive,
    ArchiveUnwritable,
    BrokenRecord,
    Exchange,
    PageNote,
    Place,
    WarcReader,
    WarcRecord,
    mend,
    read_at,
    read_body,
    read_head,
    read_note,
)
from newscrawl.items import Candidate, Via

AT = datetime(2026, 11, 24, 23, 10, 5, 123456, tzinfo=UTC)
HTML = "<html><p>ข่าว ព័ត៌មាន and a story</p></html>".encode()


def exchange(n: int = 0, body: bytes = HTML, **headers: str) -> Exchange:
    return Exchange(
        url=f"https://paper.example/news/{n}?a=1",
        method="GET",
        request_headers=(("User-Agent", "newscrawl"),),
        request_body=b"",
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"), *headers.items()),
        body=body,
        address="192.0.2.7",
    )


def note(n: int = 0) -> PageNote:
    candidate = Candidate(
        url=f"https://paper.example/news/{n}", site="paper", via=Via.FEED,
        title="\ud800ក", keywords=("a", "b"),
    )  # fmt: skip
    return PageNote("paper", "https://paper.example/", "paper", "r1", candidate.url,
                    candidate.url, AT, AT, candidate)  # fmt: skip


def written(folder: Path, count: int = 5, **options: int) -> list[Place]:
    archive = Archive(folder, "run", software="newscrawl/test", **options)
    places = [archive.keep(exchange(n), AT, note(n)) for n in range(count)]
    archive.close()
    return places


def read(path: Path, after: Place | None = None) -> list[WarcRecord | BrokenRecord]:
    with WarcReader(path, after=after) as reader:
        return list(reader)


def whole(records: list[WarcRecord | BrokenRecord]) -> list[WarcRecord]:
    return [r for r in records if isinstance(r, WarcRecord)]


def broken(records: list[WarcRecord | BrokenRecord]) -> list[str]:
    return [r.reason for r in records if isinstance(r, BrokenRecord)]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    places = written(tmp_path)
    records = whole(read(tmp_path / places[0].file))
    assert [r.type for r in records] == ["warcinfo"] + ["request", "metadata", "response"] * 5
    for n, place in enumerate(places):
        found = read_at(tmp_path / place.file, place.offset)
        assert isinstance(found, WarcRecord)
        assert found.uri == f"https://paper.example/news/{n}?a=1"
        assert found.date == AT.replace(microsecond=0)
        assert found.block is not None
        head = read_head(found.block)
        assert (head.status, head.media_type) == (200, "text/html")
        assert read_body(found.block, head, 10_000) == HTML
    request, metadata = records[1], records[2]
    assert request.block is not None
    assert request.block.startswith(b"GET /news/0?a=1 HTTP/1.1\r\nHost: paper.example\r\n")
    assert metadata.header("Content-Type") == NOTE_TYPE
    assert metadata.uri == f"urn:newscrawl:page:{request.uri}", "replay finds the page alone"
    assert metadata.block is not None
    assert read_note(metadata.block) == note(0)
    assert read_note(b"[]") is read_note(b"\xff") is read_note(b'{"site":"x"}') is None


def test_others_read_it_and_find_every_digest_right(tmp_path: Path) -> None:
    place = written(tmp_path)[0]
    with (tmp_path / place.file).open("rb") as file:
        records = ArchiveIterator(file, check_digests="raise")
        types = []
        for record in records:
            types.append(record.rec_type)
            body = record.content_stream().read()
            if record.rec_type == "response":
                assert body == HTML
                assert record.http_headers.get_statuscode() == "200"
                assert record.rec_headers.get_header("WARC-IP-Address") == "192.0.2.7"
    assert len(types) == 16


def test_headers_are_honest_about_the_body_kept(tmp_path: Path) -> None:
    packed = gzip.compress(HTML)
    headers = {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked", "Content-Length": "7"}
    archive = Archive(tmp_path, "run", software="t")
    place = archive.keep(exchange(body=packed, **headers), AT)
    archive.close()
    record = read_at(tmp_path / place.file, place.offset)
    assert isinstance(record, WarcRecord)
    assert record.block is not None
    head = read_head(record.block)
    assert dict(head.headers)["content-length"] == str(len(packed))
    assert "transfer-encoding" not in dict(head.headers)
    assert dict(head.headers)["x-archive-orig-transfer-encoding"] == "chunked"
    assert read_body(record.block, head, 10_000) == HTML


def test_a_file_is_closed_when_it_is_large_and_a_group_stays_together(tmp_path: Path) -> None:
    places = written(tmp_path, 6, max_bytes=2500)
    names = sorted({p.file for p in places})
    assert len(names) > 1
    assert [p.file for p in places] == sorted(p.file for p in places)
    for name in names:
        types = [r.type for r in whole(read(tmp_path / name))]
        assert types[0] == "warcinfo"
        assert types[1:] == ["request", "metadata", "response"] * (len(types) // 3)


def test_a_killed_writer_leaves_whole_records(tmp_path: Path) -> None:
    place = written(tmp_path)[-1]
    path = tmp_path / place.file
    data = path.read_bytes()
    for cut in (place.offset + 1, len(data) - 1, place.offset + 40):
        path.write_bytes(data[:cut])
        (tmp_path / f"{place.file}.open").touch()
        assert mend(tmp_path) == {place.file: cut - place.offset}
        records = read(path)
        assert broken(records) == []
        assert len(records) == 15
    assert mend(tmp_path) == {}


def test_a_file_that_is_being_written_is_not_mended(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "run", software="t")
    place = archive.keep(exchange(), AT)
    with (tmp_path / place.file).open("ab") as file:
        file.write(b"\x1f\x8b\x08half")
    assert mend(tmp_path) == {}
    archive.close()


def test_a_file_without_a_whole_record_is_removed(tmp_path: Path) -> None:
    """As a power cut leaves it: its name was on disk, its content was not, or was zeros."""
    for name, content in (("empty", b""), ("zeros", bytes(4096)), ("half", b"\x1f\x8b\x08half")):
        (tmp_path / f"{name}.warc.gz").write_bytes(content)
        (tmp_path / f"{name}.warc.gz.open").touch()
    assert mend(tmp_path) == {"half.warc.gz": 7, "zeros.warc.gz": 4096}
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_nothing_could_be_written_to_is_removed(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "run", software="t")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        with pytest.raises(ArchiveUnwritable, match="File too large"):
            archive.keep(exchange(), AT)
        archive.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file stands here")
    with pytest.raises(ArchiveUnwritable, match="archive"):
        Archive(tmp_path / "archive", "run", software="t").keep(exchange(), AT)


def test_a_cut_within_the_mark_of_a_member_is_a_cut(tmp_path: Path) -> None:
    data = (tmp_path / written(tmp_path)[0].file).read_bytes()
    second = data.index(b"\x1f\x8b\x08", 1)
    for size in (1, 2):
        path = tmp_path / "cut.warc.gz"
        path.write_bytes(data[: second + size])
        records = read(path)
        assert len(whole(records)) == 1
        assert broken(records) == ["truncated"]


def test_any_cut_leaves_what_is_before_it(tmp_path: Path) -> None:
    data = (tmp_path / written(tmp_path)[0].file).read_bytes()
    total = len(read(tmp_path / "run-00000.warc.gz"))
    for cut in random.Random(1).sample(range(20, len(data)), 60):
        path = tmp_path / "cut.warc.gz"
        path.write_bytes(data[:cut])
        records = read(path)
        assert len(whole(records)) < total
        assert broken(records) in (["truncated"], [])


def test_any_flipped_byte_costs_one_record_at_most(tmp_path: Path) -> None:
    data = (tmp_path / written(tmp_path)[0].file).read_bytes()
    for at in random.Random(2).sample(range(len(data)), 150):
        path = tmp_path / "bad.warc.gz"
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        records = read(path)
        assert len(whole(records)) >= 15 or broken(records) == ["not_warc"], at
        # a byte of gzip's own header that says nothing (time, system) may change
        assert len(whole(records)) == 16 or broken(records), at


def plain(*blocks: bytes, lie: int = 0, ending: bytes = b"\r\n\r\n") -> bytes:
    out = b""
    for n, block in enumerate(blocks):
        size = len(block) + (lie if n == 1 else 0)
        out += (
            f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: <http://a.example/{n}>\r\n"
            f"Content-Length: {size}\r\n\r\n"
        ).encode() + block + ending  # fmt: skip
    return out


@pytest.mark.parametrize("lie", [0, 5, -5, 400])
@pytest.mark.parametrize("pack", ["plain", "members", "one member"])
def test_a_wrong_length_costs_one_record(tmp_path: Path, lie: int, pack: str) -> None:
    blocks = [bytes([65 + n]) * 100 for n in range(4)]
    if pack == "members":
        data = b"".join(gzip.compress(plain(*[b] * 2, lie=0)[: len(plain(b))]) for b in blocks[:1])
        data += gzip.compress(plain(b"", blocks[1], lie=lie)[len(plain(b"")) :])
        data += b"".join(gzip.compress(plain(b)) for b in blocks[2:])
    else:
        data = plain(*blocks, lie=lie)
        data = gzip.compress(data) if pack == "one member" else data
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    records = read(path)
    found = [r.block for r in whole(records)]
    if lie:
        assert broken(records) == ["bad_length"]
        assert found == [blocks[0], *blocks[2:]]
    else:
        assert not broken(records)
        assert found == blocks
    assert whole(records)[0].uri == "http://a.example/0"


@pytest.mark.parametrize("pack", [False, True])
def test_reading_goes_on_after_any_record(tmp_path: Path, pack: bool) -> None:
    data = plain(*[b"block %d" % n for n in range(6)])
    path = tmp_path / "x.warc"
    path.write_bytes(gzip.compress(data) if pack else data)
    records = read(path)
    assert len(records) == 6
    for n, record in enumerate(records):
        assert read(path, after=record.place) == records[n + 1 :]


def test_reading_goes_on_after_damage(tmp_path: Path) -> None:
    data = (tmp_path / written(tmp_path)[0].file).read_bytes()
    path = tmp_path / "bad.warc.gz"
    path.write_bytes(data[:700] + b"\0\xff" * 9 + data[700:] + b"trailing garbage")
    records = read(path)
    assert broken(records)[-1] == "bad_gzip"
    for n, record in enumerate(records):
        assert read(path, after=record.place) == records[n + 1 :]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", ["not_warc"]),
        (b"<html>no archive</html>", ["not_warc"]),
        (gzip.compress(b"<html>no archive</html>" * 9), ["not_warc"]),
        (gzip.compress(plain(b"x" * 5000))[:30], ["truncated"]),
        (plain(b"a", b"b" * 50)[:-30], ["truncated"]),
        (plain(b"a") + b"rubbish\r\n\r\n" + plain(b"b"), ["bad_header"]),
        (b"WARC/1.0\r\nContent-Length: many\r\n\r\n" + plain(b"b"), ["bad_length"]),
        (b"WARC/1.0\r\n" + b"x" * 300_000, ["not_warc"]),
    ],
    # gzip writes the time of day, and the workers of a test run must agree on the names
    ids=["empty", "html", "packed html", "cut", "short", "rubbish", "length", "endless header"],
)
def test_what_is_no_archive_is_named(tmp_path: Path, data: bytes, reason: list[str]) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(data)
    assert broken(read(path)) == reason


def test_lax_endings_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    for ending in (b"", b"\r\n", b"\n\n", b"\r\n\r\n\r\n"):
        path.write_bytes(plain(b"a", b"b", ending=ending))
        records = read(path)
        assert [r.block for r in whole(records)] == [b"a", b"b"], ending
        assert not broken(records)


def test_a_large_block_is_measured_and_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(gzip.compress(plain(b"a" * 3_000_000, b"b")))
    with WarcReader(path, keep=1000) as reader:
        first, second = whole(list(reader))
    assert (first.block, first.size, second.block) == (None, 3_000_000, b"b")
