"""Outputs in an object store: the same promises over conditional PUTs.

The first kind is obstore's own folder store. The second is an S3 server (moto), where it is
installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

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
from newscrawl.dataset.object_store import ObjectStore
from newscrawl.items import Article

pytest.importorskip("obstore", reason="extra objectstore is not installed")

Build = Callable[..., Article]
Accept = Callable[[Output, list[Article]], int]
PORT_LINE = "Running on "


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An S3 server of its own, with one bucket."""
    program = os.environ.get("NEWSCRAWL_MOTO_SERVER") or (
        shutil.which("moto_server") if find_spec("moto") else None
    )
    if program is None:
        pytest.skip("moto is not installed (pip install 'moto[s3,server]')")
    log = tmp_path_factory.mktemp("moto") / "log"
    with log.open("wb") as sink:
        server = subprocess.Popen([program, "-p", "0"], stdout=sink, stderr=sink)
    with pytest.MonkeyPatch.context() as patch:
        try:
            for _ in range(600):
                text = log.read_text()
                if PORT_LINE in text:
                    break
                time.sleep(0.1)
            address = text.split(PORT_LINE, 1)[1].split()[0]
            patch.setenv("AWS_ENDPOINT_URL", address)
            patch.setenv("AWS_ALLOW_HTTP", "true")
            patch.setenv("AWS_ACCESS_KEY_ID", "test")
            patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
            patch.setenv("AWS_REGION", "us-east-1")
            request = urllib.request.Request(f"{address}/news", method="PUT")
            urllib.request.urlopen(request).close()
            yield "s3://news"
        finally:
            server.kill()
            server.wait()


@pytest.fixture(params=["folder", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "folder":
        return f"obstore+file://{tmp_path}/objects"
    bucket: str = request.getfixturevalue("s3")
    return f"{bucket}/{tmp_path.name}"


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


def test_a_store_that_ignores_the_condition_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ObjectStore(f"obstore+file://{tmp_path}/objects")
    store.probe()

    class Careless:
        exceptions = store._api.exceptions
        get, delete = store._api.get, store._api.delete

        @staticmethod
        def put(client: Any, path: str, content: Any, **_: Any) -> None:
            store_put(client, path, content)

    store_put = store._api.put
    monkeypatch.setattr(store, "_api", Careless)
    with pytest.raises(OutputUnwritable, match="ignores the condition"):
        store.probe()


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
