"""An output in an object store (S3, Google Cloud Storage, Azure), through obstore.

Data files are one PUT of finished bytes; *put if absent* is a conditional PUT. A store that takes
the condition and ignores it would lose commits without a word, so every store is tried once when
it is opened for writing, and refused if a second conditional PUT succeeds.
Credentials, region and endpoint come from the environment, as the store's own tools read them
(``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL``, ``AWS_ALLOW_HTTP``, ``GOOGLE_SERVICE_ACCOUNT`` ...).
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.fs as pafs

from newscrawl.dataset.errors import OutputUnwritable

SCHEMES = (
    "s3://",
    "s3a://",
    "gs://",
    "az://",
    "azure://",
    "abfs://",
    "abfss://",
    "obstore+file://",
)
_PROBE = "_newscrawl_probe"


class ObjectStore:
    """Objects below one URL. Implements `newscrawl.dataset.store.Store`."""

    def __init__(self, url: str, tag: str = "reader") -> None:
        try:
            api: Any = import_module("obstore")
            stores: Any = import_module("obstore.store")
        except ImportError as error:
            raise OutputUnwritable(
                url, "object stores need the extra: pip install 'newscrawl[objectstore]'"
            ) from error
        self.root = url.rstrip("/")
        self.tag = tag
        self._api = api
        self._staged = Path(tempfile.gettempdir()) / f"newscrawl-{tag}"
        # the local kind is there to try the rest of this module without a server
        local = url.startswith("obstore+file://")
        self._client: Any = stores.from_url(
            url.removeprefix("obstore+"), **({"mkdir": True} if local else {})
        )
        self.filesystem: pafs.FileSystem = pafs.PyFileSystem(_Reading(api, self._client))

    def probe(self) -> None:
        """Make sure that the store keeps the promise of a conditional PUT.

        Raises:
            OutputUnwritable: it does not, or cannot be written at all.
        """
        path = f"{_PROBE}/{uuid.uuid4().hex}"
        first, second = self.put_new(path, b"1"), self.put_new(path, b"2")
        kept = self.read(path)
        with suppress(OutputUnwritable):  # not what is asked here; some keys may not delete
            self.delete(path)
        if not first or second or kept != b"1":
            raise OutputUnwritable(
                self.root,
                "the store ignores the condition of a PUT (If-None-Match), so concurrent commits"
                " would overwrite each other",
            )

    def locate(self, path: str) -> str:
        return path

    def staging(self, path: str) -> Path:
        self._staged.mkdir(mode=0o700, exist_ok=True)
        return self._staged / f"{uuid.uuid4().hex}.tmp"

    def publish(self, staged: Path, path: str) -> bool:
        try:
            return self._put(path, staged)
        finally:
            with suppress(OSError):
                staged.unlink()

    def put_new(self, path: str, data: bytes) -> bool:
        return self._put(path, data)

    def replace(self, path: str, data: bytes) -> None:
        with self._translated(path):
            self._api.put(self._client, path, data, use_multipart=False)

    def read(self, path: str) -> bytes | None:
        try:
            return bytes(self._api.get(self._client, path).bytes())
        except FileNotFoundError:
            return None

    def names(self, folder: str) -> list[str]:
        found = [
            entry["path"]
            for chunk in self._api.list(self._client, prefix=f"{folder}/")
            for entry in chunk
        ]
        return sorted(found)

    def size(self, path: str) -> int | None:
        try:
            return int(self._api.head(self._client, path)["size"])
        except FileNotFoundError:
            return None

    def fingerprint(self, path: str) -> tuple[int, str]:
        digest, size = hashlib.sha256(), 0
        for chunk in self._api.get(self._client, path).stream():
            digest.update(chunk)
            size += len(chunk)
        return size, digest.hexdigest()

    def delete(self, path: str) -> None:
        with suppress(FileNotFoundError), self._translated(path):
            self._api.delete(self._client, path)

    def sweep(self) -> int:
        # temporary files are local; the store itself never sees a part of a file
        stale = list(self._staged.glob("*.tmp"))
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)

    def _put(self, path: str, content: bytes | Path) -> bool:
        with self._translated(path):
            try:
                self._api.put(self._client, path, content, mode="create")
            except self._api.exceptions.AlreadyExistsError:
                return False
        return True

    @contextmanager
    def _translated(self, path: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except (self._api.exceptions.BaseError, OSError) as error:
            reason = str(error).split("\n", 1)[0]
            raise OutputUnwritable(f"{self.root}/{path}", reason) from error


class _Reading(pafs.FileSystemHandler):  # type: ignore[misc]
    """The part of a file system that reading Parquet needs."""

    def __init__(self, api: Any, client: Any) -> None:
        self._api, self._client = api, client

    def get_type_name(self) -> str:
        return "newscrawl-objects"

    def normalize_path(self, path: str) -> str:
        return path

    def get_file_info(self, paths: list[str]) -> list[pafs.FileInfo]:
        return [self._info(path) for path in paths]

    def open_input_file(self, path: str) -> Any:
        return pa.PythonFile(_Ranges(self._api, self._client, path), mode="r")

    def open_input_stream(self, path: str) -> Any:
        return self.open_input_file(path)

    def _info(self, path: str) -> pafs.FileInfo:
        try:
            size = self._api.head(self._client, path)["size"]
        except FileNotFoundError:
            return pafs.FileInfo(path, pafs.FileType.NotFound)
        return pafs.FileInfo(path, pafs.FileType.File, size=size)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Reading) and other._client is self._client

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = object.__hash__

    def get_file_info_selector(self, selector: Any) -> Any:
        raise NotImplementedError("files come from the commit log, not from listings")

    create_dir = delete_dir = delete_dir_contents = delete_root_dir_contents = None
    delete_file = move = copy_file = open_output_stream = open_append_stream = None


class _Ranges(io.RawIOBase):
    """A seekable file over ranged GETs: what is read is asked for, nothing else."""

    def __init__(self, api: Any, client: Any, path: str) -> None:
        super().__init__()
        self._api, self._client, self._path = api, client, path
        self._size = int(api.head(client, path)["size"])
        self._at = 0

    def read(self, size: int | None = -1) -> bytes:
        left = self._size - self._at
        count = left if size is None or size < 0 else min(size, left)
        if count <= 0:
            return b""
        data = self._api.get_range(self._client, self._path, start=self._at, length=count)
        self._at += count
        return bytes(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def size(self) -> int:
        return self._size
