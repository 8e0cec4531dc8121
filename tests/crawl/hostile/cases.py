"""The hostile sites: what each one does. What must hold is in `test_hostile.py`."""

from __future__ import annotations

import gzip
import json
import threading
import time
import zlib
from collections import Counter

from hostile.server import FILLER, Answer, Case, Conversation, article, marked

_seen: Counter[str] = Counter()
_lock = threading.Lock()


def nth(talk: Conversation) -> int:
    """Which request for this address this is, counted from 1."""
    with _lock:
        key = talk.asked.host + talk.path
        _seen[key] += 1
        return _seen[key]


def redirect(to: str, status: int = 302) -> Answer:
    return lambda talk: talk.send("", status=status, headers=[("Location", to)])


def native(text: str, key: str, codec: str, meta: str = "") -> bytes:
    head = f'<meta charset="{meta}">' if meta else ""
    page = article(
        key,
        title=text[:30],
        paragraphs=(f"QB{key}Z {text}", text * 3, text * 4, f"{text} QE{key}Z"),
        head=head,
    )
    return page.replace('lang="en"', "").encode(codec)


THAI = "สภาเทศบาลอนุมัติงบประมาณซ่อมถนนสายหลัก และจะเริ่มก่อสร้างเดือนหน้า ชาวบ้านกล่าวว่ารอมานาน "
JAPANESE = "市議会は道路補修予算を可決し、来月着工する。住民は長い間待っていたと話している。"
CHINESE = "市議會通過道路維修預算，議員要求下月動工。居民表示已經等候多時，希望工程早日完成。"
KOREAN = "시의회가 도로 보수 예산을 통과시켰고 다음 달 착공한다. 주민들은 오래 기다렸다고 말했다. "


def bytes_page(body: bytes, type_: str | None = "text/html") -> Answer:
    return lambda talk: talk.send(body, type_=type_)


def busy(times: int, status: int, headers: list[tuple[str, str]], page: str) -> Answer:
    def answer(talk: Conversation) -> None:
        if nth(talk) <= times:
            talk.send("busy", status=status, headers=headers)
        else:
            talk.send(page)

    return answer


def slow_drip(talk: Conversation) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>")
    for _ in range(100):
        time.sleep(0.5)
        if not talk.raw(b"x"):
            return


def reset_once(talk: Conversation) -> None:
    page = article("resetoncea")
    if nth(talk) > 1:
        talk.send(page)
        return
    half = page.encode()[: len(page) // 2]
    talk.send(half, length=len(page))
    talk.reset()


def endless_body(talk: Conversation) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    piece = b"<p>" + b"endless text " * 5000 + b"</p>"
    chunk = b"%x\r\n%s\r\n" % (len(piece), piece)
    for _ in range(50_000):
        if not talk.raw(chunk):
            return


def gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    out = bytearray(packer.compress(b"<html><body>"))
    block = b"\0" * 1_000_000
    for _ in range(200):
        out += packer.compress(block)
    return bytes(out + packer.flush())


def slowly(key: str, n: int) -> Answer:
    def answer(talk: Conversation) -> None:
        time.sleep(0.05)
        talk.send(article(key, paragraphs=marked(key, f"Number {n}. {FILLER} {n} " * 3)))

    return answer


def cookie_wall(talk: Conversation) -> None:
    words = "We value your privacy. Choose which cookies and partners you accept to continue. "
    talk.send(
        f"<html><head><title>Your privacy</title></head><body><div class='consent'><h1>Before"
        f" you continue</h1><p>{words * 6}</p><button>Accept all</button></div></body></html>",
        headers=[("Set-Cookie", "seen=1")],
    )


def cookie_bomb(key: str) -> Answer:
    def answer(talk: Conversation) -> None:
        if len(talk.asked.headers.get("cookie", "")) > 8192:
            talk.send("too large", status=400)
            return
        cookies = [("Set-Cookie", f"c{n}={'x' * 4000}") for n in range(20)]
        talk.send(article(key), headers=cookies)

    return answer


def endless_sitemap(talk: Conversation) -> None:
    base = f"http://{talk.asked.headers['host']}"
    n = nth(talk)
    children = "".join(
        f"<sitemap><loc>{base}/sitemap{talk.path.strip('/').replace('.xml', '')}-{n}-{i}.xml</loc>"
        "</sitemap>"
        for i in range(5)
    )
    talk.send(f"<sitemapindex>{children}</sitemapindex>", type_="application/xml")


def huge_sitemap(talk: Conversation) -> None:
    base = f"http://{talk.asked.headers['host']}"
    talk.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n<urlset>"
    )
    talk.raw(f"<url><loc>{base}/news/control.html</loc></url>".encode())
    for n in range(400):
        part = "".join(
            f"<url><loc>{base}/none/{n}-{i}/{'a-long-slug-of-a-story-' * 4}.html</loc></url>"
            for i in range(1000)
        )
        if not talk.raw(part.encode()):
            return
    talk.raw(b"</urlset>")


