"""The demo's papers over HTTP on 127.0.0.1, told apart by the Host header.

Nothing but the Python standard library. Pages carry ETag and Last-Modified and answer conditional
requests with 304 (RFC 9110, section 13).
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from newscrawl.demo.lists import atom, json_feed, news_sitemap, robots_txt, rss, wordpress_posts
from newscrawl.demo.pages import article_page, home_page, section_page
from newscrawl.demo.records import demo_sites
from newscrawl.demo.routes import section_path, story_path, variants
from newscrawl.demo.world import OPENED, Paper, World, load_world
from newscrawl.site import Site

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for one path: the body, its type, when it last changed, further headers."""

    body: bytes
    content_type: str = HTML
    changed: datetime = OPENED
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:24]}"'


class DemoServer:
    """Serves the world at a poll; a context manager.

    ``DemoServer(poll=2)`` starts in the second state; `advance` goes on to the next while running.
    ``changed_at`` is when the story that changes between them says it was changed (`load_world`).
    ``asked`` counts the requests by (host, path), and ``statuses`` the answers by status.
    """

    def __init__(self, *, poll: int = 1, changed_at: datetime | None = None, port: int = 0) -> None:
        self._changed_at = changed_at
        self.world = load_world(poll, changed_at)
        self.asked: dict[tuple[str, str], int] = {}
        self.statuses: dict[int, int] = {}
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return int(self._http.server_address[1])

    def sites(self) -> tuple[Site, ...]:
        """The records of the papers; no port stands in them."""
        return demo_sites(self.world)

    def hosts(self) -> frozenset[str]:
        """The names that the server answers to."""
        return frozenset(paper.host for paper in self.world.papers)

    def advance(self) -> None:
        """Go on to the next poll: stories change, new ones appear."""
        world = load_world(self.world.poll + 1, self._changed_at)
        with self._lock:
            self.world = world

    def __enter__(self) -> DemoServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            server_version = "demo"
            sys_version = ""

            def do_GET(self) -> None:
                server._answer(self, with_body=True)

            def do_HEAD(self) -> None:
                server._answer(self, with_body=False)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def _answer(self, request: BaseHTTPRequestHandler, *, with_body: bool) -> None:
        host = request.headers.get("Host", "").rsplit(":", 1)[0].lower()
        with self._lock:
            world = self.world
        found = answer(world, host, request.path)
        status = 200 if found else 404
        found = found or Answer(b"<!DOCTYPE html><title>404</title><p>No such page.</p>")
        if status == 200 and _unchanged(request, found):
            status = 304
        with self._lock:
            key = (host, request.path)
            self.asked[key] = self.asked.get(key, 0) + 1
            self.statuses[status] = self.statuses.get(status, 0) + 1
        request.send_response(status)
        if status != 404:
            request.send_header("ETag", found.etag)
            request.send_header("Last-Modified", format_datetime(found.changed, usegmt=True))
            request.send_header("Cache-Control", "no-cache")
        if status != 304:
            request.send_header("Content-Type", found.content_type)
            request.send_header("Content-Length", str(len(found.body)))
            for name, value in found.headers:
                request.send_header(name, value)
        request.end_headers()
        if with_body and status != 304:
            request.wfile.write(found.body)


def _unchanged(request: BaseHTTPRequestHandler, found: Answer) -> bool:
    if tags := request.headers.get("If-None-Match"):
        return found.etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    if since := request.headers.get("If-Modified-Since"):
        try:
            return found.changed <= parsedate_to_datetime(since)
        except ValueError:
            return False
    return False


def answer(world: World, host: str, target: str) -> Answer | None:
    """The answer of a host for a request target (path and query), or None for 404."""
    paper = next((paper for paper in world.papers if paper.host == host), None)
    if paper is None:
        return None
    parts = urlsplit(target)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return _list(paper, parts.path, query) or _page(paper, parts.path, query)


def _list(paper: Paper, path: str, query: dict[str, str]) -> Answer | None:
    newest = max(story.modified for story in paper.stories).astimezone(UTC)
    match paper.style, path:
        case _, "/robots.txt":
            return Answer(robots_txt(paper).encode(), "text/plain; charset=utf-8")
        case ("hub", "/feed/") | ("rss", "/rss.xml") | ("discovered", "/feed.xml"):
            return Answer(rss(paper).encode(), "application/rss+xml; charset=utf-8", newest)
        case "atom", "/atom.xml":
            return Answer(atom(paper).encode(), "application/atom+xml; charset=utf-8", newest)
        case "jsonfeed", "/feed.json":
            return Answer(json_feed(paper).encode(), "application/feed+json", newest)
        case "news_sitemap", "/news-sitemap.xml":
            return Answer(news_sitemap(paper).encode(), "application/xml; charset=utf-8", newest)
        case "wordpress", "/wp-json/wp/v2/posts":
            return _posts(paper, query, newest)
    return None


def _posts(paper: Paper, query: dict[str, str], newest: datetime) -> Answer | None:
    page, per_page = query.get("page", "1"), query.get("per_page", "10")
    if not (page.isdecimal() and per_page.isdecimal() and int(per_page)):
        return None
    found = wordpress_posts(paper, int(page), int(per_page))
    if found is None:
        return None
    body, pages = found
    totals = (("X-WP-Total", str(len(paper.stories))), ("X-WP-TotalPages", str(pages)))
    return Answer(body.encode(), "application/json; charset=utf-8", newest, totals)


def _page(paper: Paper, path: str, query: dict[str, str]) -> Answer | None:
    newest = max(story.modified for story in paper.stories).astimezone(UTC)
    if path == "/":
        return Answer(home_page(paper).encode(), HTML, newest)
    for story in paper.stories:
        changed = story.modified.astimezone(UTC)
        if path == story_path(paper, story):
            return Answer(article_page(paper, story).encode(), HTML, changed)
        for variant, at in variants(paper, story).items():
            if path == at:
                return Answer(article_page(paper, story, variant).encode(), HTML, changed)
    page = query.get("page", "1")
    for section in paper.sections:
        if path == section_path(paper, section) and page.isdecimal():
            html = section_page(paper, section, int(page))
            return Answer(html.encode(), HTML, newest) if html else None
    return None
