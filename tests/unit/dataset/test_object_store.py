"""Outputs in an object store: the same promises over conditional PUTs.

Here on obstore's own folder store; tests/crawl/test_object_stores.py has real S3 servers.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pyarrow.dataset as pads
import pytest

from newscrawl.dataset import (
    Output,
    OutputUnwritable,
    changes,
    compact_output,
    export,
    open_dataset,
    take_down,
    vacuum_output,
)
from newscrawl.items import Article

pytest.importorskip("obstore", reason="extra objectstore is not installed")

Build = Callable[..., Article]
Accept = Callable[[Output, list[Article]], int]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"obstore+file://{tmp_path}/objects"


def test_the_whole_life_of_an_output(
    url: str, tmp_path: Path, article: Build, accept: Accept, clock: Any
) -> None:
    with Output(url, state_dir=tmp_path / "state", clock=clock) as output:
        for start in (0, 10, 20):
            accept(output, [article(n) for n in range(start, start + 10)])
            output.flush(force=True)
        assert output.verify().ok
        assert open_dataset(url).count() == 30
        assert changes(url, 1).count() == 20
        assert compact_output(output)[0].files_after == 1
        clock.at = clock.at.replace(month=12)
        assert len(vacuum_output(output)) == 6
        assert take_down(output, article(3).url).rows == 1
        report = output.verify()
        assert report.ok, report.problems
    table = open_dataset(url).to_table(["version_id", "body"])
    assert table.num_rows == 29
    assert article(4).body in table["body"].to_pylist()
    done = export([open_dataset(url)], tmp_path / "exported")
    assert pads.dataset(tmp_path / "exported" / "articles").count_rows() == done.rows == 29
    # the state is lost: it comes back from the store
    with Output(url, state_dir=tmp_path / "another") as output:
        assert output.rebuilt
        assert accept(output, [article(1), article(99)]) == 1
        output.flush(force=True)
        assert output.verify().ok
    assert open_dataset(url).count() == 30


def test_many_writers_lose_no_commit(url: str, tmp_path: Path, article: Build) -> None:
    writers, each = 8, 5
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with Output(url, state_dir=tmp_path / f"state{number}") as output:
                for turn in range(each):
                    with output.transaction() as tx:
                        tx.add_article(article(number * each + turn, run=f"run{number}"))
                    output.flush(force=True)
        except BaseException as error:  # noqa: BLE001 - shown by the test
            errors.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    snapshot = open_dataset(url)
    versions = snapshot.to_table(["version_id"])["version_id"].to_pylist()
    assert len(versions) == len(set(versions)) == writers * each
    assert snapshot.version == writers * each


class Careless(BaseHTTPRequestHandler):
    """An S3 of sorts, as some stores are: it takes the condition of a PUT and ignores it."""

    protocol_version = "HTTP/1.1"
    objects: ClassVar[dict[str, bytes]] = {}
    conditions: ClassVar[list[str | None]] = []
    refuses = False

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.conditions.append(self.headers["If-None-Match"])
        if self.refuses and self.headers["If-None-Match"]:
            self._answer(501, b"<Error><Code>NotImplemented</Code></Error>")
        else:
            self.objects[self.path] = data
            self._answer(200)

    def do_GET(self) -> None:
        self._answer(200, self.objects[self.path])

    def do_POST(self) -> None:  # the deletion of several objects
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        for key in re.findall("<Key>(.*?)</Key>", asked):
            del self.objects[f"/careless/{key}"]
        self._answer(200, b"<DeleteResult></DeleteResult>")

    def _answer(self, status: int, data: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("refuses", [False, True])
def test_a_store_without_conditions_is_refused(
    refuses: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = type("Handler", (Careless,), {"refuses": refuses, "objects": {}, "conditions": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
        message = "NotImplemented|501" if refuses else "ignores the condition"
        with pytest.raises(OutputUnwritable, match=message):
            Output("s3://careless/x", state_dir=tmp_path).open()
        server.shutdown()
    assert set(handler.conditions) == {"*"}, "every PUT had the condition"
    assert not handler.objects, "the probe leaves nothing"


def test_a_state_needs_a_folder() -> None:
    with pytest.raises(ValueError, match="state needs a folder"):
        Output("s3://news/x")
    with pytest.raises(ValueError, match="unsupported output"):
        open_dataset("ftp://news/x")


def test_a_store_that_cannot_be_reached(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from newscrawl.dataset import Output, OutputUnwritable\n"
        "try:\n"
        "    Output('s3://b/x', state_dir=sys.argv[1]).open()\n"
        "except OutputUnwritable as error:\n"
        "    sys.exit(3)\n"
    )
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_REGION": "us-east-1",
    }
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], env=environment, timeout=120, check=False
    )
    assert ended.returncode == 3
