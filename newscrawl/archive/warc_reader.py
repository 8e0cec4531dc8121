"""Reading WARC files of any writer, record by record, damaged ones too.

Nothing is passed over in silence: what is no whole record comes as a `BrokenRecord`, and reading
goes on at the next place where a record begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from newscrawl.archive.members import DamagedError, PlainBytes, Window, open_members
from newscrawl.archive.records import BrokenRecord, Headers, Place, WarcRecord, first_value

KEEP = 12 * 1024 * 1024  # larger blocks are measured and not kept
_MAX_HEAD = 256 * 1024
_VERSION = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
_NEXT = b"\nWARC/"
_LENGTH = re.compile(r"\d{1,18}")


class WarcReader:
    """Iterate over it: from ``start``, where a record must begin, or after the place of the last
    record that is not wanted again (``after``).

    Blocks of more than ``keep`` bytes come as None. Raises OSError for a file that cannot be read.
    """

    def __init__(
        self, path: Path, *, after: Place | None = None, start: int = 0, keep: int = KEEP
    ) -> None:
        self._name = path.name
        self._after, self._keep = after, keep
        self._file = path.open("rb")
        self.size = path.stat().st_size
        self._members = open_members(self._file, after.offset if after else start)
        self._window = Window(self._members)
        self._plain = isinstance(self._members, PlainBytes)
        self._base = self._members.start
        self._within = 0

    @property
    def position(self) -> int:
        """How far the file has been read, in bytes of the file."""
        return self._members.position

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> WarcReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[WarcRecord | BrokenRecord]:
        after = self._after
        for record in self._records():
            place = record.place
            if after is None or (place.offset, place.within) > (after.offset, after.within):
                yield record

    def _records(self) -> Iterator[WarcRecord | BrokenRecord]:
        first = self._members.start == 0
        if not self.size:
            yield BrokenRecord(Place(self._name, 0), "not_warc", "the file is empty")
        while True:
            try:
                if not self._members.next_member():
                    return
            except DamagedError as damaged:
                place = Place(self._name, self._members.start + 1)
                yield BrokenRecord(place, damaged.reason, damaged.detail)
                continue
            self._window.reset()
            self._within = 0
            while (record := self._next_of_member()) is not None:
                if first and isinstance(record, BrokenRecord) and record.reason == "bad_header":
                    yield BrokenRecord(record.place, "not_warc", record.detail)
                    return
                first = False
                yield record
                self._within += 1

    def _place(self, consumed: int) -> Place:
        if self._plain:
            return Place(self._name, self._base + consumed)
        return Place(self._name, self._members.start, self._within)

    def _next_of_member(self) -> WarcRecord | BrokenRecord | None:
        """The next record of the present member, None at its end."""
        window = self._window
        place = self._place(window.consumed)
        try:
            while window.peek(1) in {b"\r", b"\n"}:
                window.take(1)
            if not window.peek(1):
                return None
            place = self._place(window.consumed)
            return self._record(place)
        except DamagedError as damaged:
            window.reset()
            return BrokenRecord(place, damaged.reason, damaged.detail)

    def _record(self, place: Place) -> WarcRecord | BrokenRecord:
        window = self._window
        start = window.peek(16)
        if not _VERSION.match(start):
            shown = ascii(bytes(start))[2:-1]
            window.take(1)
            window.skip_to(_NEXT)
            return BrokenRecord(place, "bad_header", f"no record begins with {shown}")
        head = window.until(b"\r\n\r\n", _MAX_HEAD)
        if head is None:
            window.take(1)
            window.skip_to(_NEXT)
            return BrokenRecord(place, "bad_header", "the header of a record has no end")
        headers = _headers(head)
        length = (first_value(headers, "Content-Length") or "").strip()
        if not _LENGTH.fullmatch(length):
            window.skip_to(_NEXT)
            return BrokenRecord(place, "bad_length", f"Content-Length {length[:40]!r}")
        size = int(length)
        kept = size <= self._keep
        block = window.take(size) if kept else None
        got = len(block) if block is not None else window.skip(size)
        if got < size:
            # a length that is too long has swallowed what follows: look for records in it
            window.give_back(block or b"")
            window.skip_to(_NEXT)
            reason = "truncated" if self._plain and not window.peek(1) else "bad_length"
            return BrokenRecord(place, reason, f"{got} bytes of {size}")
        tail = window.peek(9)
        if tail[:4] == b"\r\n\r\n":
            window.take(4)
            window.peek(1)  # to the end of the member: only then is its checksum known
        elif tail.strip(b"\r\n") and not tail.lstrip(b"\r\n").startswith(b"WARC/"):
            window.give_back(block or b"")
            window.skip_to(_NEXT)
            return BrokenRecord(place, "bad_length", f"the block is longer than {size} bytes")
        type_ = (first_value(headers, "WARC-Type") or "").strip().lower()
        return WarcRecord(place, type_, headers, size, block)


def read_at(path: Path, offset: int) -> WarcRecord | BrokenRecord | None:
    """The record at a place that `Archive.keep` returned; None past the end."""
    with WarcReader(path, start=offset) as reader:
        return next(iter(reader), None)


def _headers(head: bytes) -> Headers:
    out: list[tuple[str, str]] = []
    for line in head.decode("utf-8", "replace").split("\r\n")[1:]:
        if line[:1] in {" ", "\t"} and out:  # folded
            name, value = out[-1]
            out[-1] = (name, f"{value} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if colon:
            out.append((name.strip(), value.strip()))
    return tuple(out)
