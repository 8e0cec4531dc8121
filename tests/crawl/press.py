"""A local press: many invented papers, each a host of its own, and what they saw of a crawl.

Pages are of the size and build of real ones: menus, teasers, inline scripts and styles, JSON-LD,
and a story in between. All hosts are served from one port of 127.0.0.1; the ``Host`` header tells
them apart. `Press.serve` serves them in a thread.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

_SYLLABLES = (
    "ka", "ri", "ten", "mo", "la", "su", "ba", "ler", "nam", "vo", "mi", "der", "sha", "po", "ren",
)  # fmt: skip
_NEWEST = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
_SCRIPT = (
    "window.q=window.q||[];q.push(function(e){var t=document.getElementById('slot-%d');"
    "if(t&&e.ready){t.style.display='block';e.load(t,{size:[300,250],key:'%s'})}});\n"
)
_STYLE = ".block-%d .teaser{margin:0 0 12px;padding:8px;border-bottom:1px solid #d%02d}\n"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its articles are ``/news/<n>.html`` on its host.

    Its feed is on ``feed_host`` if that is another one. With ``through`` the feed's links are
    redirected to that host, which redirects to the article.
    """

    name: str
    host: str
    articles: int = 10
    feed_host: str = ""
    through: str = ""
    kilobytes: int = 20


@dataclass(slots=True)
class Seen:
    """One request as the server saw it; times are monotonic seconds."""

    host: str
    path: str
    agent: str
    began: float
    ended: float = 0.0


@dataclass(slots=True)
class Press:
    """The papers, and everything that was asked of them."""

    papers: list[Paper]
    answer_after: float = 0.0  # seconds that each answer takes
    port: int = 0
    seen: list[Seen] = field(default_factory=list)
    at_once: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # the most, by host
    _open: set[asyncio.Transport] = field(default_factory=set)
    _busy: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def toml(self) -> str:
        """The papers as a file for ``--sites``: group ``press``."""
        return "\n".join(
            f"[[site]]\nname = {json.dumps(p.name)}\ntitle = {json.dumps(p.name)}\ncountry = 'ZZ'\n"
            f"languages = ['en']\ntimezone = 'UTC'\ndomains = [{json.dumps(p.host)}]\n"
            f"home = 'http://{p.host}:{self.port}/'\nfeeds = ['{self.feed_url(p)}']\n"
            "groups = ['press']\n"
            for p in self.papers
        )

    def feed_url(self, paper: Paper) -> str:
        """Where a paper's feed is."""
        return f"http://{paper.feed_host or paper.host}:{self.port}/{paper.name}.xml"

    def article_urls(self, paper: Paper) -> list[str]:
        """The articles' own addresses."""
        return [f"http://{paper.host}:{self.port}/news/{n}.html" for n in range(paper.articles)]

    @contextmanager
    def serve(self) -> Iterator[Press]:
        """Serve in a thread."""
        loop = asyncio.new_event_loop()
        server = loop.run_until_complete(self.listen(loop))
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(self._shut(server), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    async def listen(self, loop: asyncio.AbstractEventLoop) -> asyncio.Server:
        """Start to serve in a loop."""
        server = await loop.create_server(
            lambda: _Connection(self), "127.0.0.1", self.port, backlog=1024
        )
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _shut(self, server: asyncio.Server) -> None:
        server.close()
        for connection in list(self._open):
            connection.abort()
        await asyncio.sleep(0)  # they are closed in the loop's next turn

    def answer(self, host: str, path: str) -> tuple[str, str, list[bytes]]:
        """Status line, type or location, and the parts of the body."""
        paper, kind, number = self._find(host, path)
        if paper is None:
            return "404 Not Found", "text/plain", [b"not here"]
        if kind == "feed":
            return "200 OK", "application/rss+xml", [self._feed(paper)]
        if kind == "go":
            return "302 Found", f"http://{paper.through}:{self.port}/{paper.name}/{number}", []
        if kind == "through":
            return "302 Found", f"http://{paper.host}:{self.port}/news/{number}.html", []
        head, foot = _layout(paper)
        return "200 OK", "text/html; charset=utf-8", [head, _story(paper, number), foot]

    def _find(self, host: str, path: str) -> tuple[Paper | None, str, int]:
        for paper in self._by_host().get(host, ()):
            if path == f"/{paper.name}.xml" and host == (paper.feed_host or paper.host):
                return paper, "feed", 0
            if path.startswith(f"/{paper.name}/") and host == paper.through:
                return paper, "through", int(path.rsplit("/", 1)[1])
            if path.startswith("/go/") and host == paper.host:
                return paper, "go", int(path.rsplit("/", 1)[1])
            if path.startswith("/news/") and host == paper.host:
                number = int(path.removeprefix("/news/").removesuffix(".html"))
                return (paper if number < paper.articles else None), "article", number
        return None, "", 0

    _hosts: dict[str, list[Paper]] = field(default_factory=dict)

    def _by_host(self) -> dict[str, list[Paper]]:
        if not self._hosts:
            for paper in self.papers:
                for host in {paper.host, paper.feed_host, paper.through} - {""}:
                    self._hosts.setdefault(host, []).append(paper)
        return self._hosts

    def _feed(self, paper: Paper) -> bytes:
        items = []
        for n in range(paper.articles):
            url = f"http://{paper.host}:{self.port}/news/{n}.html"
            if paper.through:
                url = f"http://{paper.host}:{self.port}/go/{n}"
            date = _published(n).strftime("%a, %d %b %Y %H:%M:%S +0000")
            items.append(
                f"<item><title>{_title(paper, n)}</title><link>{url}</link>"
                f"<pubDate>{date}</pubDate></item>"
            )
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>{paper.name}</title>'
            f"<link>http://{paper.host}:{self.port}/</link>{''.join(items)}</channel></rss>"
        ).encode()

    def begin(self, host: str, path: str, agent: str) -> Seen:
        """Note a request."""
        request = Seen(host, path, agent, time.monotonic())
        self.seen.append(request)
        self._busy[host] += 1
        self.at_once[host] = max(self.at_once[host], self._busy[host])
        return request

    def end(self, request: Seen) -> None:
        """Note that it was answered."""
        request.ended = time.monotonic()
        self._busy[request.host] -= 1

    def gaps(self) -> dict[str, float]:
        """By host the shortest time from the end of an answer to the next request."""
        by_host: dict[str, list[Seen]] = defaultdict(list)
        for request in sorted(self.seen, key=lambda x: x.began):
            by_host[request.host].append(request)
        return {
            host: min(b.began - a.ended for a, b in itertools.pairwise(asked))
            for host, asked in by_host.items()
            if len(asked) > 1
        }


