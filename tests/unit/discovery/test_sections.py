"""Section pages: the links to articles, their evidence, and the next page."""

from __future__ import annotations

import time
from datetime import date

import pytest

from newscrawl.discovery import archive_urls, dated_url, page_url, read_section
from newscrawl.discovery.archive_pages import following_page, page_number
from newscrawl.items import Via
from newscrawl.site import Listing, Site

URL = "https://p.example/national/"
SITE = Site(
    name="p",
    title="P",
    country="KH",
    languages=("km",),
    timezone="Asia/Phnom_Penh",
    domains=("p.example",),
    home="https://p.example/",
)
PAGE = """<!doctype html><html><head><title>National</title></head><body>
<header><a href="/">Home</a></header>
<nav><ul><li><a href="/national/">National</a></li><li><a href="/business/">Business</a></li>
<li><a href="/2026/01/01/how-to-use-this-site">Help</a></li></ul></nav>
<main>
<article><a href="/2026/11/10/roads"><img src="x.jpg"></a>
 <h2><a href="/2026/11/10/roads#top">ក្រុងអនុម័តថវិកាផ្លូវ</a></h2>
 <time datetime="2026-11-10T08:30:00+07:00">today</time></article>
<article>
 <h2><a href="https://p.example/council-votes">The council votes at night for its roads</a></h2>
 <time datetime="2026-11-09">yesterday</time></article>
<div class="promo"><a href="https://other.example/2026/11/10/advert-here">Advert elsewhere</a>
</div>
<a href="/tag/roads">roads</a><a href="/author/vann">Vann</a><a href="javascript:x()">x</a>
<a href="/files/2026/11/10/budget.pdf">Budget</a><a href="/login?next=/2026/11/10/roads">Log in</a>
</main>
<div><a href="/2026/11/10/roads-page-2">2</a></div>
<div class="pagination"><a href="?page=1">1</a><a rel="next" href="?page=2">more</a></div>
<footer><a href="/about-us">About us</a></footer></body></html>"""


def test_links_without_a_listing() -> None:
    reading = read_section(PAGE, URL, SITE)
    assert [x.url for x in reading.candidates] == [
        "https://p.example/2026/11/10/roads",
        "https://p.example/council-votes",
    ]
    first, second = reading.candidates
    assert (first.via, first.site, first.source_url) == (Via.SECTION, "p", URL)
    assert first.title == "ក្រុងអនុម័តថវិកាផ្លូវ"
    assert first.published_raw == "2026-11-10T08:30:00+07:00"
    assert second.published_raw == "2026-11-09"
    assert reading.next_url == "https://p.example/national/?page=2"
    assert reading.problems == ()


LISTING = Listing(
    url="https://p.example/national/page/{page}/",
    first_url=URL,
    item="article",
    link="h2 > a",
    title="h2",
    published="time::attr(datetime)",
    section="National",
    max_pages=3,
)


def test_links_by_selectors() -> None:
    reading = read_section(PAGE, URL, SITE, LISTING)
    assert [x.url for x in reading.candidates] == [
        "https://p.example/2026/11/10/roads",
        "https://p.example/council-votes",
    ]
    assert [x.published_raw for x in reading.candidates] == [
        "2026-11-10T08:30:00+07:00",
        "2026-11-09",
    ]
    assert {x.section for x in reading.candidates} == {"National"}
    assert reading.next_url == "https://p.example/national/page/2/"


def test_selectors_that_no_longer_match_are_told_and_made_up_for() -> None:
    gone = Listing(url=URL, item=".gone")
    reading = read_section(PAGE, URL, SITE, gone)
    assert len(reading.candidates) == 2
    assert [x.word for x in reading.problems] == ["selector_no_match"]
    wrong = read_section(PAGE, URL, SITE, Listing(url=URL, item="article >>> ]["))
    assert len(wrong.candidates) == 2
    assert "bad_selector" in [x.word for x in wrong.problems]


@pytest.mark.parametrize("item", ["h2", "h2 a", "article h2 > a[href]"])
def test_an_item_may_be_the_link_or_hold_it(item: str) -> None:
    reading = read_section(PAGE, URL, SITE, Listing(url=URL, item=item))
    assert len(reading.candidates) == 2


def test_the_sites_pattern_decides() -> None:
    from dataclasses import replace

    site = replace(SITE, article=r"https://p\.example/[a-z-]+$", not_article=r".*/business")
    reading = read_section(PAGE, URL, site)
    assert "https://p.example/council-votes" in [x.url for x in reading.candidates]
    assert all("/business" not in x.url for x in reading.candidates)


def test_pages_of_a_listing() -> None:
    assert page_url(LISTING, 1) == URL
    assert page_url(LISTING, 3) == "https://p.example/national/page/3/"
    assert page_number(LISTING, URL.rstrip("/")) == 1
    assert page_number(LISTING, "https://p.example/national/page/12") == 12
    assert page_number(LISTING, "https://p.example/other") is None
    assert following_page(LISTING, "https://p.example/national/page/2/") == page_url(LISTING, 3)
    assert following_page(LISTING, "https://p.example/national/page/3/") is None
    assert following_page(LISTING, "https://p.example/moved", 2) == page_url(LISTING, 3)


def test_dated_archives() -> None:
    template = "https://p.example/{yyyy}/{mm}/{dd}/"
    pages = list(archive_urls(template, date(2026, 2, 27), date(2026, 3, 1)))
    assert [x for _, x in pages] == [
        "https://p.example/2026/03/01/",
        "https://p.example/2026/02/28/",
        "https://p.example/2026/02/27/",
    ]
    months = list(
        archive_urls("https://p.example/{yyyy}-{m}", date(2025, 12, 30), date(2026, 2, 2))
    )
    assert months == [
        (date(2026, 2, 1), "https://p.example/2026-2"),
        (date(2026, 1, 1), "https://p.example/2026-1"),
        (date(2025, 12, 1), "https://p.example/2025-12"),
    ]
    listing = Listing(url=template + "page/{page}/")
    first = page_url(Listing(url=dated_url(listing.url, date(2026, 11, 10))), 1)
    assert first == "https://p.example/2026/11/10/page/1/"
    assert following_page(listing, first) == "https://p.example/2026/11/10/page/2/"


@pytest.mark.parametrize(
    ("markup", "word"),
    [("", "empty"), ("<p>nothing here</p>", "no_links"), ("<<<>>>", "no_links")],
)
def test_nothing_found_is_told(markup: str, word: str) -> None:
    reading = read_section(markup, URL, SITE)
    assert reading.candidates == ()
    assert reading.next_url is None
    assert word in [x.word for x in reading.problems]


def test_floods_are_bounded() -> None:
    links = "".join(f'<a href="/none/{n}-a-story-about-roads">x</a>' for n in range(30_000))
    start = time.process_time()
    reading = read_section(f"<html><body>{links}</body></html>", URL, SITE)
    assert len(reading.candidates) == 1000
    assert "too_many_links" in [x.word for x in reading.problems]
    deep = "<div>" * 100_000 + '<a href="/2026/11/10/the-control-story">Control story here</a>'
    reading = read_section(deep, URL, SITE)
    assert [x.url for x in reading.candidates] == ["https://p.example/2026/11/10/the-control-story"]
    assert "too_deep" in [x.word for x in reading.problems]
    assert time.process_time() - start < 10
