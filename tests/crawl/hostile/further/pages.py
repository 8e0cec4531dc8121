"""Pages whose content is hostile, and addresses that name one page in many ways."""

from __future__ import annotations

import json

from hostile.further.spec import Specified, headed, key_of, page, site, story
from hostile.server import FILLER, Answer, Conversation, article, marked


def _within(before: str, after: str = "") -> Answer:
    """An article with markup around its paragraphs."""

    def answer(talk: Conversation) -> None:
        text = "".join(f"<p>{p}</p>" for p in marked(key_of(talk), f"{FILLER} {key_of(talk)}."))
        talk.send(page(talk, paragraphs=(before + text + after,), escaped=False))

    return answer


def _ld(text: str) -> Answer:
    return headed(head=f'<script type="application/ld+json">{text}</script>')


def _bytes(codec: str, type_: str = "text/html", prefix: bytes = b"", meta: str = "") -> Answer:
    def answer(talk: Conversation) -> None:
        text = page(talk, head=f'<meta charset="{meta}">' if meta else "")
        talk.send(prefix + text.encode(codec), type_=type_)

    return answer


def _typed(type_: str | None, *headers: tuple[str, str]) -> Answer:
    return lambda talk: talk.send(page(talk), type_=type_, headers=headers)


def _paged(talk: Conversation) -> None:
    n = int(talk.path.rpartition("=")[2] or 1) if "=" in talk.path else 1
    talk.send(
        f'<html><body><h1>News, page {n}</h1><ul><li><a href="/news/control.html">Bridge repair to'
        f' begin after the rains</a></ul><a rel="next" href="/list?page={n + 1}">Next page</a></body></html>'
    )


def _session(talk: Conversation) -> None:
    talk.send(article(talk.asked.host.partition(".")[0].replace("-", "") + "a",
              head='<link rel="canonical" href="/news/a.html">'))  # fmt: skip


