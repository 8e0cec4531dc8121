"""What a site's home page and robots.txt say about its sources.

Feeds and sitemaps that are named are taken as named; usual places are only proposed
(`Sources.probes`) and must answer as what they are to count. The system, the language, the sections
and hints of the time zone serve an unregistered site and the draft of a registered one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from newscrawl.discovery.links import absolute_url, host_of
from newscrawl.discovery.page_tree import page_tree
from newscrawl.discovery.selectors import attribute
from newscrawl.discovery.time_zones import guess_zone
from newscrawl.discovery.url_shape import judge_url
from newscrawl.text import one_line

ProbeKind = Literal["feed", "sitemap", "news_sitemap"]

MAX_HTML = 5 * 1024 * 1024
MAX_SECTIONS = 40
MAX_SOURCES = 50

_FEED_TYPES = {
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "text/rss+xml", "text/rss", "application/x.atom+xml",
}  # fmt: skip
_COMMENTS = re.compile(r"comments?(?:/feed|\.xml|\.rss|/default)|/feed/?\?.*comment", re.I)
_NEWS_SITEMAP = re.compile(
    r"news[_-]?sitemap|sitemap[_-]?news|googlenews|google-news|/news\.xml", re.I
)
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.I | re.M)
_OFFSET = re.compile(r"T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?([+-][0-9]{2}:?[0-9]{2})")
_ZONE = re.compile(
    r"\b(?:Asia|Australia|Pacific|Indian|Europe|America|Africa)/[A-Z][A-Za-z]+(?:_[A-Z][a-z]+)*\b"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")

USUAL_PLACES: tuple[tuple[ProbeKind, str], ...] = (
    ("news_sitemap", "/news-sitemap.xml"),
    ("news_sitemap", "/sitemap-news.xml"),
    ("news_sitemap", "/sitemap_news.xml"),
    ("news_sitemap", "/googlenews.xml"),
    ("sitemap", "/sitemap.xml"),
    ("sitemap", "/sitemap_index.xml"),
    ("sitemap", "/sitemap-index.xml"),
    ("sitemap", "/wp-sitemap.xml"),
    ("feed", "/feed/"),
    ("feed", "/rss.xml"),
    ("feed", "/rss"),
    ("feed", "/feed.xml"),
    ("feed", "/atom.xml"),
    ("feed", "/index.xml"),
    ("feed", "/feed.json"),
)
_WORDPRESS_POSTS = "/wp-json/wp/v2/posts"

# What the home pages of publishing systems hold; the first with two marks, or one strong one.
_PLATFORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("wordpress", ("/wp-content/", "/wp-includes/", "wp-json", 'content="WordPress')),
    ("arc", ("Fusion.globalContent", "/pf/resources/", "arc-cdn", "fusion-app")),
    ("quintype", ("quintype", "assettype.com", "qt-")),
    (
        "drupal",
        ("/sites/default/files", "drupal-settings-json", 'content="Drupal', "drupalSettings"),
    ),
    ("blox", ("tncms", "bloximages", "townnews")),
    ("nextjs", ("__NEXT_DATA__", "/_next/static/")),
    ("nuxt", ("__NUXT__", "/_nuxt/")),
    ("blogger", ("blogger.com", "blogspot")),
    ("ghost", ('content="Ghost', "/ghost/api/")),
    ("joomla", ('content="Joomla', "/media/jui/", "com_content")),
)


# Where links to sections stand, and how much that says.
_PLACES = (
    (3, "nav a[href]"),
    (2, "header a[href]"),
    (2, '[class*="menu"] a[href]'),
    (1, "a[href]"),
)


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a site as far as its home page and robots.txt tell.

    ``feeds``, ``sitemaps``, ``news_sitemaps`` are named by the site; ``probes`` are usual places
    still to be asked. ``sections`` are addresses from the navigation, in its order. ``offsets`` and
    ``zones`` are the UTC offsets and IANA zones seen on the page, the most frequent first.
    """

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    news_sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    platform: str | None = None
    listing: str | None = None  # WordPress REST list of posts, where the page links to the API
    listing_probe: str | None = (
        None  # the same at its usual place, on a WordPress site without link
    )
    language: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()  # (language, address) of other editions
    title: str | None = None
    offsets: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    timezone: str | None = None  # the best guess from these, the domain and the language


def find_sources(html: str, url: str, robots_txt: str | None = None) -> Sources:
    """What the home page at ``url`` (after redirects) and the robots.txt tell. Never raises."""
    html = html[:MAX_HTML]
    tree = page_tree(html)
    sitemaps = _robots_sitemaps(robots_txt or "", url)
    feeds = _feeds(tree, url)
    for node in tree.css("link[rel~=sitemap][href]")[:10]:
        if address := absolute_url(attribute(node, "href"), url):
            sitemaps.append(address)
    news = [x for x in sitemaps if _NEWS_SITEMAP.search(x)]
    platform = _platform(html)
    api = tree.css_first('link[rel="https://api.w.org/"][href]')
    root = absolute_url(attribute(api, "href"), url) if api is not None else None
    if root:
        platform = "wordpress"
    known = set(feeds) | set(sitemaps)
    language = _language(tree)
    offsets, zones = _ranked(_OFFSET.findall(html)), _ranked(_ZONE.findall(html))
    return Sources(
        feeds=tuple(feeds),
        sitemaps=tuple(x for x in _unique(sitemaps) if x not in news),
        news_sitemaps=tuple(_unique(news)),
        sections=_sections(tree, url),
        probes=_probes(url, known, bool(feeds), bool(sitemaps)),
        platform=platform,
        listing=f"{root.rstrip('/')}/wp/v2/posts" if root and "rest_route" not in root else None,
        listing_probe=(
            absolute_url(_WORDPRESS_POSTS, url) if platform == "wordpress" and not root else None
        ),
        language=language,
        alternates=_alternates(tree, url),
        title=_site_title(tree),
        offsets=offsets,
        zones=zones,
        timezone=guess_zone(host_of(url), language, zones, offsets),
    )


