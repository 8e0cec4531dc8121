"""The bytes of a WARC file, member by member: gzip members, or one plain run of bytes."""

from __future__ import annotations

import zlib
from typing import BinaryIO, Protocol

CHUNK = 1 << 16  # bytes read from the file at a time
PIECE = 1 << 20  # bytes unpacked at a time at most
MAGIC = b"\x1f\x8b\x08"
_HEAD = 4096  # bytes of a member that are looked at to see whether it begins with a record


class DamagedError(Exception):
    """The bytes of a member cannot be had; ``reason`` is ``truncated`` or ``bad_gzip``."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class Members(Protocol):
    """A file as a row of members."""

    start: int  # byte of the file at which the present member begins

    def more(self) -> bytes:
        """The next bytes of the present member, unpacked; empty at its end.

        Raises `DamagedError`; then only `next_member` makes sense.
        """

    def next_member(self) -> bool:
        """Go to the member after this one, over what is none; False at the end of the file.

        Raises `DamagedError` (once) where bytes that are no member had to be jumped over.
        """

    @property
    def position(self) -> int:
        """How far the file has been read, in bytes."""


def open_members(file: BinaryIO, offset: int) -> Members:
    """The members of a file from an offset at which one begins."""
    file.seek(0)
    packed = file.read(len(MAGIC)) == MAGIC
    file.seek(offset)
    return GzipMembers(file, offset) if packed else PlainBytes(file, offset)


class PlainBytes:
    """A file without compression: one member from the offset to the end."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file = file
        self.start = self.position = offset
        self._begun = False

    def more(self) -> bytes:
        data = self._file.read(CHUNK)
        self.position += len(data)
        return data

    def next_member(self) -> bool:
        if self._begun:
            return False
        self._begun = True
        return True


