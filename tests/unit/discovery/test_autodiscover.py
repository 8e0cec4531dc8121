"""What a home page and robots.txt say about a site's sources."""

from __future__ import annotations

import pytest

from newscrawl.discovery import find_sources
from newscrawl.discovery.time_zones import guess_zone

HOME = """<!doctype html><html lang="km-KH"><head>
<meta property="og:site_name" content="The Example Post">
<link rel="alternate" type="application/rss+xml" title="All" href="/feed/">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="alternate" type="application/atom+xml; charset=utf-8" href="https://p.example/atom.xml">
<link rel="alternate" hreflang="en" href="https://p.example/en/">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">
<link rel="https://api.w.org/" href="https://p.example/wp-json/">
<script src="/wp-content/x.js"></script><script>{"timezone":"Asia/Phnom_Penh"}</script></head>
<body><nav><a href="/">ទំព័រដើម</a><a href="/national/">ជាតិ</a><a href="/business/">សេដ្ឋកិច្ច</a>
<a href="/login">ចូល</a><a href="/about-us/">About</a><a href="https://other.example/x">x</a></nav>
<article><a href="/2026/11/10/a-story-about-roads">A story</a>
<time datetime="2026-11-10T08:30:00+07:00"></time></article></body></html>"""
ROBOTS = """User-agent: *
Disallow: /wp-admin/
Sitemap: https://p.example/sitemap_index.xml
SITEMAP : /news-sitemap.xml
sitemap: not-http://x/
"""


def test_named_sources() -> None:
    found = find_sources(HOME, "https://p.example/", ROBOTS)
    assert found.feeds == ("https://p.example/feed/", "https://p.example/atom.xml")
    assert found.sitemaps == ("https://p.example/sitemap_index.xml",)
    assert found.news_sitemaps == ("https://p.example/news-sitemap.xml",)
    assert found.platform == "wordpress"
    assert found.listing == "https://p.example/wp-json/wp/v2/posts"
    assert found.language == "km-KH"
    assert found.alternates == (("en", "https://p.example/en/"),)
    assert found.title == "The Example Post"
    assert found.sections == ("https://p.example/national/", "https://p.example/business/")
    assert found.offsets == ("+07:00",)
    assert found.zones == ("Asia/Phnom_Penh",)
    assert found.timezone == "Asia/Phnom_Penh"


def test_usual_places_only_for_what_is_not_named() -> None:
    found = find_sources(HOME, "https://p.example/", ROBOTS)
    assert all("feed" not in x and "sitemap_index" not in x for x in found.probes)
    assert "https://p.example/sitemap-news.xml" in found.probes
    bare = find_sources("<html><body>x</body></html>", "https://p.example/start", None)
    assert "https://p.example/sitemap.xml" in bare.probes
    assert "https://p.example/feed/" in bare.probes
    assert (bare.feeds, bare.sitemaps, bare.platform, bare.language) == ((), (), None, None)


def test_feeds_that_are_only_linked() -> None:
    page = '<a href="/rss.xml">R</a><a href="https://q.example/feed">x</a><a href="/feedback">x</a>'
    assert find_sources(page, "https://p.example/", "").feeds == ("https://p.example/rss.xml",)


def test_odd_input_gives_an_empty_answer() -> None:
    for page in (
        "",
        "\x00",
        "<" * 1000,
        "<div>" * 50_000,
        '<link rel="alternate" href="http://[">',
    ):
        found = find_sources(page, "https://p.example/", "\ufeffSitemap:\nsitemap: http://[::1\n")
        assert found.feeds == ()
        assert found.sitemaps == ()


@pytest.mark.parametrize(
    ("host", "language", "zones", "offsets", "zone"),
    [
        ("p.example", "en", ["Asia/Manila"], [], "Asia/Manila"),
        ("p.example", "en", ["Asia/Manila", "Asia/Tokyo"], [], None),
        ("p.co.th", "en", [], ["+07:00"], "Asia/Bangkok"),
        ("p.co.th", "en", [], ["+0000"], "Asia/Bangkok"),  # UTC in dates proves nothing
        ("p.co.th", "en", [], ["+09:00"], None),  # contradicted
        ("p.com", "km", [], ["+07:00"], "Asia/Phnom_Penh"),
        ("p.com", "zh-TW", [], [], "Asia/Taipei"),
        ("p.com", "zh_HK", [], ["+08:00"], "Asia/Hong_Kong"),
        ("p.com", "en", [], ["+07:00"], None),
        ("p.tv", "en", [], [], None),
        ("p.no", "my", [], [], "Asia/Yangon"),
        ("p.in", "bn", [], [], "Asia/Kolkata"),
        ("p.com.au", "en-AU", [], ["+11:00"], "Australia/Sydney"),
        ("p.com", None, ["Asia/Nowhere"], [], None),
    ],
)
def test_time_zone(
    host: str, language: str | None, zones: list[str], offsets: list[str], zone: str | None
) -> None:
    assert guess_zone(host, language, zones, offsets) == zone
