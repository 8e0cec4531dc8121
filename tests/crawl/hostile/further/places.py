"""Sites that send the crawler to where it must not go, or round in circles."""

from __future__ import annotations

from hostile.cases import busy, nth
from hostile.further.spec import Specified, headed, page, raw, site, story, to
from hostile.server import Answer, Case, Conversation, article

_PRIVATE = (
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
    "http://017700000001/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0/",
    "http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.1.1/", "http://100.64.0.1/",
    "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1]/",
    "http://[fd00:ec2::254]/", "http://224.0.0.1/", "http://255.255.255.255/",
    "http://\u2460\u2461\u2466.0.0.1/", "http://127\u30020\u30020\u30021/", "http://127.0.0.1./",
    "http://%31%32%37.0.0.1/",
)  # fmt: skip
_NAMES = (
    "http://localhost/", "http://LOCALHOST./", "http://metadata.google.internal/x",
    "http://a.local/", "http://router/", "http://kubernetes.default.svc/",
)  # fmt: skip
_PORTS = ("22", "25", "6379", "9200", "0", "65536", "99999", "-1", "8o")


def _looking(path: str) -> str:
    return f"/go/{path}"


def _chain(length: int) -> Answer:
    def answer(talk: Conversation) -> None:
        n = int(talk.path.rsplit("/", 1)[-1])
        to(f"/hop/{n + 1}" if n < length else "/news/a.html")(talk)

    return answer


def _endless_chain(talk: Conversation) -> None:
    to(f"/hop/{nth(talk)}{talk.path.rsplit('/', 1)[-1]}")(talk)


