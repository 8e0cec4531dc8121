"""Feeds and sitemaps that are broken, endless or lead astray."""

from __future__ import annotations

import gzip
import json

from hostile.cases import nth
from hostile.further.spec import Specified, feed_of, origin, site, spaces, story, urlset_of, xml
from hostile.server import Answer, Conversation

_LINKS = ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@b.c",
          "http://[bad", "http://", "//", "", " ", "#", "?", "http://user:pw@{host}/news/u.html",
          "http://127.0.0.1/x", "\x1b]0;x\x07", "http://a.test/" + "x" * 20_000, "tel:1",
          "http://elsewhere.torture.test/news/x.html", "/news/\u202eabc.html")  # fmt: skip
_ITEM = "<link>{origin}/news/a.html</link>"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\x1b", "").replace("\x07", "")


def feeds(canary_port: int) -> list[Specified]:
    """Feeds; in all of them the home page names the articles too, or the feed alone does."""
    canary = f"http://127.0.0.1:{canary_port}/secret"
    good = feed_of([_ITEM])
    quadratic = '<!DOCTYPE x [<!ENTITY a "' + "a" * 50_000 + '">]>'
    utf16 = feed_of([_ITEM]).replace('"1.0"', '"1.0" encoding="utf-16"')

    def only(name: str, feed: Answer, **given: object) -> Specified:
        given.setdefault("whole", "a")
        pages = {"/news/a.html": story, "/feed.xml": feed, **given.pop("pages", {})}  # type: ignore[dict-item]
        return site(name, announce=(), pages=pages, **given)

    return [
        only("feed-cut", xml(feed_of([_ITEM, _ITEM])[:-60])),
        only(
            "feed-utf16",
            lambda t: t.send(
                utf16.replace("{origin}", origin(t)).encode("utf-16"), type_="application/xml"
            ),
        ),
        only(
            "feed-charset-lies",
            lambda t: t.send(
                feed_of([_ITEM + "<title>\u0e02\u0e48\u0e32\u0e27</title>"])
                .replace("{origin}", origin(t))
                .replace('"1.0"', '"1.0" encoding="shift_jis"')
                .encode(),
                type_="application/rss+xml",
            ),
        ),
        only("feed-space-first", xml("\ufeff \n\n" + good)),
        only(
            "feed-nul",
            xml(good.replace("<item>", "<title>\0\x01\x1b[31m&#0;&#x1b;&bad;</title><item>")),
        ),
        only("feed-as-html", xml(good, "text/html; charset=utf-8")),
        only(
            "feed-links",
            lambda t: xml(
                feed_of(
                    [
                        *(
                            f"<link>{_escape(x.replace('{host}', t.asked.headers['host']))}</link>"
                            for x in _LINKS
                        ),
                        *(f"<guid isPermaLink='true'>{_escape(x)}</guid>" for x in _LINKS if x),
                        _ITEM,
                    ]
                )
            )(t),
        ),
        only("feed-relative", xml(feed_of(["<link>/news/a.html</link>"]))),
        only(
            "feed-same-guids",
            xml(
                feed_of(
                    [f"<guid>1</guid>{_ITEM}"] * 500
                    + ["<guid>1</guid><link>{origin}/news/b.html</link>"]
                )
            ),
            whole="a b",
            pages={"/news/b.html": story},
        ),
        only(
            "feed-quadratic",
            xml(feed_of([_ITEM, "<title>" + "&a;" * 50_000 + "</title>"], quadratic)),
        ),
        only(
            "feed-foreign-dtd",
            xml(
                feed_of(
                    [_ITEM],
                    f'<?xml-stylesheet href="{canary}"?><!DOCTYPE rss SYSTEM "{canary}" ['
                    f'<!ENTITY % p SYSTEM "{canary}"> %p; <!ENTITY f SYSTEM "file:///etc/passwd">]>',
                    f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
                    f'<description>&f;</description><cloud domain="127.0.0.1" port="{canary_port}"/>',
                )
            ),
        ),
        only("feed-deep", xml(feed_of([_ITEM, "<a>" * 200_000]))),
        only(
            "feed-attributes",
            xml(feed_of([_ITEM, "<a " + " ".join(f'b{n}="x"' for n in range(100_000)) + "/>"])),
        ),
        only("feed-title-giant", xml(feed_of([f"<title>{'x' * 1_000_000}</title>{_ITEM}"]))),
        only(
            "feed-dates",
            xml(
                feed_of(
                    [
                        f"<pubDate>{x}</pubDate>{_ITEM}"
                        for x in (
                            "Thu, 99 Foo 99999 99:99:99 +9999",
                            "0000-00-00",
                            "9" * 500,
                            "\u0662\u0660\u0662\u0666",
                            "-1",
                        )
                    ]
                )
            ),
        ),
        only(
            "feed-json-odd",
            lambda t: t.send(
                json.dumps(
                    {
                        "version": "https://jsonfeed.org/version/1.1",
                        "items": [
                            {"id": 1e308, "url": ["x"]},
                            None,
                            7,
                            {"url": {"a": 1}},
                            [[]] * 50,
                            {"id": "a", "url": f"{origin(t)}/news/a.html", "date_published": 5},
                        ],
                    }
                ),
                type_="application/feed+json",
            ),
        ),
        only("feed-json-deep", lambda t: t.send("[" * 200_000, type_="application/json"), whole=""),
        only("feed-gzip-bomb", _bomb, whole=""),
        only(
            "feed-namespaces",
            xml(
                '<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:b="urn:x" xml:base="'
                + canary
                + '">'
                '<a:entry><b:link href="'
                + canary
                + '"/><a:link href="{origin}/news/a.html"/></a:entry></a:feed>'
            ),
        ),
        only(
            "feed-many",
            lambda t: xml(
                feed_of(
                    [
                        f"<link>{{origin}}/none/{n}-a-story-of-many.html</link>"
                        for n in range(30_000)
                    ]
                )
            )(t),
            whole="",
            most={"/none/": 1000},
        ),
        only(
            "feed-titles",
            xml(
                feed_of(
                    [
                        f"<title>{x}</title>{_ITEM}"
                        for x in (
                            "=cmd|'/C calc'!A0",
                            "&lt;script&gt;alert(1)&lt;/script&gt;",
                            "&#x202e;txt",
                        )
                    ]
                )
            ),
        ),
    ]