def _unique(urls: list[str]) -> list[str]:
    return list(dict.fromkeys(urls))[:MAX_SOURCES]


def _ranked(found: list[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in Counter(found).most_common(5))


def _robots_sitemaps(robots_txt: str, url: str) -> list[str]:
    text = robots_txt[: 512 * 1024].replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    found = (absolute_url(raw, url) for raw in _SITEMAP_LINE.findall(text))
    return _unique([x for x in found if x])


def _feeds(tree: LexborHTMLParser, url: str) -> list[str]:
    feeds: list[str] = []
    for node in tree.css("link[rel~=alternate][href], link[rel~=feed][href]")[:200]:
        kind = (attribute(node, "type") or "").partition(";")[0].strip().lower()
        is_feed = kind in _FEED_TYPES or "feed" in (attribute(node, "rel") or "").lower().split()
        address = absolute_url(attribute(node, "href"), url)
        if is_feed and address and not _COMMENTS.search(address):
            feeds.append(address)
    if not feeds:
        for node in tree.css("a[href]")[:20_000]:
            address = absolute_url(attribute(node, "href"), url)
            if address and _same_site(address, url) and _looks_like_feed(address):
                feeds.append(address)
    return _unique(feeds)


def _looks_like_feed(address: str) -> bool:
    path = urlsplit(address).path.lower().rstrip("/")
    last = path.rpartition("/")[2]
    return last in {
        "feed",
        "rss",
        "atom",
        "rss.xml",
        "feed.xml",
        "atom.xml",
        "rss.php",
        "feed.json",
    } or (path.endswith((".rss", ".rdf")) or (path.endswith(".xml") and "rss" in path))


def _same_site(address: str, url: str) -> bool:
    one, other = host_of(address), host_of(url)
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _platform(html: str) -> str | None:
    best: tuple[int, str | None] = (0, None)
    for name, marks in _PLATFORMS:
        hits = sum(mark in html for mark in marks)
        if hits > best[0]:
            best = (hits, name)
    hits, found = best
    # One mark of WordPress is often a single embedded picture of another site.
    return (
        name
        if hits > 1 or (hits == 1 and found not in {"wordpress", "blogger", "quintype"})
        else None
    )


def _probes(url: str, known: set[str], has_feeds: bool, has_sitemaps: bool) -> tuple[str, ...]:
    """Usual places, but for kinds of which the site names some itself; news sitemaps always."""
    probes: list[str] = []
    for kind, path in USUAL_PLACES:
        place = absolute_url(path, url)
        if place is None or place in known or (kind == "feed" and has_feeds):
            continue
        if kind == "sitemap" and has_sitemaps:
            continue
        probes.append(place)
    return tuple(probes)


def _language(tree: LexborHTMLParser) -> str | None:
    candidates = [
        attribute(tree.css_first("html"), "lang"),
        attribute(tree.css_first('meta[property="og:locale"]'), "content"),
        attribute(tree.css_first('meta[http-equiv="content-language" i]'), "content"),
    ]
    for raw in candidates:
        if raw and (found := _LANGUAGE.fullmatch(raw.strip())):
            return found[0].replace("_", "-")
    return None


def _alternates(tree: LexborHTMLParser, url: str) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for node in tree.css("link[rel~=alternate][hreflang][href]")[:100]:
        language = (attribute(node, "hreflang") or "").strip()
        address = absolute_url(attribute(node, "href"), url)
        if address and _LANGUAGE.fullmatch(language) and language.lower() != "x-default":
            found.setdefault(language, address)
    return tuple(found.items())


def _site_title(tree: LexborHTMLParser) -> str | None:
    named = attribute(tree.css_first('meta[property="og:site_name"]'), "content")
    node = tree.css_first("title")
    text = named or (node.text(deep=True) if node is not None else "")
    return one_line(text or "")[:200] or None


def _sections(tree: LexborHTMLParser, url: str) -> tuple[str, ...]:
    """Addresses of section pages: short links of the navigation, the site's own, not services."""
    ranked: dict[str, int] = {}
    order: dict[str, int] = {}
    home = urlsplit(url)
    for weight, selector in _PLACES:
        for node in tree.css(selector)[:5000]:
            address = absolute_url(attribute(node, "href"), url)
            if address is None or not _same_site(address, url):
                continue
            parts = urlsplit(address)
            segments = [x for x in unquote(parts.path).split("/") if x]
            if not segments or len(segments) > 3 or parts.query:
                continue
            verdict = judge_url(address)
            text = one_line(node.text(deep=True))
            if verdict.reason not in {"short_path", "list_name"}:
                continue
            if not text or len(text) > 40 or parts.path.rstrip("/") == home.path.rstrip("/"):
                continue
            order.setdefault(address, len(order))
            ranked[address] = max(ranked.get(address, 0), weight)
    if any(weight > 1 for weight in ranked.values()):
        ranked = {address: weight for address, weight in ranked.items() if weight > 1}
    best = sorted(ranked, key=lambda x: (-ranked[x], order[x]))[:MAX_SECTIONS]
    return tuple(sorted(best, key=lambda x: order[x]))