def calendar(talk: Conversation) -> None:
    n = int(talk.path.rsplit("/", 1)[-1] or 0)
    talk.send(
        f'<html><body><h1>Events in month {n}</h1><a href="/calendar/{n + 1}">Next month of'
        f" events in our town</a></body></html>"
    )


SOFT_404 = article(
    "soft404nf",
    title="Page not found",
    paragraphs=(
        "QBsoft404nfZ Sorry, the page that you are looking for cannot be found. It may have been"
        " moved or deleted, or the address may be wrong.",
        "Please try the search at the top of the page, or go back to the home page to find the"
        " latest news from our reporters all over the country.",
        "If you think that this is an error, write to our service desk. QEsoft404nfZ",
    ),
    date=None,
)
VARIANT = article("variantsa", head='<link rel="canonical" href="/news/a.html">')
LEAD = article(
    "paywalla",
    paragraphs=(f"QBpaywallaZ {FILLER} {FILLER}", "Subscribe to continue reading this story."),
    head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
    '"isAccessibleForFree":false}</script>',
)
JS_ONLY = (
    "<html><head><title>Story</title></head><body><div id='root'></div>"
    "<noscript>You need to enable JavaScript to run this app.</noscript>"
    "<script>" + "var a=1;" * 3000 + "</script></body></html>"
)


def dated(key: str, date: str | None) -> str:
    ld = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": f"Bridge story {key}",
            **({"datePublished": date} if date else {}),
        }
    )
    script = f'<script type="application/ld+json">{ld}</script>'
    return article(f"dates{key}", date=None, head=script)


def updated(talk: Conversation) -> None:
    if nth(talk) == 1:
        talk.send(article("updateda"))
        return
    more = (
        *marked("updateda"),
        f"QBupdatedbZ Engineers now say it will take two years. {FILLER} QEupdatedbZ",
    )
    talk.send(
        article(
            "updateda",
            paragraphs=more,
            head='<meta property="article:modified_time" content="2026-11-12T09:00:00Z">',
        )
    )