def content() -> list[Specified]:
    """Markup, metadata and texts."""
    deep = '{"a":' * 100_000
    odd = json.dumps({"@type": "NewsArticle", "headline": ["x", None, 7], "author": [[[{"name": {"a": []}}]]],
                      "datePublished": {"@value": 5}, "image": 1e400, "articleBody": None, "keywords": {}})  # fmt: skip
    authors = json.dumps(
        {"@type": "NewsArticle", "author": [{"name": f"Writer {n}"} for n in range(30_000)]}
    )
    return [
        site(
            "ld-deep",
            a=_ld(deep),
            b=_ld("[" * 1_000_000),
            c=_ld('{"@graph":[' * 900),
            whole="a b c",
        ),
        site(
            "ld-odd",
            a=_ld(odd),
            b=_ld(
                '{"@type":"NewsArticle","datePublished":NaN,"x":-Infinity,"y":1e999999,'
                '"z":' + "9" * 100_000 + "}"
            ),
            c=_ld('{"@type":"NewsArticle","headline":"\\ud800 \\u0000 x"}'),
            d=_ld('{"@type":"NewsArticle","@type":"Product","headline":"a","headline":"b"}' * 2000),
            e=_ld("\0\1\2{]]]}</script"),
            whole="a b c d",
        ),
        site("ld-authors", a=_ld(authors), whole="a"),
        site(
            "ld-many",
            a=headed(
                head='<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * 8000
            ),
            whole="a",
        ),
        site(
            "ld-body-lies",
            a=_ld(
                json.dumps({"@type": "NewsArticle", "articleBody": "Buy cheap loans now. " * 30})
            ),
            whole="a",
        ),
        site(
            "attributes",
            a=_within("<p " + " ".join(f'a{n}="x"' for n in range(100_000)) + ">x</p>"),
            b=_within('<p class="' + "x " * 250_000 + '">x</p>'),
        ),
        site(
            "tags-many",
            a=_within("<b></b>" * 90_000),
            b=_within("<br>" * 150_000),
            c=_within("<p>" * 100_000),
        ),
        site(
            "tags-deep",
            a=_within("<b>" * 5000),
            b=_within("<table><tr><td>" * 3000),
            c=_within("<a><p>" * 3000),
            d=_within("<svg><foreignObject>" * 2000),
            e=_within("<blockquote>" * 1500, "</blockquote>" * 1500),
        ),
        site(
            "tags-open",
            a=_within("<!-- never closed "),
            b=_within("<script>var a = '"),
            c=_within("<style>"),
            d=_within("<textarea>"),
            e=_within("<template>"),
            f=_within("<select><option>"),
            g=_within("<noscript>"),
            h=_within("<title>"),
            i=_within('<p title="'),
            j=_within("<![CDATA["),
        ),
        site(
            "tags-beyond",
            a=_within("<b></b>" * 150_000),
            b=_within("<a>" * 250_000),
            absent="a b",
            why={f"/news/{k}.html": "too_many_tags" for k in "ab"},
        ),
        site(
            "links-million",
            a=_within("".join(f'<a href="/none/{n}">x</a>' for n in range(30_000))),
            most={"/none/": 100},
        ),
        site(
            "images-inline",
            a=_within(
                '<img src="data:image/png;base64,' + "A" * 1_000_000 + '">'
                '<img src="file:///etc/passwd"><img src="javascript:x"><img src="http://127.0.0.1/x.png">'
            ),
            whole="a",
        ),
        site(
            "entities-many",
            a=_within("<p>" + "&amp;lt;&#x41;&nosuch;&#99999999;&#xD800;" * 20_000 + "</p>"),
        ),
        site(
            "title-giant",
            a=headed(title="Bridge " * 150_000),
            b=headed(title=""),
            c=headed(title="\u200b\u00a0 "),
            whole="b c",
        ),
        site(
            "title-acts",
            a=headed(title='=HYPERLINK("http://x","y")'),
            b=headed(title="@SUM(1+1)*cmd|' /C calc'!A0"),
            c=headed(title="<script>alert(1)</script> bridge"),
            d=headed(title="\u202egnp.exe bridge repaired \u2066x"),
            e=headed(title="Bridge\r\n2026-11-25 00:00:00 [root] CRITICAL: forged\nline"),
            whole="a b c d e",
        ),
        site(
            "charsets-mixed",
            a=_bytes("utf-16-le"),
            b=_bytes("utf-16", "text/html; charset=utf-8"),
            c=_bytes("utf-7", "text/html; charset=utf-7"),
            d=_bytes("utf-8", "text/html; charset=no-such"),
            e=_bytes("utf-8", 'text/html; charset="; x=\x1b[31m'),
            f=_bytes("utf-8-sig", "text/html; charset=iso-8859-1"),
            g=_bytes("utf-32"),
            h=_bytes("utf-8", meta="utf-16"),
            i=_bytes("cp037", "text/html; charset=cp037"),
            j=_bytes("utf-8", "text/html; charset=utf-8; charset=shift_jis"),
            whole="b d f h",
        ),
        site(
            "types-wrong",
            a=_typed("application/octet-stream"),
            b=_typed("text/plain"),
            c=_typed("TEXT/HTML;;;"),
            d=_typed("application/xhtml+xml"),
            e=_typed("application/json"),
            f=_typed("\x1b[31m/\0"),
            g=lambda t: t.send(b"%PDF-1.7\n" + bytes(5000), type_="text/html"),
            h=lambda t: t.send(b"PK\3\4" + bytes(range(256)) * 40),
            i=lambda t: t.send(json.dumps({"text": page(t)})),
            j=lambda t: t.send(b"\x89PNG\r\n\x1a\n" + page(t).encode(), type_="image/png"),
            k=_typed(
                "text/html",
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Disposition", "attachment; filename=../../qpwned"),
            ),
            whole="c d k",
            absent="g h",
        ),
        site(
            "marks-of-robots",
            a=headed(head='<meta name="robots" content="noindex,noarchive">'),
            b=_typed("text/html", ("X-Robots-Tag", "none")),
            c=_typed("text/html", ("X-Robots-Tag", "unavailable_after: 25 Jun 2010 15:00:00 PST")),
            d=_typed(
                "text/html", ("X-Robots-Tag", "x" * 50_000), ("X-Robots-Tag", "\x1b[31m\0: noindex")
            ),
        ),
        site(
            "cookies-odd",
            a=_typed(
                "text/html", *(("Set-Cookie", f"a{n}=b; Domain=.test; Path=/") for n in range(300))
            ),
            b=_typed(
                "text/html",
                ("Set-Cookie", "__Host-x=" + "y" * 9000 + "; Domain=elsewhere.torture.test"),
            ),
            whole="a b",
        ),
        site(
            "login-wall",
            a=lambda t: t.send(
                "<html><body><h1>Sign in</h1><form method=post action=/login><input"
                " name=user><input type=password name=pw><button>Log in</button></form><p>Please log in to read"
                " this story. New here? Register for free.</p></body></html>"
            ),
            absent="a",
        ),
        site(
            "framed",
            a=lambda t: t.send(
                '<html><frameset><frame src="/x.html"><frame src="file:///etc/passwd">'
                "</frameset></html>"
            ),
            b=lambda t: t.send("\n" * 2_000_000),
            c=lambda t: t.send(" "),
            absent="a b c",
        ),
        site(
            "dates-far",
            a=headed(date="+292278994-08-17T07:12:55Z"),
            b=headed(date="-0001-01-01T00:00:00Z"),
            c=headed(date="9" * 10_000),
            d=headed(date="2026-11-10T25:61:61+99:99"),
            e=headed(date="\u0e51\u0e50 \u0e1e.\u0e22. \u0e52\u0e55\u0e96\u0e99"),
            whole="a b c d e",
        ),
        site(
            "text-odd",
            a=headed(
                middle="\ufeff\u202e\u2066\ufffe\uffff\U0010ffff \U000e0041\u0301"
                + "\u0301" * 20_000
            ),
            b=headed(middle="\u1100\u1161" * 5000 + "\ufdfa" * 20_000),
            c=headed(middle="a\u2028b\u2029c\x85d\x0cE"),
        ),
    ]


