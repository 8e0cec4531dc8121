"""How a further hostile site is written down: what it does, and what must come of it."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from hostile.cases import nth
from hostile.server import FILLER, Answer, Case, Conversation, Handler, article, marked

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"


@dataclass(slots=True)
class Specified(Case):
    """A case with its expectations. Keys of articles are the stems of ``/news/<key>.html``.

    What is in neither ``whole`` nor ``absent`` must be stored whole or not at all.
    """

    whole: tuple[str, ...] = ()  # stored exactly once, first and last mark in it
    absent: tuple[str, ...] = ()  # not stored
    why: dict[str, str] = field(default_factory=dict)  # path -> reasons, parted by spaces
    most: dict[str, int] = field(default_factory=dict)  # path prefix -> requests
    never: tuple[str, ...] = ()  # path prefixes that are not asked for

    lacks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    control: bool | None = True  # None: either will do
    seconds: float = 60.0  # that one answer is listened to, at most
    taken: int = 64 * 2**20  # bytes of one answer, at most


def stem(path: str) -> str:
    """``/news/a.html?x`` -> ``a``."""
    return path.partition("?")[0].rsplit("/", 1)[-1].partition(".")[0]


def key_of(talk: Conversation) -> str:
    """The key of the article that is asked for."""
    return talk.asked.host.partition(".")[0].replace("-", "") + stem(talk.path)


def page(talk: Conversation, middle: str = FILLER, **kwargs: object) -> str:
    """The article that is asked for, as an ordinary page."""
    key = key_of(talk)
    kwargs.setdefault("paragraphs", marked(key, f"{middle} Report {key}."))
    return article(key, **kwargs)  # type: ignore[arg-type]


def story(talk: Conversation) -> None:
    """Answer well."""
    talk.send(page(talk))


def headed(**kwargs: object) -> Answer:
    """An ordinary article with something in its head, title or text."""
    return lambda talk: talk.send(page(talk, **kwargs))  # type: ignore[arg-type]


def origin(talk: Conversation) -> str:
    """``http://host:port`` of the server as it was asked."""
    return f"http://{talk.asked.headers['host']}"


def to(location: str | bytes, status: int = 302) -> Answer:
    """A redirect; ``{origin}`` stands for the server itself."""

    def answer(talk: Conversation) -> None:
        raw = location if isinstance(location, bytes) else location.encode()
        raw = raw.replace(b"{host}", talk.asked.headers["host"].encode())
        where = raw.replace(b"{origin}", origin(talk).encode()).decode("utf-8", "surrogateescape")
        talk.send("", status=status, headers=[("Location", where)])

    return answer


def raw(*parts: bytes, body: bytes | None = None, reset: bool = False) -> Answer:
    """Bytes as they are; ``{page}`` and ``{length}`` stand for the article."""

    def answer(talk: Conversation) -> None:
        text = page(talk).encode() if body is None else body
        for part in parts:
            filled = part.replace(b"{length}", str(len(text)).encode())
            filled = filled.replace(b"{half}", str(len(text) // 2).encode())
            filled = filled.replace(b"{first}", text[: len(text) // 2])
            filled = filled.replace(b"{last}", text[len(text) // 2 :])
            if not talk.raw(filled.replace(b"{page}", text)):
                return
        if reset:
            talk.reset()

    return answer


def xml(text: str, type_: str = "application/xml") -> Answer:
    """A feed or sitemap; ``{origin}`` stands for the server itself."""
    return lambda talk: talk.send(text.replace("{origin}", origin(talk)), type_=type_)


def site(name: str, **given: object) -> Specified:
    """A case: keyword arguments that are one letter or end with ``_html`` are its articles."""
    articles: dict[str, Handler] = {}
    rest: dict[str, object] = {}
    for word, value in given.items():
        if len(word) <= 2:
            articles[f"/news/{word}.html"] = value  # type: ignore[assignment]
        else:
            rest[word] = value
    pages: dict[str, Handler] = {**articles, **rest.pop("pages", {})}  # type: ignore[dict-item]
    rest.setdefault("announce", tuple(articles))
    for name_ in ("whole", "absent"):
        if isinstance(keys := rest.get(name_), str):
            rest[name_] = tuple(keys.split())
    return Specified(name, pages=pages, **rest)  # type: ignore[arg-type]


def feed_of(items: Iterable[str], head: str = "", channel: str = "") -> str:
    """An RSS feed."""
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>x</title>{channel}'
        f"{''.join(f'<item>{x}</item>' for x in items)}</channel></rss>"
    )


def urlset_of(urls: Iterable[str], head: str = "") -> str:
    """A sitemap."""
    return (
        f'<?xml version="1.0"?>{head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{''.join(f'<url><loc>{x}</loc></url>' for x in urls)}</urlset>"
    )


def endless(first: bytes, piece: bytes, pause: float = 0.0, times: int = 200_000) -> Answer:
    """Bytes, then more bytes again and again, as long as they are taken."""

    def answer(talk: Conversation) -> None:
        if not talk.raw(first):
            return
        for _ in range(times):
            if not talk.raw(piece):
                return
            time.sleep(pause)

    return answer


def once(bad: Answer) -> Answer:
    """Badly the first time, well from then on."""
    return lambda talk: bad(talk) if nth(talk) == 1 else story(talk)


@cache
def spaces(first: bytes, millions: int) -> bytes:
    """A gzip body that unpacks to so many million spaces."""
    return gzip.compress(first + b" " * (millions * 1_000_000), 1)