def cases(canary_port: int) -> list[Case]:
    """All cases; ``canary_port`` is that of the internal service nobody may contact."""
    canary = f"http://127.0.0.1:{canary_port}/secret"
    a = ("/news/a.html",)
    entities = (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "'
        + canary
        + '">]>'
    )
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return [
        Case("normal", a, {"/news/a.html": article("normala")}),
        Case(
            "sitemap-only",
            (),
            {
                "/news/a.html": article("sitemaponlya"),
                "/sitemap.xml": lambda t: t.send(
                    f"<urlset><url><loc>http://{t.asked.headers['host']}/news/a.html</loc></url>"
                    "</urlset>",
                    type_="application/xml",
                ),
            },
        ),
        Case(
            "no-content-type",
            a,
            {"/news/a.html": lambda t: t.send(article("nocontenttypea"), type_=None)},
        ),
        Case(
            "http10-close",
            a,
            {"/news/a.html": lambda t: t.send(article("http10closea"), version="HTTP/1.0")},
        ),
        Case(
            "thai-header-lies",
            a,
            {
                "/news/a.html": bytes_page(
                    native(THAI, "thaiheaderliesa", "cp874", "windows-874"),
                    "text/html; charset=utf-8",
                )
            },
        ),
        Case(
            "sjis-undeclared",
            a,
            {"/news/a.html": bytes_page(native(JAPANESE, "sjisundeclareda", "shift_jis"))},
        ),
        Case(
            "big5-undeclared",
            a,
            {"/news/a.html": bytes_page(native(CHINESE, "big5undeclareda", "big5"))},
        ),
        Case(
            "euckr-meta",
            a,
            {"/news/a.html": bytes_page(native(KOREAN, "euckrmetaa", "euc-kr", "euc-kr"))},
        ),
        Case(
            "broken-utf8",
            a,
            {
                "/news/a.html": bytes_page(
                    article("brokenutf8a", paragraphs=marked("brokenutf8a", "MIDDLE"))
                    .encode()
                    .replace(
                        b"MIDDLE",
                        b"Text before the damage \xff\xfe\xc0\xaf\xe0\x80\xaf \xe0\xb8 and text"
                        b" after the damage goes on for a while in this paragraph.",
                    ),
                    "text/html; charset=utf-8",
                )
            },
        ),
        Case(
            "redirect-chain",
            ("/r/1",),
            {
                "/r/1": redirect("/r/2", 301),
                "/r/2": redirect("/r/3", 302),
                "/r/3": redirect("/r/4", 307),
                "/r/4": redirect("/news/a.html", 308),
                "/news/a.html": article("redirectchaina"),
            },
        ),
        Case("redirect-loop", ("/x",), {"/x": redirect("/y"), "/y": redirect("/x")}),
        Case(
            "location-odd",
            ("/go",),
            {
                "/go": lambda t: t.send(
                    "",
                    status=302,
                    headers=[
                        (
                            "Location",
                            "/news/a b ข่าว.html".encode().decode("utf-8", "surrogateescape"),
                        )
                    ],
                ),
                "/news/a*": article("locationodda"),
            },
        ),
        Case(
            "retry-after-seconds",
            a,
            {"/news/a.html": busy(2, 429, [("Retry-After", "2")], article("retryaftersecondsa"))},
        ),
        Case("busy-once", a, {"/news/a.html": busy(1, 503, [], article("busyoncea"))}),
        Case(
            "crawl-delay",
            tuple(f"/news/{k}.html" for k in "abcdef"),
            {
                f"/news/{k}.html": article(
                    f"crawldelay{k}",
                    paragraphs=marked(f"crawldelay{k}", f"Item {k}: {FILLER} {k * 30}"),
                )
                for k in "abcdef"
            },
            robots="User-agent: *\nCrawl-delay: 1\n",
        ),
        Case(
            "parallel",
            tuple(f"/news/{n}.html" for n in range(40)),
            {f"/news/{n}.html": slowly(f"parallel{n}x", n) for n in range(40)},
        ),
        Case("slow-drip", a, {"/news/a.html": slow_drip}),
        Case("reset-once", a, {"/news/a.html": reset_once}),
        Case(
            "short-body",
            a,
            {
                "/news/a.html": lambda t: t.send(
                    article("shortbodya"), length=len(article("shortbodya")) + 5000
                )
            },
        ),
        Case(
            "gzip-cut",
            a,
            {
                "/news/a.html": lambda t: t.send(
                    gzip.compress(article("gzipcuta").encode())[:-200],
                    headers=[("Content-Encoding", "gzip")],
                )
            },
        ),
        Case("endless-body", a, {"/news/a.html": endless_body}),
        Case(
            "gzip-bomb",
            a,
            {"/news/a.html": lambda t: t.send(gzip_bomb(), headers=[("Content-Encoding", "gzip")])},
        ),
        Case(
            "cookie-bomb",
            ("/news/a.html", "/news/b.html"),
            {
                "/news/a.html": cookie_bomb("cookiebomba"),
                "/news/b.html": cookie_bomb("cookiebombb"),
            },
        ),
        Case(
            "jpeg-as-html",
            ("/news/a.html", "/news/b.html"),
            {
                "/news/a.html": bytes_page(
                    b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)) * 200
                ),
                "/news/b.html": bytes_page(article("jpegashtmlb").encode(), "image/jpeg"),
            },
        ),
        Case("ssrf-redirect", ("/go",), {"/go": redirect(canary)}),
        Case(
            "ssrf-metadata", ("/go",), {"/go": redirect("http://169.254.169.254/latest/meta-data/")}
        ),
        Case(
            "ssrf-schemes",
            tuple(f"/go/{n}" for n in range(4)),
            {
                "/go/0": redirect("file:///etc/passwd"),
                "/go/1": redirect("ftp://127.0.0.1/x"),
                "/go/2": redirect("data:text/html,<h1>x</h1>"),
                "/go/3": redirect("s3://bucket/key"),
            },
        ),
        Case(
            "ssrf-page",
            a,
            {
                "/news/a.html": article(
                    "ssrfpagea",
                    head=(
                        f'<link rel="canonical" href="{canary}"><link rel="amphtml" href="{canary}">'
                        f'<meta http-equiv="refresh" content="0;url={canary}"><link rel="next" href="{canary}">'
                        f'<meta property="og:image" content="{canary}">'
                    ),
                )
            },
        ),
        Case(
            "feed-xxe",
            a,
            {
                "/news/a.html": article("feedxxea"),
                "/feed.xml": lambda t: t.send(
                    f"{entities}<rss><channel><item><title>&x;</title><link>http://"
                    f"{t.asked.headers['host']}/news/a.html</link><description>&y;</description></item>"
                    "</channel></rss>",
                    type_="application/xml",
                ),
            },
        ),
        Case(
            "feed-laughs",
            a,
            {
                "/news/a.html": article("feedlaughsa"),
                "/feed.xml": lambda t: t.send(
                    f'<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]><rss><channel><item><title>&l11;</title>'
                    f"<link>http://{t.asked.headers['host']}/news/a.html</link></item></channel></rss>",
                    type_="application/xml",
                ),
            },
        ),
        Case(
            "feed-is-html",
            a,
            {
                "/news/a.html": article("feedishtmla"),
                "/feed.xml": "<html><body><h1>Oops</h1></body></html>",
                "/sitemap.xml": lambda t: t.send('{"error": true}', type_="application/json"),
            },
        ),
        Case("sitemap-recursion", (), {"/sitemap*": endless_sitemap}),
        Case("sitemap-60mb", (), {"/sitemap.xml": huge_sitemap}),
        Case(
            "robots-404",
            a,
            {"/news/a.html": article("robots404a")},
            robots=lambda t: t.send("none", status=404),
        ),
        Case(
            "robots-503",
            a,
            {"/news/a.html": article("robots503a")},
            robots=lambda t: t.send("down", status=503),
        ),
        Case(
            "robots-bom",
            ("/news/a.html", "/secret/b.html"),
            {"/news/a.html": article("robotsboma"), "/secret/b.html": article("robotsbomb")},
            robots="\ufeffUSER-AGENT :  *\rdisallow :   /secret/  \r",
        ),
        Case(
            "robots-huge",
            ("/news/a.html", "/secret/b.html"),
            {"/news/a.html": article("robotshugea"), "/secret/b.html": article("robotshugeb")},
            robots="User-agent: *\nDisallow: /secret/\n" + "# filler line\n" * 44_000,
        ),
        Case(
            "calendar-trap",
            (),
            {
                "/calendar/*": calendar,
                "/": '<html><body><a href="/calendar/1">All the events of our town in November</a>'
                '<a href="/news/control.html">Bridge repair to begin after the rains</a></body></html>',
            },
        ),
        Case(
            "soft-404", tuple(f"/news/gone{n}.html" for n in range(10)), {"/news/gone*": SOFT_404}
        ),
        Case("js-only", a, {"/news/a.html": JS_ONLY}),
        Case(
            "cookie-wall",
            tuple(f"/news/{k}.html" for k in "abcde"),
            {"/news/*": cookie_wall, "/news/control.html": cookie_wall},
        ),
        Case("paywall", a, {"/news/a.html": LEAD}),
        Case(
            "many-links",
            (),
            {
                "/": "<html><body>"
                + "".join(
                    f'<p><a href="/none/{n}/a-story-with-a-long-name-{n}.html">A story with a long name,'
                    f" number {n}</a></p>"
                    for n in range(200_000)
                )
                + "</body></html>"
            },
        ),
        Case(
            "variants",
            (
                "/news/a.html?utm_source=x&utm_medium=y",
                "/news/a.html",
                "/amp/news/a.html",
                "/print/news/a.html",
                "/news/a.html?fbclid=123",
            ),
            {"/news/a.html*": VARIANT, "/amp/news/a.html": VARIANT, "/print/news/a.html": VARIANT},
        ),
        Case(
            "canonical-poison",
            ("/news/spam.html", "/news/a.html", "/news/far.html"),
            {
                "/news/a.html": article("canonicalpoisona"),
                "/news/spam.html": article(
                    "canonicalpoisonspam",
                    title="Win a prize with our cheap loans today",
                    paragraphs=marked("canonicalpoisonspam", "Cheap loans for everyone. " * 8),
                    head='<link rel="canonical" href="/news/a.html">',
                ),
                "/news/far.html": article(
                    "canonicalpoisonfar",
                    title="More cheap loans for you and your family",
                    paragraphs=marked("canonicalpoisonfar", "Loans, loans and more loans. " * 8),
                    head='<link rel="canonical" href="http://normal.torture.test/news/a.html">',
                ),
            },
        ),
        Case("updated", a, {"/news/a.html": updated}),
        Case(
            "big-paragraph",
            a,
            {
                "/news/a.html": article(
                    "bigparagrapha",
                    paragraphs=("QBbigparagraphaZ" + "x" * 9_000_000 + "QEbigparagraphaZ",),
                )
            },
        ),
        Case(
            "deep-nesting",
            a,
            {
                "/news/a.html": article(
                    "deepnestinga",
                    paragraphs=(
                        "<div>" * 100_000
                        + "".join(f"<p>{p}</p>" for p in marked("deepnestinga"))
                        + "</div>" * 100_000,
                    ),
                    escaped=False,
                )
            },
        ),
        Case(
            "nul-bytes",
            a,
            {
                "/news/a.html": article(
                    "nulbytesa",
                    title="Bridge\0 repair \x01to\x08 begin\x1b[31m \x7fafter \x9bthe rains",
                    paragraphs=marked("nulbytesa", f"\0\x01 {FILLER} \x1b]0;x\x07 \x7f \x9b"),
                    escaped=False,
                )
            },
        ),
        Case(
            "path-title",
            a,
            {
                "/news/a.html": article(
                    "pathtitlea",
                    title="../../../../tmp/qpwned and /tmp/qpwned",
                    head='<meta property="article:section" content="../../qpwned">'
                    '<meta name="author" content="/tmp/qpwned">',
                )
            },
        ),
        Case(
            "ansi-title",
            ("/news/a.html?x=%1b]0;owned%07",),
            {
                "/news/a.html*": article(
                    "ansititlea", title="\x1b[31mRed\x1b]0;owned\x07 \x1b[2J bridge repair\r begins"
                )
            },
        ),
        Case(
            "entity-soup",
            a,
            {
                "/news/a.html": article(
                    "entitysoupa",
                    escaped=False,
                    paragraphs=(
                        f"QBentitysoupaZ Fish &amp;amp; chips &amp;lt;p&amp;gt; &copy 2026 & so on. {FILLER}",
                        f"<![CDATA[ hidden ]]> &lt;p&gt;Text&lt;/p&gt; with &nbsp marks. {FILLER}",
                        f"{FILLER} QEentitysoupaZ",
                    ),
                )
            },
        ),
        Case(
            "unclosed",
            ("/news/a.html", "/news/b.html"),
            {
                "/news/a.html": "<html><body><body><h1>Bridge repair to begin<p>"
                + "<p>".join(marked("uncloseda"))
                + "<p><a href='/x",
                "/news/b.html": f"<html><body><h1>Bridge<p>QBunclosedbZ {FILLER}<plaintext>{FILLER}"
                " QEunclosedbZ",
            },
        ),
        Case(
            "dates",
            tuple(f"/news/{k}.html" for k in DATES),
            {f"/news/{k}.html": dated(k, date) for k, date in DATES.items()},
        ),
    ]


DATES = {
    "min": "0001-01-01T00:00:00Z",
    "max": "9999-12-31T23:59:59Z",
    "be": "2569-11-10T08:00:00+07:00",
    "feb": "2026-02-31T08:00:00Z",
    "none": None,
    "ahead": "2027-01-20T08:00:00Z",
    "zero": "1970-01-01T00:00:00Z",
}
