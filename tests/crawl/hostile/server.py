"""A server of hostile sites: each case is a host of its own, and misbehaves in one way only.

The server speaks raw sockets where HTTP must be broken. It keeps a log of what it was asked, when,
and how much it could send, so that manners can be checked from the other side.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from types import TracebackType

FILLER = (
    "The district office said on Tuesday that the repair of the bridge would begin after the rains"
    " and that villagers had been told which road to use until then."
)


def marked(key: str, middle: str = FILLER) -> tuple[str, ...]:
    """Paragraphs of an article whose first holds a begin mark and whose last an end mark."""
    return (
        f"QB{key}Z {FILLER}",
        middle,
        "Officials in the province have asked the ministry for more money, a spokesman said.",
        f"{FILLER} QE{key}Z",
    )


def article(
    key: str,
    *,
    title: str | None = None,
    paragraphs: Iterable[str] | None = None,
    date: str | None = "2026-11-10T08:00:00+00:00",
    head: str = "",
    escaped: bool = True,
) -> str:
    """An ordinary article page."""
    title = title or f"Bridge repair in district {key} to begin after the rains"
    texts = marked(key) if paragraphs is None else tuple(paragraphs)
    body = "".join(f"<p>{escape(p) if escaped else p}</p>" for p in texts)
    meta = f'<meta property="article:published_time" content="{date}">' if date else ""
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(title)}</title>'
        f'<meta property="og:type" content="article">{meta}{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/feed.xml">Feed</a></nav>'
        f"<article><h1>{escape(title)}</h1>{body}</article>"
        "<footer>All rights reserved.</footer></body></html>"
    )


@dataclass(slots=True)
class Asked:
    """One request as the server saw it; times are monotonic seconds."""

    host: str
    path: str
    headers: dict[str, str]
    began: float
    ended: float = 0.0
    sent: int = 0


class Conversation:
    """One request, and the means to answer it well or badly."""

    def __init__(self, connection: socket.socket, asked: Asked) -> None:
        self._connection, self.asked = connection, asked

    @property
    def path(self) -> str:
        """Path with query."""
        return self.asked.path

    def raw(self, data: bytes) -> bool:
        """Send bytes as they are; False once the other side has gone."""
        try:
            self._connection.sendall(data)
        except OSError:
            return False
        self.asked.sent += len(data)
        return True

    def send(
        self,
        body: bytes | str,
        *,
        status: int = 200,
        type_: str | None = "text/html; charset=utf-8",
        headers: Iterable[tuple[str, str]] = (),
        length: int | None = None,
        version: str = "HTTP/1.1",
    ) -> None:
        """An answer with a Content-Length (true unless ``length`` says otherwise)."""
        data = body.encode() if isinstance(body, str) else body
        lines = [f"{version} {status} X"]
        if type_ is not None:
            lines.append(f"Content-Type: {type_}")
        lines.append("Connection: close")
        lines += [f"{name}: {value}" for name, value in headers]
        if version == "HTTP/1.1":
            lines.append(f"Content-Length: {len(data) if length is None else length}")
        head = "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n"
        self.raw(head + data)

    def reset(self) -> None:
        """Cut the connection with a TCP reset."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()


Answer = Callable[[Conversation], None]
Handler = Answer | str