def places(canary_port: int) -> list[Specified]:
    """Redirects, links and names."""
    canary = f"http://127.0.0.1:{canary_port}/secret"
    named = f"http://inner.torture.test:{canary_port}/secret"
    strange = (
        "", "http://", "http:///x", "//", "///", "http://[bad/", "http://[::1", "http://a b/", "http:",
        "\\\\x\\y", "javascript:alert(1)", "DATA:text/html,x", "ldap://x/", "http://user:pw@x/",
        "http://xn--/", "http://" + "a" * 300 + ".test/", "http://.../", "http://\ufffd/", "?" + "x" * 9000,
    )  # fmt: skip
    refused = "forbidden_address forbidden_port forbidden_name bad_url bad_redirect"
    return [
        site(
            "go-private",
            announce=tuple(f"/go/{n}" for n in range(len(_PRIVATE))),
            pages={f"/go/{n}": to(x) for n, x in enumerate(_PRIVATE)},
            why=dict.fromkeys((f"/go/{n}" for n in range(len(_PRIVATE))), refused),
        ),
        site(
            "go-inner-names",
            announce=tuple(f"/go/{n}" for n in range(len(_NAMES))),
            pages={f"/go/{n}": to(x) for n, x in enumerate(_NAMES)},
            why=dict.fromkeys((f"/go/{n}" for n in range(len(_NAMES))), refused),
        ),
        site(
            "go-ports",
            announce=tuple(f"/go/{n}" for n in range(len(_PORTS))),
            pages={
                f"/go/{n}": to(f"http://go-ports.torture.test:{x}/") for n, x in enumerate(_PORTS)
            },
            why=dict.fromkeys((f"/go/{n}" for n in range(len(_PORTS))), refused),
        ),
        site(
            "go-canary",
            announce=("/go/0", "/go/1", "/go/2", "/go/3", "/go/4"),
            pages={
                "/go/0": to(canary),
                "/go/1": to(named),
                "/go/2": to("/go/3"),
                "/go/3": to(canary.replace("127.0.0.1", "[::ffff:7f00:1]")),
                "/go/4": to(canary, 308),
            },
            why=dict.fromkeys((f"/go/{n}" for n in range(5)), refused),
        ),
        site(
            "go-strange",
            announce=tuple(f"/go/{n}" for n in range(len(strange))),
            pages={f"/go/{n}": to(x) for n, x in enumerate(strange)},
            why={
                **{f"/go/{n}": "bad_redirect bad_url redirect_loop" for n in (5, 6)},
                **{f"/go/{n}": "forbidden_scheme" for n in (10, 11, 12)},
                "/go/13": "bad_url",
            },
        ),
        site(
            "go-split",
            announce=("/go/0", "/go/1", "/go/2"),
            pages={
                "/go/0": to(b"/news/a.html\0\x1b[31m"),
                "/go/1": to("/news/%0d%0aSet-Cookie:%20x=1"),
                "/go/2": raw(
                    b"HTTP/1.1 302 X\r\nLocation: /news/\xff\xfe\r\n x\r\nContent-Length: 0\r\n\r\n"
                ),
            },
        ),
        site(
            "go-fragment",
            announce=("/go",),
            pages={"/go": to("/news/a.html#%00<script>"), "/news/a.html": story},
            whole="a",
        ),
        site(
            "go-relative",
            announce=("/go/x/1", "/go/2", "/go/3"),
            pages={
                "/go/x/1": to("../../news/a.html"),
                "/go/2": to("//{host}/x"),
                "/go/3*": to("  /news/c.html  "),
                "/news/a.html": story,
                "/news/c.html": story,
            },
            whole="a c",
        ),
        site(
            "go-fifty",
            announce=("/hop/0",),
            pages={"/hop/*": _chain(50), "/news/a.html": story},
            absent="a",
            why={"/hop/0": "redirect_loop too_many_redirects"},
            most={"/hop/": 25},
        ),
        site(
            "go-for-ever",
            announce=("/hop/0",),
            pages={"/hop/*": _endless_chain},
            why={"/hop/0": "redirect_loop too_many_redirects"},
            most={"/hop/": 25},
        ),
        site(
            "go-itself",
            a=to("/news/a.html"),
            absent="a",
            why={"/news/a.html": "redirect_loop"},
            most={"/news/a": 6},
        ),
        site(
            "go-nowhere",
            a=lambda t: t.send("", status=301),
            b=lambda t: t.send("", status=300),
            c=lambda t: t.send(page(t), status=302),
            absent="a b c",
            why={
                "/news/a.html": "http_301 bad_redirect",
                "/news/b.html": "http_300",
                "/news/c.html": "http_302 bad_redirect",
            },
        ),
        site(
            "go-away",
            announce=("/go",),
            pages={"/go": lambda t: to(f"http://elsewhere.torture.test:{_port(t)}/news/x.html")(t)},
            why={"/go": "off_site"},
        ),
        site(
            "go-home",
            a=to("/"),
            b=to("/", 301),
            absent="a b",
            why={"/news/a.html": "home_page section_page not_article redirected_home"},
        ),
        site(
            "go-disallowed",
            a=to("/private/a.html"),
            absent="a",
            never=("/private/",),
            why={"/news/a.html": "robots"},
            pages={"/private/a.html": story},
        ),
        site(
            "refresh",
            a=lambda t: t.send(page(t), headers=[("Refresh", f"0;url={canary}")]),
            b=headed(
                head=f'<meta http-equiv=refresh content="0;URL={canary}">'
                f'<script>location="{canary}"</script>'
            ),
            whole="a b",
        ),
        site(
            "base-elsewhere",
            a=headed(head=f'<base href="{canary}"><link rel=canonical href="x">'),
            pages={
                "/": lambda t: t.send(
                    f'<base href="{canary}"><ul><li><a href="/news/a.html">'
                    "The bridge will be repaired</a></ul>"
                )
            },
            whole="a",
        ),
        site(
            "canonical-inner",
            a=headed(head=f'<link rel="canonical" href="{canary}">'),
            b=headed(head='<link rel="canonical" href="file:///etc/passwd">'),
            c=headed(head='<link rel="canonical" href="javascript:alert(1)">'),
            d=headed(head='<link rel="canonical" href="http://[bad">'),
            e=headed(head='<link rel="canonical" href="/">'),
            f=headed(head='<link rel="canonical" href="' + "x" * 100_000 + '">'),
            whole="a b c d e f",
        ),
        site(
            "canonical-circle",
            a=headed(head='<link rel="canonical" href="/news/b.html">'),
            b=headed(head='<link rel="canonical" href="/news/a.html">'),
            whole="a b",
        ),
        site("robots-elsewhere", a=story, robots=to(canary), whole="a"),
        site("robots-circle", a=story, robots=to("/robots.txt"), whole="a"),
        site(
            "robots-moved",
            a=story,
            b=story,
            whole="a",
            absent="b",
            never=("/news/b",),
            robots=to("/robots2.txt", 301),
            pages={
                "/robots2.txt": lambda t: t.send(
                    "User-agent: *\nDisallow: /news/b", type_="text/plain"
                )
            },
        ),
        site(
            "sources-elsewhere",
            a=story,
            pages={"/feed.xml": to(canary), "/sitemap.xml": to("file:///etc/passwd")},
            whole="a",
        ),
        site(
            "sources-circle",
            a=story,
            pages={"/feed.xml": to("/feed.xml"), "/sitemap.xml": to("/sitemap.xml")},
            whole="a",
        ),
        site("home-circle", a=story, pages={"/": to("/")}, whole="a"),
        site("home-of-tags", a=story, pages={"/": "<html><body>" + "<a>" * 600_000}, whole="a"),
        site("home-broken", a=story, pages={"/": lambda t: t.send("no", status=500)}, whole="a"),
        site("home-moved", a=story, pages={"/": to("/start/"), "/start/": _home}, whole="a"),
        site("dns-mixed", a=story, whole="a"),
        site("dns-many", a=story, whole="a"),
        site("dns-changing", a=story, b=story, whole="a b"),
        site("dns-inner", a=story, absent="a", control=False),
        site("dns-none", a=story, absent="a", control=False),
        site(
            "dns-target",
            announce=("/go/0", "/go/1"),
            pages={
                "/go/0": lambda t: to(f"http://dns-inner.torture.test:{_port(t)}/x")(t),
                "/go/1": lambda t: to(f"http://dns-none.torture.test:{_port(t)}/x")(t),
            },
            why={"/go/0": "forbidden_address", "/go/1": "dns"},
        ),
        site(
            "busy-for-ever",
            a=busy(99, 429, [], ""),
            absent="a",
            most={"/news/a": 4},
            why={"/news/a.html": "http_429"},
        ),
        site(
            "busy-oddly",
            a=busy(1, 503, [("Retry-After", "-5")], article("busyoddlya")),
            b=busy(1, 503, [("Retry-After", "soon")], article("busyoddlyb", title="Other things")),
            c=busy(
                1,
                429,
                [("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT")],
                article("busyoddlyc", title="Third of the things"),
            ),
            d=busy(1, 429, [("Retry-After", "\x1b[31m" + "9" * 400)], article("busyoddlyd")),
            whole="a b c",
        ),
        site(
            "busy-for-years",
            a=busy(9, 503, [("Retry-After", "31536000")], ""),
            absent="a",
            most={"/news/a": 1},
            control=None,
        ),
    ]


def _port(talk: Conversation) -> str:
    return talk.asked.headers["host"].rpartition(":")[2]


def _home(talk: Conversation) -> None:
    talk.send('<ul><li><a href="/news/a.html">The bridge will be repaired</a></ul>')


def elsewhere() -> Case:
    """A host of no site of the crawl."""
    return Case("elsewhere", pages={"/news/x.html": article("elsewherex")})
