"""Where the files of an output live, and the few operations that commits are made of.

A commit needs one promise from its store: *put if absent*. On a local disk that is ``link`` of a
finished, fsynced temporary file to its final name (POSIX: fails with EEXIST, never overwrites).
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import pyarrow.fs as pafs

from newscrawl.dataset.durable import fsync, make_folder
from newscrawl.dataset.errors import OutputUnwritable
from newscrawl.dataset.object_store import SCHEMES, ObjectStore


class Store(Protocol):
    """Files under one root; paths are relative and use ``/``."""

    root: str

    @property
    def filesystem(self) -> pafs.FileSystem:
        """A pyarrow file system to read with; paths as `locate` gives them."""
        ...

    def locate(self, path: str) -> str:
        """The path as `filesystem` wants it."""
        ...

    def staging(self, path: str) -> Path:
        """A local temporary file to write the content of ``path`` to."""
        ...

    def publish(self, staged: Path, path: str) -> bool:
        """Make a staged file durable under its name; False if the name is taken. Removes it."""
        ...

    def put_new(self, path: str, data: bytes) -> bool:
        """Write a file that must not exist yet; False if it does. Durable when it returns."""
        ...

    def replace(self, path: str, data: bytes) -> None:
        """Write a file, whole, over what stands there."""
        ...

    def read(self, path: str) -> bytes | None:
        """The content, or None if there is no such file."""
        ...

    def names(self, folder: str) -> list[str]:
        """File paths under a folder, at any depth, sorted; without temporary files."""
        ...

    def size(self, path: str) -> int | None:
        """Bytes, or None if there is no such file."""
        ...

    def fingerprint(self, path: str) -> tuple[int, str]:
        """Bytes and SHA-256 (hex) of a file that is there."""
        ...

    def delete(self, path: str) -> None:
        """Remove a file if it is there."""
        ...

    def probe(self) -> None:
        """Refuse a store that does not keep the promise of put if absent.

        Raises:
            OutputUnwritable: it does not.
        """
        ...

    def sweep(self) -> int:
        """Remove temporary files that earlier writers of the same tag left; how many."""
        ...


class LocalStore:
    """A folder on a local disk (or any file system with hard links and working fsync).

    Temporary files are named ``.<name>.<tag>.<pid>.tmp`` in the folder of their target: hidden from
    globs, and a writer that holds the lock of its tag may sweep all of them.
    """

    def __init__(self, root: str | Path, tag: str = "reader") -> None:
        self.path = Path(root).absolute()
        self.root = str(self.path)
        self.tag = tag
        self._folders: set[Path] = set()

    @property
    def filesystem(self) -> pafs.FileSystem:
        return pafs.LocalFileSystem()

    def locate(self, path: str) -> str:
        return str(self.path / path)

    def staging(self, path: str) -> Path:
        target = self.path / path
        self._make_folder(target.parent)
        return target.with_name(f".{target.name}.{self.tag}.{os.getpid()}.tmp")

    def publish(self, staged: Path, path: str) -> bool:
        target = self.path / path
        try:
            fsync(staged)
            try:
                os.link(staged, target)
                new = True
            except FileExistsError:
                new = False
            # also when the name was taken: whoever took it may have died before this
            fsync(target.parent)
            staged.unlink(missing_ok=True)
        except OSError as error:
            with suppress(OSError):
                staged.unlink()
            raise OutputUnwritable(str(target), _reason(error)) from error
        return new

    def put_new(self, path: str, data: bytes) -> bool:
        if (self.path / path).exists():
            return False
        return self.publish(self._write(path, data), path)

    def replace(self, path: str, data: bytes) -> None:
        target = self.path / path
        staged = self._write(path, data)
        try:
            fsync(staged)
            staged.replace(target)
            fsync(target.parent)
        except OSError as error:
            raise OutputUnwritable(str(target), _reason(error)) from error

    def read(self, path: str) -> bytes | None:
        try:
            return (self.path / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def names(self, folder: str) -> list[str]:
        start = self.path / folder
        found: list[str] = []
        for parent, _, files in os.walk(start):
            prefix = Path(parent).relative_to(self.path).as_posix()
            found += [f"{prefix}/{name}" for name in files if not name.startswith(".")]
        return sorted(found)

    def size(self, path: str) -> int | None:
        try:
            return (self.path / path).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            return None

    def fingerprint(self, path: str) -> tuple[int, str]:
        with (self.path / path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return file.tell(), digest

    def delete(self, path: str) -> None:
        try:
            (self.path / path).unlink(missing_ok=True)
        except OSError as error:
            raise OutputUnwritable(str(self.path / path), _reason(error)) from error

    def probe(self) -> None:
        # POSIX promises it, and a file system without links says so at the first commit
        return

    def sweep(self) -> int:
        count = 0
        # the tables are the folders that have a log
        for log in self.path.glob("*/_delta_log"):
            for stale in log.parent.rglob(f".*.{self.tag}.*.tmp"):
                stale.unlink(missing_ok=True)
                count += 1
        return count

    def _write(self, path: str, data: bytes) -> Path:
        staged = self.staging(path)
        try:
            staged.write_bytes(data)
        except OSError as error:
            with suppress(OSError):
                staged.unlink()
            raise OutputUnwritable(str(self.path / path), _reason(error)) from error
        return staged

    def _make_folder(self, folder: Path) -> None:
        if folder in self._folders:
            return
        try:
            make_folder(folder)
        except OSError as error:
            raise OutputUnwritable(str(folder), _reason(error)) from error
        self._folders.add(folder)


def open_store(uri: str, tag: str = "reader") -> Store:
    """The store of an output URI: a local path, a ``file://`` URL, or an object store's URL.

    Raises:
        ValueError: for a scheme that is not supported.
        OutputUnwritable: the library for object stores is not installed.
    """
    if uri.startswith(SCHEMES):
        return ObjectStore(uri, tag)
    if uri.startswith("file://"):
        return LocalStore(uri.removeprefix("file://"), tag)
    if "://" in uri:
        raise ValueError(f"unsupported output {uri!r}: expected a folder or one of {SCHEMES}")
    return LocalStore(uri, tag)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
