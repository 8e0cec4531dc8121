"""The canonical address, believed only where it is the same story, and the publisher's id."""

from __future__ import annotations

import pytest

from newscrawl.extract.dom import Document
from newscrawl.extract.identity import Canonical, read_canonical, read_publisher_id
from newscrawl.extract.structured import read_structured
from newscrawl.site import Site

HERE = "https://www.daily.example/news/2026/11/bridge-opens-48213"
SITE = Site(
    name="daily",
    title="Daily Example",
    country="KH",
    languages=("en",),
    timezone="Asia/Phnom_Penh",
    domains=("daily.example", "daily-mobile.example"),
    home="https://www.daily.example/",
    publisher_id=r"https?://[^/]+/.*-([0-9]+)$",
)


def _canonical(href: str, url: str = HERE, site: Site | None = None) -> Canonical:
    document = Document.parse(f'<link rel="canonical" href="{href}"><h1>Bridge opens</h1>', url)
    return read_canonical(document, read_structured(document), "Bridge opens", site)


@pytest.mark.parametrize(
    "href",
    [
        HERE,
        "/news/2026/11/bridge-opens-48213",
        "http://daily.example/news/2026/11/bridge-opens-48213/",
        "https://m.daily.example/local/bridge-opens-48213.html",
        "https://daily.example/48213",
        HERE + "?utm_source=x",
    ],
)
def test_the_same_story_elsewhere_on_the_site_is_believed(href: str) -> None:
    found = _canonical(href)
    assert found.url is not None
    assert found.doubt is None


@pytest.mark.parametrize(
    ("href", "doubt"),
    [
        ("/", "canonical_home"),
        ("https://www.daily.example/news/2026/10/minister-resigns-41111", "canonical_other"),
        ("https://www.daily.example/news/a.html", "canonical_other"),
        ("https://paper.example/world/bridge-opens", "canonical_elsewhere"),
        ("javascript:alert(1)", "canonical_invalid"),
        ("http://localhost/x", "canonical_invalid"),
    ],
)
def test_another_address_is_not_believed(href: str, doubt: str) -> None:
    found = _canonical(href)
    assert found.url is None
    assert found.doubt == doubt


def test_a_canonical_on_another_site_is_evidence_of_the_origin() -> None:
    found = _canonical("https://paper.example/world/bridge-opens")
    assert found.origin_url == "https://paper.example/world/bridge-opens"
    assert _canonical("https://paper.example/").origin_url is None


def test_all_domains_of_a_site_are_the_site() -> None:
    href = "https://daily-mobile.example/story/bridge-opens-48213"
    assert _canonical(href).url is None
    assert _canonical(href, site=SITE).url == href


def test_the_sites_id_decides_where_it_is_known() -> None:
    assert _canonical("https://daily.example/x/y-48213", site=SITE).url is not None
    assert _canonical("https://daily.example/x/bridge-opens-99999", site=SITE).url is None


def test_a_page_without_declaration_has_none() -> None:
    document = Document.parse("<h1>x</h1>", HERE)
    assert read_canonical(document, read_structured(document), "x", None) == Canonical()


@pytest.mark.parametrize(
    ("html", "url", "site", "value", "source"),
    [
        ("", HERE, SITE, "48213", "site:publisher_id"),
        ('<meta name="article_id" content="A-77">', HERE, None, "A-77", "meta:article_id"),
        ('<body class="single postid-312 x">', HERE, None, "312", "class:postid"),
        ('<link rel="shortlink" href="/?p=9981">', HERE, None, "9981", "link:shortlink"),
        ('<article id="post-5512"><p>x</p></article>', HERE, None, "5512", "id:article"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
            '"identifier":{"@type":"PropertyValue","value":"q9"}}</script>',
            HERE, None, "q9", "jsonld:identifier",
        ),
    ],
)  # fmt: skip
def test_the_publishers_id(html: str, url: str, site: Site | None, value: str, source: str) -> None:
    document = Document.parse(html, url)
    found = read_publisher_id(document, read_structured(document), site)
    assert found is not None
    assert (found.value, found.source) == (value, source)


def test_no_id_is_invented() -> None:
    document = Document.parse('<meta name="article_id" content="<b> no id </b>">', HERE)
    assert read_publisher_id(document, read_structured(document), None) is None
