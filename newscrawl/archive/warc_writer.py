"""Writing WARC files: a gzip member a record, rotated at a size, readable whatever happens.

A record is compressed in memory and appended with one write, so a kill can leave at most one
unfinished member at the end of the file; `mend` cuts it off. While a file is being written a mark
``<name>.open`` stands beside it, and the file itself is locked.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import uuid
import zlib
from base64 import b32encode
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.archive.records import Headers, Place

SUFFIX = ".warc.gz"
OPEN = ".open"
MAX_BYTES = 1 << 30  # a file is closed once it is this large
_LEVEL = 6
_VERSION = "WARC/1.1"


class ArchiveUnwritable(Exception):  # noqa: N818 - named as dataset.OutputUnwritable
    """The archive could not be written; ``path`` and ``reason`` say what and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class WarcWriter:
    """Appends records to ``<folder>/<name>-<n>.warc.gz``; from one thread.

    ``software`` goes into the warcinfo record that begins each file.
    """

    def __init__(
        self, folder: Path, name: str, *, software: str, max_bytes: int = MAX_BYTES
    ) -> None:
        self.folder = folder
        self._name, self._software, self._max = name, software, max_bytes
        self._number = -1
        self._descriptor: int | None = None
        self._path = folder
        self._size = 0
        self._unsynced = False

    def begin(self, at: datetime) -> None:
        """Make sure that the open file has room; called before a group that shall stay together."""
        if self._descriptor is not None and self._size >= self._max:
            self.close()
        if self._descriptor is None:
            self._open(at)

    def write(
        self,
        type_: str,
        block: bytes,
        at: datetime,
        *,
        uri: str | None = None,
        content_type: str,
        record_id: str | None = None,
        headers: Headers = (),
    ) -> Place:
        """Append one record and return where it stands. It is on disk only after `sync`.

        Raises `ArchiveUnwritable`; then nothing of the record remains.
        """
        if self._descriptor is None:
            self.begin(at)
        assert self._descriptor is not None
        lines = [
            _VERSION,
            f"WARC-Type: {type_}",
            f"WARC-Record-ID: {record_id or new_record_id()}",
            f"WARC-Date: {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            *([f"WARC-Target-URI: {uri}"] if uri else []),
            *(f"{name}: {value}" for name, value in headers),
            f"WARC-Block-Digest: {digest(block)}",
            f"Content-Type: {content_type}",
            f"Content-Length: {len(block)}",
        ]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode()
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
        member = packer.compress(head + block + b"\r\n\r\n") + packer.flush()
        offset = self._size
        try:
            written = 0
            while written < len(member):
                written += os.write(self._descriptor, member[written:])
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._descriptor, offset)
            raise ArchiveUnwritable(str(self._path), error.strerror or str(error)) from error
        self._size += len(member)
        self._unsynced = True
        return Place(self._path.name, offset)

    def sync(self) -> None:
        """Force what was written to disk. Raises `ArchiveUnwritable`."""
        if self._descriptor is not None and self._unsynced:
            try:
                os.fsync(self._descriptor)
            except OSError as error:
                raise ArchiveUnwritable(str(self._path), error.strerror or str(error)) from error
            self._unsynced = False

    def close(self) -> None:
        """Sync and close the open file; a later `write` begins another.

        Raises `ArchiveUnwritable`. A file that nothing could be written to is removed.
        """
        if self._descriptor is None:
            return
        try:
            self.sync()
            if not self._size:
                self._path.unlink(missing_ok=True)
            self._path.with_name(self._path.name + OPEN).unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveUnwritable(str(self._path), error.strerror or str(error)) from error
        finally:
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self, at: datetime) -> None:
        self._number += 1
        self._path = self.folder / f"{self._name}-{self._number:05d}{SUFFIX}"
        self._size = 0
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._descriptor = self._make()
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            with suppress(ArchiveUnwritable):
                self.close()
            raise ArchiveUnwritable(str(self._path), error.strerror or str(error)) from error
        info = (
            f"software: {self._software}\r\nformat: WARC File Format 1.1\r\n"
            "conformsTo: https://iipc.github.io/warc-specifications/specifications/"
            "warc-format/warc-1.1/\r\nrobots: obey\r\n"
        )
        self.write(
            "warcinfo",
            info.encode(),
            at,
            content_type="application/warc-fields",
            headers=(("WARC-Filename", self._path.name),),
        )

    def _make(self) -> int:
        """A new file under its lock, its mark beside it; the descriptor."""
        mark = self._path.with_name(self._path.name + OPEN)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
        while True:
            mark.touch()
            descriptor = os.open(self._path, flags, 0o644)
            # `mend` of another process may have it for a moment, and may remove the empty file
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            mark.touch()
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(descriptor), self._path.stat()):
                    return descriptor
            os.close(descriptor)


def new_record_id() -> str:
    """A fresh WARC-Record-ID."""
    return f"<{uuid.uuid4().urn}>"


def digest(data: bytes) -> str:
    """A labelled digest as web archives write it: SHA-1 in base 32."""
    return "sha1:" + b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def mend(folder: Path) -> dict[str, int]:
    """Cut the unfinished last member off files whose writer died; bytes cut, by file name.

    Files of which nothing is left are removed; those that are being written are left alone.
    """
    cut: dict[str, int] = {}
    for mark in sorted(folder.glob(f"*{SUFFIX}{OPEN}")):
        path = mark.with_name(mark.name.removesuffix(OPEN))
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            # its writer is about to make it, or died before: an empty mark harms nobody
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            whole, size = whole_bytes(path), os.fstat(descriptor).st_size
            if whole < size:
                os.ftruncate(descriptor, whole)
                os.fsync(descriptor)
                cut[path.name] = size - whole
            if not whole:
                path.unlink(missing_ok=True)
            mark.unlink(missing_ok=True)
        except BlockingIOError:
            pass
        finally:
            os.close(descriptor)
    return cut


def whole_bytes(path: Path) -> int:
    """How many bytes of a gzip file are whole members."""
    end = at = 0
    packer = zlib.decompressobj(31)
    with path.open("rb") as file:
        while chunk := file.read(1 << 18):
            while chunk:
                try:
                    packer.decompress(chunk)
                except zlib.error:
                    return end
                if not packer.eof:
                    at += len(chunk)
                    break
                at += len(chunk) - len(packer.unused_data)
                end, chunk = at, packer.unused_data
                packer = zlib.decompressobj(31)
    return end