class _Connection(asyncio.Protocol):
    """As much of HTTP/1.1 as a crawler asks for: GET, kept alive."""

    def __init__(self, press: Press) -> None:
        self._press, self._data = press, b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._press._open.add(transport)

    def connection_lost(self, error: Exception | None) -> None:
        assert self._transport is not None
        self._press._open.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._data += data
        while b"\r\n\r\n" in self._data:
            head, self._data = self._data.split(b"\r\n\r\n", 1)
            lines = head.decode("latin-1").split("\r\n")
            fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            path = lines[0].split(" ")[1]
            host = fields.get("host", "").rsplit(":", 1)[0]
            request = self._press.begin(host, path, fields.get("user-agent", ""))
            if self._press.answer_after:
                loop = asyncio.get_running_loop()
                loop.call_later(self._press.answer_after, self._answer, request)
            else:
                self._answer(request)

    def _answer(self, request: Seen) -> None:
        status, kind, parts = self._press.answer(request.host, request.path)
        name = "Location" if status.startswith("3") else "Content-Type"
        length = sum(map(len, parts))
        head = f"HTTP/1.1 {status}\r\n{name}: {kind}\r\nContent-Length: {length}\r\n\r\n".encode()
        assert self._transport is not None
        self._press.end(request)
        self._transport.writelines([head, *parts])


def _words(dice: random.Random, count: int) -> str:
    return " ".join(
        "".join(dice.choices(_SYLLABLES, k=dice.choice((1, 2, 2, 3)))) for _ in range(count)
    )


def _title(paper: Paper, number: int) -> str:
    return _words(random.Random(f"{paper.name} {number}"), 7).capitalize()


def _published(number: int) -> datetime:
    return _NEWEST - timedelta(minutes=7 * number)


def _story(paper: Paper, number: int) -> bytes:
    """The part of a page that differs from page to page."""
    dice = random.Random(f"{paper.name} {number} story")
    title, date = _title(paper, number), _published(number).isoformat()
    paragraphs = "".join(
        f"<p>{'. '.join(_words(dice, 14).capitalize() for _ in range(4))}.</p>\n" for _ in range(9)
    )
    linked = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": date,
            "author": {"@type": "Person", "name": "Sok Dara"},
        }
    )
    return (
        f'<script type="application/ld+json">{linked}</script></head><body><main><article>'
        f'<h1>{title}</h1><p class="byline">By Sok Dara</p><time datetime="{date}">{date}</time>\n'
        f'<div class="story">{paragraphs}</div></article></main>'
    ).encode()


@cache
def _layout(paper: Paper) -> tuple[bytes, bytes]:
    """What stands before and after the story on all pages of a paper."""
    dice = random.Random(paper.name)
    head = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{paper.name}</title>'
        '<meta property="og:type" content="article"><style>'
    ]
    # a third styles and scripts, two thirds markup, as pages are
    size = paper.kilobytes * 1024
    used = 0
    while used < size / 3:
        n = len(head)
        head.append(_STYLE % (n, n % 99) if n % 2 else "")
        head.append(f"</style><script>{_SCRIPT % (n, _words(dice, 3))}</script><style>")
        used += len(head[-1]) + len(head[-2])
    head.append("</style>")
    foot = ['<aside class="teasers">']
    used += 4000  # the story
    while used < size:
        words = _words(dice, 9)
        foot.append(
            f'<div class="block-{len(foot)} card card--small"><div class="teaser"><a href="'
            f'/tag/{len(foot)}" class="teaser__link js-track" data-track="{len(foot)}"><span '
            f'class="teaser__label">{words[:12]}</span><h3 class="teaser__title">{words}</h3></a>'
            "</div></div>\n"
        )
        used += len(foot[-1])
    foot.append("</aside><footer><p>All rights reserved.</p></footer></body></html>")
    return "".join(head).encode(), "".join(foot).encode()