def addresses() -> list[Specified]:
    """Addresses."""
    a = {"/news/a.html*": _session}
    long = "/news/" + "long-" * 600 + ".html"
    return [
        site(
            "address-sessions",
            announce=tuple(f"/news/a.html;jsessionid={n}A{n}" for n in range(6))
            + tuple(f"/news/a.html?PHPSESSID={n}abcdef" for n in range(6))
            + ("/news/a.html#x", "/news/a.html?"),
            pages=a,
            whole="a",
            most={"/news/a": 16},
        ),
        site(
            "address-forms",
            announce=(
                "HTTP://{host}/news/a.html",
                "http://ADDRESS-FORMS.torture.TEST:{port}/news/a.html",
                "http://address-forms.torture.test.:{port}/news/a.html",
                "/news/./a.html",
                "/news/x/../a.html",
                "/news/%61.html",
                "/news/a.html#top",
            ),
            pages=a,
            whole="a",
        ),
        site(
            "address-odd",
            announce=(
                "/news/a%00.html",
                "/news/..%2f..%2fqpwned",
                "/news/%2e%2e/%2e%2e/etc/passwd",
                "/news/%",
                "/news/%zz.html",
                "/news/\u0e02\u0e48\u0e32\u0e27.html",
                "/news/e\u0301.html",
                "/news/\u00e9.html",
                "/news/a b.html",
                "/news/a|b<c>.html",
                '/news/"x".html',
                "/news/a.html%1b%5b31m",
                "//news//b.html",
                "/news/%ff%fe.html",
                "/news/\\x.html",
                "/news/[x].html",
                "/news/{x}.html",
                "/news/C:\\x.html",
            ),
            pages={"/news/*": story},
        ),
        site(
            "address-long",
            announce=(long, long + "x" * 6000, "/news/a.html?" + "q=1&" * 400),
            pages={"/news/a.html*": story},
        ),
        site(
            "address-paging",
            announce=("/list?page=1",),
            pages={"/list*": _paged},
            most={"/list": 200},
        ),
        site(
            "address-elsewhere",
            announce=(
                "http://user:pw@address-elsewhere.torture.test:{port}/news/u.html",
                "http://address-elsewhere.torture.test:22/x",
                "https://address-elsewhere.torture.test:{port}/news/s.html",
                "http://xn--address-elsewhere-\u0430.torture.test/",
                "http://address-elsewhere.torture.test@127.0.0.1/x",
                "http://127.0.0.1:{port}/news/l.html",
                "http://evil.test/address-elsewhere.torture.test/news/e.html",
            ),
            pages={"/news/u.html": story, "/news/l.html": story},
        ),
        site(
            "dead-before",
            announce=tuple(f"/dead/a-story-that-is-gone-{n}.html" for n in range(400)),
            pages={"/news/a.html": story},
            most={"/dead/": 260},
        ),
        site(
            "many-same",
            announce=tuple(f"/copy/{n}/a-story-of-the-bridge.html" for n in range(30)),
            pages={"/copy/*": lambda t: t.send(article("manysamecopy"))},
        ),
        site(
            "not-found-moved",
            announce=tuple(f"/news/lost-story-{n}.html" for n in range(8)),
            pages={
                "/news/lost*": lambda t: t.send(
                    "", status=302, headers=[("Location", "/404.html")]
                ),
                "/404.html": lambda t: t.send(
                    "<html><head><title>404</title></head><body><h1>Page not found</h1><p>We"
                    " could not find the page.</p></body></html>"
                ),
            },
        ),
    ]
