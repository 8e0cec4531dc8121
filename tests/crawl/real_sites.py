"""Serves a folder of real pages on loopback as the news sites they come from.

The folder is laid out as `DATASET/truth.jsonl` beside the page files that its lines name; a line
also names the page's URL or host. Each host gets a home page, an RSS feed and robots.txt made from
the list. Nothing but the Python standard library is needed to serve.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import threading
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class RealPage:
    """One page: where it is served (host and path), its file and its id in the truth."""

    id: str
    host: str
    path: str
    file: Path


@dataclass(slots=True)
class RealSites:
    """The pages by host; ``pages`` by (host, path)."""

    pages: dict[tuple[str, str], RealPage] = field(default_factory=dict)
    hosts: dict[str, list[RealPage]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> RealSites:
        """Read the lists below a folder."""
        sites = cls()
        for truth in sorted(folder.glob("*/truth.jsonl")):
            with truth.open(encoding="utf-8") as lines:
                for line in lines:
                    record = json.loads(line)
                    sites._add(record, truth.parent / record["page"])
        return sites

    def _add(self, record: dict[str, str], file: Path) -> None:
        dataset, name = record["id"].split("/", 1)
        parts = urlsplit(record.get("url") or "")
        host = (parts.hostname or record.get("host") or f"{dataset}.invalid").rstrip(".")
        path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
        if not path.startswith("/") or path == "/":
            path = f"/news/{name}.html"
        if parts.query:
            path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        if (host, path) in self.pages or path in {"/feed.xml", "/robots.txt"}:
            path += ("&" if "?" in path else "?") + f"id={name}"
        page = RealPage(record["id"], host, path, file)
        self.pages[host, path] = page
        self.hosts.setdefault(host, []).append(page)

    def toml(self, port: int) -> str:
        """The sites as a file for ``--sites``: group ``real``, one site a host.

        One host in eight is left to discovery: its record names no feed.
        """
        out: list[str] = []
        for host in self.hosts:
            name = site_name(host)
            discover = hashlib.sha256(host.encode()).digest()[0] % 8 == 0
            out += [
                "[[site]]",
                f'name = "{name}"',
                f'title = "{host}"',
                'country = "ZZ"',
                'languages = ["mul"]',
                'timezone = "UTC"',
                f'domains = ["{host}"]',
                f'home = "http://{host}:{port}/"',
                "discover = true" if discover else f'feeds = ["http://{host}:{port}/feed.xml"]',
                'groups = ["real"]',
                "",
            ]
        return "\n".join(out)

    def home(self, host: str) -> str:
        """A home page that links every page of a host and names the feed."""
        links = "".join(
            f'<article><h2><a href="{escape(p.path)}">{escape(p.path)}</a></h2></article>'
            for p in self.hosts[host]
        )
        return (
            "<!doctype html><html><head><title>Home</title>"
            '<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>'
            f"<body><main>{links}</main></body></html>"
        )

    def feed(self, host: str, port: int) -> str:
        """An RSS feed of a host's pages: addresses only, no other evidence."""
        items = "".join(
            f"<item><link>http://{host}:{port}{escape(p.path)}</link></item>"
            for p in self.hosts[host]
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>{host}</title><link>http://{host}:{port}/</link>{items}</channel></rss>"
        )


def site_name(host: str) -> str:
    """A registry name for a host."""
    return "real_" + re.sub(r"[^a-z0-9]", "_", host.lower())


class RealServer:
    """Serves `RealSites` on 127.0.0.1; a context manager. ``asked`` counts requests by path."""

    def __init__(self, sites: RealSites, port: int = 0) -> None:
        self.sites = sites
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._http.daemon_threads = True
        self.port = self._http.server_address[1]
        self.asked: dict[str, int] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> RealServer:
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        host = request.headers.get("Host", "").rsplit(":", 1)[0]
        path = request.path
        with self._lock:
            self.asked[f"{host}{path}"] = self.asked.get(f"{host}{path}", 0) + 1
        status, type_, body, packed = 200, "text/html", b"", False
        if (page := self.sites.pages.get((host, path))) is not None:
            body, packed = page.file.read_bytes(), True
        elif host not in self.sites.hosts:
            status = 404
        elif path == "/robots.txt":
            type_, body = "text/plain", b"User-agent: *\nAllow: /\n"
        elif path == "/feed.xml":
            type_, body = "application/rss+xml", self.sites.feed(host, self.port).encode()
        elif path == "/":
            type_, body = "text/html; charset=utf-8", self.sites.home(host).encode()
        else:
            status = 404
        if packed and "gzip" not in request.headers.get("Accept-Encoding", ""):
            body, packed = gzip.decompress(body), False
        request.send_response(status)
        request.send_header("Content-Type", type_)
        if packed:
            request.send_header("Content-Encoding", "gzip")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