class GzipMembers:
    """Concatenated gzip members (RFC 1952); what follows a damaged one is found again."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file = file
        self.start = offset
        self._raw = b""  # read and not yet unpacked
        self._at = offset  # of the first byte of _raw
        self._packer: zlib._Decompress | None = None
        self._broken = False

    @property
    def position(self) -> int:
        return self._at

    def more(self) -> bytes:
        packer = self._packer
        while packer is not None and not packer.eof:
            if not self._raw:
                self._raw = self._file.read(CHUNK)
                if not self._raw:
                    self._broken, self._packer = True, None
                    raise DamagedError("truncated", "the file ends within a gzip member")
            try:
                out = packer.decompress(self._raw, PIECE)
            except zlib.error as error:
                self._broken, self._packer = True, None
                raise DamagedError("bad_gzip", str(error)) from error
            rest = packer.unused_data if packer.eof else packer.unconsumed_tail
            self._at += len(self._raw) - len(rest)
            self._raw = rest
            if out:
                return out
        return b""

    def next_member(self) -> bool:
        if self._broken:
            # the damaged member's own length cannot be known: look for the next from its start
            self._file.seek(self.start + 1)
            self._raw, self._at = b"", self.start + 1
        else:
            while self.more():  # what nobody wanted of this one
                pass
            self._skip_padding()
        self._packer = None
        begins = self._raw[: len(MAGIC)] == MAGIC
        if not begins and self._raw and not self._broken:
            # no member here: say so, and begin to look for one at the next call
            self.start, self._broken = self._at - 1, True
            if MAGIC.startswith(self._raw):  # shorter than a mark only where the file ends
                raise DamagedError("truncated", "the file ends within a gzip member")
            raise DamagedError("bad_gzip", "bytes that are no gzip member")
        if not begins and not self._seek_member():
            return False
        self._broken = False
        self.start = self._at
        self._packer = zlib.decompressobj(31)
        return True

    def _skip_padding(self) -> None:
        while True:
            if len(self._raw) < len(MAGIC):
                self._raw += self._file.read(CHUNK)
            rest = self._raw.lstrip(b"\0")
            self._at += len(self._raw) - len(rest)
            self._raw = rest
            if rest or not self._peek():
                return

    def _peek(self) -> bool:
        self._raw = self._file.read(CHUNK)
        return bool(self._raw)

    def _seek_member(self) -> bool:
        """Move to the next bytes that begin a gzip member which unpacks to a record."""
        tried = 0  # up to here in _raw nothing begins
        while True:
            found = self._raw.find(MAGIC, tried)
            at = found if found >= 0 else max(tried, len(self._raw) - len(MAGIC) + 1)
            if found < 0 or len(self._raw) - found < _HEAD:
                piece = self._file.read(CHUNK)
                if found < 0 and not piece:
                    self._at, self._raw = self._at + at, self._raw[at:]
                    return False
                if piece:
                    self._at, self._raw, tried = self._at + at, self._raw[at:] + piece, 0
                    continue
            if _unpacks_to_record(self._raw[found : found + _HEAD]):
                self._at, self._raw = self._at + found, self._raw[found:]
                return True
            tried = found + 1


def _unpacks_to_record(raw: bytes) -> bool:
    try:
        head = zlib.decompressobj(31).decompress(raw, 64)
    except zlib.error:
        return False
    return head.lstrip(b"\r\n").startswith(b"WARC/")


class Window:
    """Reading by length and by mark from the present member of a file."""

    def __init__(self, members: Members) -> None:
        self._members = members
        self._data = b""
        self._at = 0
        self.consumed = 0  # bytes of this member handed out

    def reset(self) -> None:
        """Forget what was read: the next member begins."""
        self._data, self._at, self.consumed = b"", 0, 0

    def peek(self, size: int) -> bytes:
        """The next bytes, fewer at the end of the member."""
        while len(self._data) - self._at < size and self._fill():
            pass
        return self._data[self._at : self._at + size]

    def until(self, mark: bytes, limit: int) -> bytes | None:
        """Everything up to and with ``mark``; None if it does not come within ``limit`` bytes."""
        looked = self._at
        while True:
            found = self._data.find(mark, looked, self._at + limit)
            if found >= 0:
                out = self._data[self._at : found + len(mark)]
                self._advance(len(out))
                return out
            if len(self._data) - self._at >= limit:
                return None
            looked = max(0, len(self._data) - self._at - len(mark) + 1)
            if not self._fill():
                return None

    def take(self, size: int) -> bytes:
        """So many bytes, fewer at the end of the member."""
        pieces: list[bytes] = []
        wanted = size
        while wanted > 0:
            if self._at == len(self._data) and not self._fill():
                break
            piece = self._data[self._at : self._at + wanted]
            pieces.append(piece)
            wanted -= len(piece)
            self._advance(len(piece))
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def skip(self, size: int) -> int:
        """Pass over so many bytes; how many there were."""
        wanted = size
        while wanted > 0:
            if self._at == len(self._data) and not self._fill():
                break
            step = min(wanted, len(self._data) - self._at)
            wanted -= step
            self._advance(step)
        return size - wanted

    def give_back(self, data: bytes) -> None:
        """Put bytes back that were taken last."""
        self._data = data + self._data[self._at :]
        self._at = 0
        self.consumed -= len(data)

    def skip_to(self, mark: bytes) -> bool:
        """Move to the next ``mark`` in this member, or to its end; False if there is none."""
        while True:
            found = self._data.find(mark, self._at)
            if found >= 0:
                self._advance(found - self._at)
                return True
            keep = min(len(mark) - 1, len(self._data) - self._at)
            self._advance(len(self._data) - self._at - keep)
            if not self._fill():
                self._advance(keep)
                return False

    def _advance(self, size: int) -> None:
        self._at += size
        self.consumed += size

    def _fill(self) -> bool:
        piece = self._members.more()
        if not piece:
            return False
        self._data = self._data[self._at :] + piece if self._at < len(self._data) else piece
        self._at = 0
        return True
