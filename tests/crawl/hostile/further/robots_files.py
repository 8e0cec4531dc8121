"""robots.txt that is broken, endless or not what it should be."""

from __future__ import annotations

import gzip

from hostile.further.spec import Specified, site, spaces, story
from hostile.server import Answer, Conversation

_RULES = "User-agent: *\nDisallow: /news/b\n"


def _plain(body: bytes | str, **kwargs: object) -> Answer:
    return lambda talk: talk.send(body, type_="text/plain", **kwargs)  # type: ignore[arg-type]


def _obeyed(name: str, robots: Answer | str) -> Specified:
    """A robots.txt that, for all its oddity, forbids b."""
    answer = _plain(robots) if isinstance(robots, str) else robots
    return site(name, a=story, b=story, whole="a", absent="b", never=("/news/b",), robots=answer,
                why={"/news/b.html": "robots"})  # fmt: skip


def robots() -> list[Specified]:
    """Robots files."""
    filler = "".join(f"User-agent: bot{n}\nDisallow: /x{n}\n" for n in range(10_000))
    wild = "".join(f"Disallow: /{'*a' * 60}{n}$\n" for n in range(200))
    return [
        *(
            site(
                f"robots-is-{status}",
                a=story,
                absent="a",
                control=False,
                never=("/news/", "/feed"),
                robots=lambda t, s=status: t.send("no", status=s),
            )
            for status in (429, 500)
        ),
        *(
            site(
                f"robots-is-{status}",
                a=story,
                whole="a",
                robots=lambda t, s=status: t.send("no", status=s),
            )
            for status in (401, 403, 410)
        ),
        site(
            "robots-is-html",
            a=story,
            whole="a",
            robots=lambda t: t.send(
                "<html><body><h1>Not here</h1>\n<p>Disallow: nothing</p></body></html>"
            ),
        ),
        site("robots-binary", a=story, whole="a", robots=_plain(bytes(range(256)) * 2000)),
        site("robots-empty", a=story, whole="a", robots=_plain("")),
        _obeyed("robots-groups", filler + _RULES),
        _obeyed("robots-wildcards", "User-agent: *\n" + wild + "Disallow: /news/b\n"),
        _obeyed("robots-utf16", _plain(_RULES.encode("utf-16"))),
        _obeyed(
            "robots-gzip",
            lambda t: t.send(
                gzip.compress(_RULES.encode()),
                type_="text/plain",
                headers=[("Content-Encoding", "gzip")],
            ),
        ),
        _obeyed("robots-nul", "\0\0User-agent: *\0\nDisallow: /x\x1b[31m\n" + _RULES),
        _obeyed("robots-endless", lambda t: _endless_robots(t)),
        _obeyed("robots-announced", _plain(_RULES.encode() + b"# nothing\n" * 1_200_000)),
        _obeyed(
            "robots-bomb",
            lambda t: t.send(
                spaces(_RULES.encode(), 100),
                type_="text/plain",
                headers=[("Content-Encoding", "gzip")],
            ),
        ),
        _obeyed("robots-long-line", _RULES + "Disallow: /" + "x" * 300_000 + "\n"),
        _obeyed(
            "robots-delay-odd",
            "User-agent: *\nCrawl-delay: nan\nCrawl-delay: -1\n"
            + _RULES
            + "User-agent: *\nCrawl-delay: 1e99\nUser-agent: *\nCrawl-delay: \u0663\n",
        ),
        site(
            "robots-delay-day",
            a=story,
            robots=_plain("User-agent: *\nCrawl-delay: 86400\n"),
            control=None,
            most={"/news/": 1},
        ),
        site(
            "robots-sitemaps",
            a=story,
            whole="a",
            robots=_plain(
                "User-agent: *\nDisallow:\n"
                + "".join(
                    f"Sitemap: {x}\n"
                    for x in (
                        "file:///etc/passwd",
                        "http://127.0.0.1/x",
                        "javascript:x",
                        "http://[bad",
                        "/s2.xml",
                        "ftp://x/y",
                    )
                )
                + "".join(f"Sitemap: /none/{n}.xml\n" for n in range(3000))
            ),
            most={"/none/": 60},
        ),
    ]


def _endless_robots(talk: Conversation) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + _RULES.encode())
    for _ in range(300):
        if not talk.raw(b"# nothing to see here\n" * 5000):
            return