@dataclass(slots=True)
class Case:
    """One hostile site. ``announce`` are the paths on home page, feed and sitemap.

    A handler is a function, or a page as text; a path that ends with ``*`` answers all below it.
    """

    name: str
    announce: tuple[str, ...] = ()
    pages: dict[str, Handler] = field(default_factory=dict)
    robots: Handler = "User-agent: *\nDisallow: /private/\n"

    @property
    def host(self) -> str:
        """The host name of the case."""
        return f"{self.name}.torture.test"

    def handler(self, path: str) -> Handler | None:
        """What answers a path."""
        if path in self.pages:
            return self.pages[path]
        for pattern, handler in self.pages.items():
            if pattern.endswith("*") and path.startswith(pattern[:-1]):
                return handler
        return self._usual(path)

    def _usual(self, path: str) -> Handler | None:
        here = f"{self.host}:{PORT}"
        urls = [u.replace("{host}", here).replace("{port}", str(PORT)) for u in self.announce]
        urls.append("/news/control.html")
        if path == "/":
            links = "".join(
                f'<li><a href="{escape(u)}">Read the story {n} of today in full</a></li>'
                for n, u in enumerate(urls)
            )
            return f"<html><body><h1>News</h1><ul>{links}</ul></body></html>"
        if path == "/news/control.html":
            return article(f"{self.name.replace('-', '')}control")
        if path == "/robots.txt":
            return self.robots
        if path == "/feed.xml":
            return _xml(self._feed(urls))
        if path == "/sitemap.xml":
            return _xml(self._sitemap(urls))
        return None

    def _feed(self, urls: list[str]) -> str:
        items = "".join(f"<item><link>{escape(self.absolute(u))}</link></item>" for u in urls)
        return f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'

    def _sitemap(self, urls: list[str]) -> str:
        locs = "".join(f"<url><loc>{escape(self.absolute(u))}</loc></url>" for u in urls)
        return (
            '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"{locs}</urlset>"
        )

    def absolute(self, path: str) -> str:
        """A path as an absolute URL on this host and the server's port."""
        return path if "://" in path[:16] else f"http://{self.host}:{PORT}{path}"


PORT = 0  # of the running server; set when it starts


def _xml(text: str) -> Answer:
    return lambda talk: talk.send(text, type_="application/xml")


class HostileServer:
    """Serves cases on 127.0.0.1; a context manager. ``log`` holds what was asked."""

    def __init__(self, cases: Iterable[Case]) -> None:
        global PORT
        self.cases = {case.host: case for case in cases}
        self.log: list[Asked] = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        PORT = self.port = self._listener.getsockname()[1]
        # Stands for an internal service on another port; must never be contacted.
        self.canary = socket.create_server(("127.0.0.1", 0))
        self.canary_port = self.canary.getsockname()[1]
        self.canary_hits = 0

    def __enter__(self) -> HostileServer:
        threading.Thread(target=self._accept, daemon=True).start()
        threading.Thread(target=self._watch_canary, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()
        self.canary.close()

    def asked(self, case: str, prefix: str = "/") -> list[Asked]:
        """What a case's host was asked below a path."""
        host = f"{case}.torture.test"
        with self._lock:
            return [x for x in self.log if x.host == host and x.path.startswith(prefix)]

    def _watch_canary(self) -> None:
        while True:
            try:
                connection, _ = self.canary.accept()
            except OSError:
                return
            self.canary_hits += 1
            connection.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(120)
        with connection:
            try:
                data = b""
                while b"\r\n\r\n" not in data:
                    piece = connection.recv(65536)
                    if not piece or len(data) > 1_000_000:
                        return
                    data += piece
                lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
                path = lines[0].split(" ")[1]
                pairs = (line.partition(":") for line in lines[1:])
                headers = {name.lower(): value.strip() for name, _, value in pairs}
                asked = Asked(
                    headers.get("host", "").rsplit(":", 1)[0], path, headers, time.monotonic()
                )
                with self._lock:
                    self.log.append(asked)
                try:
                    self._answer(Conversation(connection, asked))
                finally:
                    asked.ended = time.monotonic()
            except OSError:
                return

    def _answer(self, talk: Conversation) -> None:
        case = self.cases.get(talk.asked.host)
        handler = case.handler(talk.path) if case is not None else None
        if handler is None:
            talk.send("<html><body>Not found</body></html>", status=404)
        elif isinstance(handler, str):
            type_ = "text/plain" if talk.path == "/robots.txt" else "text/html; charset=utf-8"
            talk.send(handler, type_=type_)
        else:
            handler(talk)