def _bomb(talk: Conversation) -> None:
    body = spaces(b"<rss>", 80)
    talk.send(body, headers=[("Content-Encoding", "gzip")], type_="application/xml")


def sitemaps(canary_port: int) -> list[Specified]:
    """Sitemaps that are the only source of their article, where there is one."""
    canary = f"http://127.0.0.1:{canary_port}/secret"
    a = "{origin}/news/a.html"

    def only(name: str, sitemap: Answer, **given: object) -> Specified:
        given.setdefault("whole", "a")
        pages = {"/news/a.html": story, "/sitemap.xml": sitemap, **given.pop("pages", {})}  # type: ignore[dict-item]
        return site(name, announce=(), pages=pages, **given)

    index = "<sitemapindex>%s</sitemapindex>"
    return [
        only(
            "sitemap-packed",
            lambda t: t.send(
                gzip.compress(urlset_of([a]).replace("{origin}", origin(t)).encode()),
                type_="application/gzip",
            ),
        ),
        only(
            "sitemap-packed-cut",
            lambda t: t.send(
                gzip.compress(urlset_of([a] * 3000).replace("{origin}", origin(t)).encode())[:-20],
                type_="application/gzip",
            ),
            whole="",
        ),
        only(
            "sitemap-bomb",
            lambda t: t.send(spaces(b"<urlset>", 200), type_="application/gzip"),
            whole="",
        ),
        only(
            "sitemap-circle",
            xml(
                index % "<sitemap><loc>{origin}/sitemap.xml</loc></sitemap>"
                "<sitemap><loc>{origin}/s2.xml</loc></sitemap>"
            ),
            most={"/sitemap": 3},
            pages={"/s2.xml": xml(urlset_of([a]))},
        ),
        only(
            "sitemap-astray",
            xml(
                index
                % "".join(
                    f"<sitemap><loc>{x}</loc></sitemap>"
                    for x in (
                        canary,
                        "file:///etc/passwd",
                        "http://169.254.169.254/x.xml",
                        "http://[bad",
                        "",
                        "//",
                        "{origin}/s2.xml",
                    )
                )
            ),
            pages={"/s2.xml": xml(urlset_of([a]))},
        ),
        only(
            "sitemap-text",
            lambda t: t.send(f"{origin(t)}/news/a.html\r\nnot a url\n\0\n", type_="text/plain"),
        ),
        only(
            "sitemap-dates",
            xml(
                "<urlset>"
                + "".join(
                    f"<url><loc>{{origin}}/news/{k}.html</loc><lastmod>{d}</lastmod></url>"
                    for k, d in (("a", "9999-12-31"), ("b", "2026-13-45T99:00"), ("c", "yesterday"))
                )
                + "</urlset>"
            ),
            pages={"/news/b.html": story, "/news/c.html": story},
            whole="b c",
        ),
        only(
            "sitemap-namespace-odd",
            xml(
                '<x:urlset xmlns:x="urn:nobody"><x:url><x:loc> \n'
                + a
                + " </x:loc></x:url></x:urlset>"
            ),
        ),
        only("sitemap-no-namespace-cut", xml(f"<urlset><url><loc>{a}</loc></url><url><loc>{{ori")),
        only(
            "sitemap-foreign-dtd",
            xml(
                urlset_of(
                    [a, "&f;"],
                    f'<!DOCTYPE urlset [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "{canary}"> %p;]>',
                )
            ),
        ),
        only(
            "sitemap-wide",
            xml(
                index
                % "".join(
                    f"<sitemap><loc>{{origin}}/none/{n}.xml</loc></sitemap>" for n in range(20_000)
                )
            ),
            whole="",
            most={"/none/": 60},
        ),
        only("sitemap-same", lambda t: xml(urlset_of([a]) if nth(t) else "")(t)),
        only(
            "sitemap-links",
            lambda t: xml(
                urlset_of(
                    [_escape(x.replace("{host}", t.asked.headers["host"])) for x in _LINKS] + [a]
                )
            )(t),
        ),
        only("sitemap-comment-open", xml(urlset_of([a]).replace("</urlset>", "<!-- never closed"))),
        only("sitemap-loc-giant", xml(urlset_of([a, "{origin}/" + "x" * 1_000_000]))),
    ]
