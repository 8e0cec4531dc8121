"""Replay of an archive by pywb, and its index by cdxj-indexer, each page compared byte by byte.

    python tests/faults/replay.py [--venv FOLDER]

Crawls a small local press with ``--archive``; installs pywb and cdxj-indexer with pip into an
environment of their own (FOLDER is kept and used again); gives pywb the WARC files as its users do
(``wb-manager add``), starts its server, and fetches every page that was crawled through it. What
comes back must be the bytes that the paper sent. The index must name each row's record.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "crawl"))

from jobs import run  # noqa: E402
from press import Paper, Press  # noqa: E402
from s3_servers import free_port  # noqa: E402

from newscrawl.dataset import open_dataset  # noqa: E402


def install(folder: Path) -> Path:
    """The programs of an environment with pywb, made if need be."""
    programs = folder / "bin"
    if not (programs / "wb-manager").exists():
        venv.create(folder, with_pip=True)
        packages = ["pywb", "cdxj-indexer", "setuptools<81"]
        subprocess.run([programs / "pip", "install", "--quiet", *packages], check=True)
    return programs


def crawl(folder: Path) -> tuple[Press, Path]:
    """A press, closed again, and the output of its crawl."""
    papers = [Paper(f"paper{n}", f"paper{n}.test", 5) for n in range(3)]
    papers.append(Paper("moved", "moved.test", 3, through="go.moved.test"))
    output = folder / "output"
    with Press(papers).serve() as press:
        sites = folder / "sites.toml"
        sites.write_text(press.toml(), encoding="utf-8")
        done = run(
            "crawl", "press", "--sites", sites, "--output", output, "--archive", "--json",
            "--allow-address", f"127.0.0.1:{press.port}", "--set", "DOWNLOAD_DELAY=0",
            "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return press, output


def check_index(programs: Path, output: Path) -> int:
    """Each row's record is where the independent index says; how many rows."""
    files = sorted((output / "archive").glob("*.warc.gz"))
    told = subprocess.run(
        [programs / "cdxj-indexer", *files], check=True, capture_output=True, text=True
    ).stdout
    places = {}
    for line in told.splitlines():
        entry = json.loads(line.split(" ", 2)[2])
        places[entry["url"], entry.get("status")] = (entry["filename"], int(entry["offset"]))
    rows = open_dataset(output).to_table(["url", "warc_file", "warc_offset"]).to_pylist()
    for row in rows:
        assert places[row["url"], "200"] == (row["warc_file"], row["warc_offset"]), row
    return len(rows)


def check_replay(programs: Path, press: Press, output: Path, folder: Path) -> int:
    """Every page comes back from pywb as it was sent; how many."""
    home = folder / "pywb"
    home.mkdir()
    files = sorted((output / "archive").glob("*.warc.gz"))
    subprocess.run([programs / "wb-manager", "init", "news"], cwd=home, check=True)
    subprocess.run([programs / "wb-manager", "add", "news", *files], cwd=home, check=True)
    port = free_port()
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "pywb", "-p", str(port), "-b", "127.0.0.1"],
            cwd=home, stdout=log, stderr=log, env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )  # fmt: skip
        try:
            wait_for(f"http://127.0.0.1:{port}/", home / "log")
            pages = {(seen.host, seen.path) for seen in press.seen}
            for host, path in sorted(pages):
                status, _, parts = press.answer(host, path)
                compare(port, f"http://{host}:{press.port}{path}", int(status[:3]), b"".join(parts))
        finally:
            server.kill()
            server.wait()
    return len(pages)


def compare(port: int, url: str, status: int, body: bytes) -> None:
    """Fetch a page through pywb, without its rewriting, and as a reader of the archive sees it."""
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(f"http://127.0.0.1:{port}/news/id_/{url}", timeout=60) as answer:
            got = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        got = error.code, error.read()
    assert got == (status, body), (url, got[0], len(got[1]), status, len(body))
    if status == 200 and url.endswith(".html"):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/news/mp_/{url}", timeout=60) as page:
            title = body.split(b"<h1>")[1].split(b"</h1>")[0]
            assert title in page.read(), url


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is what was archived: it is looked at, not followed, unless it is pywb's own."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if code == 307:  # pywb names the nearest moment
            return super().redirect_request(req, fp, code, msg, headers, newurl)
        return None


def wait_for(url: str, log: Path) -> None:
    """Wait until a server answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"pywb did not start:\n{log.read_text()[-3000:]}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--venv", type=Path, help="environment with pywb; made if it is not there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as tmp:
        programs = install(args.venv.absolute() if args.venv else Path(tmp, "venv"))
        press, output = crawl(Path(tmp))
        rows = check_index(programs, output)
        print(f"cdxj-indexer: {rows} rows of articles, each at its record")
        pages = check_replay(programs, press, output, Path(tmp))
        print(f"pywb: {pages} answers replayed, byte for byte")


if __name__ == "__main__":
    main()
