"""A proxy before an S3 server that can kill a client in mid-upload or swallow an answer."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO


class Meddler:
    """A TCP proxy in front of an S3 server, which meddles with one upload.

    The ``number``-th PUT (from 1) whose path matches ``path`` is passed on up to ``part`` of its
    body; then ``act`` is called, and if that returns, the connection is cut on both sides. With
    ``part`` 1 the whole PUT is passed on, its answer is awaited and never delivered.
    """

    def __init__(
        self,
        address: str,
        act: Callable[[], None],
        *,
        path: str,
        number: int = 1,
        part: float = 0.5,
    ) -> None:
        self._server = ("127.0.0.1", int(address.rsplit(":", 1)[1]))
        self._act, self._path, self._number, self._part = act, re.compile(path), number, part
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.met = threading.Event()
        self.sent = (0, 0)  # bytes of the body that were passed on, and all

    def __enter__(self) -> Meddler:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client, socket.create_connection(self._server) as server:
            source, answers = client.makefile("rb"), server.makefile("rb")
            while head := _read_head(source):
                length = _length(head)
                if self._is_the_one(head):
                    self._meddle(head, length, source, server, answers)
                    return
                server.sendall(head)
                _copy(source, server, length)
                answer = _read_head(answers)
                client.sendall(answer)
                if not head.startswith(b"HEAD"):
                    _copy_body(answers, client, answer)

    def _is_the_one(self, head: bytes) -> bool:
        verb, target, _ = head.split(b" ", 2)
        if verb != b"PUT" or not self._path.search(target.decode()):
            return False
        with self._lock:
            self._number -= 1
            return self._number == 0

    def _meddle(
        self,
        head: bytes,
        length: int,
        source: BinaryIO,
        server: socket.socket,
        answers: BinaryIO,
    ) -> None:
        count = int(length * self._part)
        server.sendall(head)
        _copy(source, server, count)
        self.sent = (count, length)
        if count == length:
            _read_head(answers)
        self.met.set()
        self._act()


def _read_head(stream: BinaryIO) -> bytes:
    lines = []
    while line := stream.readline():
        lines.append(line)
        if line == b"\r\n":
            return b"".join(lines)
    return b""


def _length(head: bytes) -> int:
    found = re.search(rb"(?im)^content-length:\s*(\d+)", head)
    return int(found[1]) if found else 0


def _copy(source: BinaryIO, target: socket.socket, count: int) -> None:
    while count > 0:
        data = source.read(min(count, 1 << 16))
        if not data:
            raise ConnectionError("the other side has gone")
        target.sendall(data)
        count -= len(data)


def _copy_body(source: BinaryIO, target: socket.socket, head: bytes) -> None:
    if re.search(rb"(?im)^transfer-encoding:\s*chunked", head):
        while True:
            line = source.readline()
            target.sendall(line)
            size = int(line.split(b";")[0], 16)
            _copy(source, target, size + 2)
            if size == 0:
                return
    _copy(source, target, _length(head))
