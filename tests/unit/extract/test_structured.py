"""What a page says about itself, in one record."""

from __future__ import annotations

import json

from newscrawl.extract.dom import Document
from newscrawl.extract.structured import read_structured

URL = "https://daily.example/news/2026/11/bridge-opens"


def _page(head: str = "", body: str = "") -> Document:
    return Document.parse(f"<html><head>{head}</head><body>{body}</body></html>", URL)


def _script(*nodes: dict[str, object]) -> str:
    return f'<script type="application/ld+json">{json.dumps(list(nodes))}</script>'


def test_the_object_of_this_page_is_the_article() -> None:
    related = {"@type": "NewsArticle", "headline": "Another story", "datePublished": "2020-01-01"}
    own = {"@type": "NewsArticle", "headline": "Bridge opens", "mainEntityOfPage": {"@id": URL}}
    found = read_structured(_page(_script(related, own)))
    assert found.ld("headline") == "Bridge opens"


def test_og_title_tells_the_article_among_several() -> None:
    head = '<meta property="og:title" content="Bridge opens">' + _script(
        {"@type": "Article", "headline": "Markets close lower"},
        {"@type": "Article", "headline": "Bridge opens", "articleSection": "Local"},
    )
    assert read_structured(_page(head)).ld("articleSection") == "Local"


def test_a_second_object_of_the_same_headline_fills_gaps() -> None:
    head = _script(
        {"@type": "NewsArticle", "headline": "Bridge opens", "url": URL},
        {"@type": "WebPage", "name": "Bridge opens", "isAccessibleForFree": "False"},
    )
    assert read_structured(_page(head)).article["isAccessibleForFree"] == "False"


def test_meta_names_of_all_kinds_are_read_in_lower_case() -> None:
    head = (
        '<meta property="OG:Title" content="A &amp;amp; B"><meta name="DC.creator" content="X">'
        '<meta itemprop="datePublished" content="2026-11-10"><meta http-equiv="Content-Language"'
        ' content="km"><meta name="empty" content="">'
    )
    found = read_structured(_page(head))
    assert found.first("og:title") == "A & B"
    assert found.first("missing", "dc.creator") == "X"
    assert found.first("datepublished") == "2026-11-10"
    assert found.first("content-language") == "km"
    assert found.all("empty") == []


def test_links_are_absolute_and_style_sheets_left_out() -> None:
    found = read_structured(
        _page('<link rel="canonical" href="/a"><link rel=stylesheet href=x.css>')
    )
    assert found.link("canonical") == "https://daily.example/a"
    assert len(found.links) == 1


def test_microdata_of_the_main_article_not_of_a_teaser() -> None:
    body = """
    <div class="related"><div itemscope itemtype="http://schema.org/NewsArticle">
      <h3 itemprop="headline">Teaser</h3></div></div>
    <article itemscope itemtype="https://schema.org/NewsArticle">
      <h1 itemprop="headline">Bridge <b>opens</b></h1>
      <span itemprop="author" itemscope itemtype="https://schema.org/Person">
        By <a itemprop="url" href="/u/1"><span itemprop="name">Dara Lim</span></a></span>
      <time itemprop="datePublished" datetime="2026-11-10T08:00:00+07:00">today</time>
      <div itemprop="articleBody"><p>Text.</p></div>
    </article>"""
    item = read_structured(_page("", body)).item
    assert item is not None
    assert item.first("headline") == "Bridge opens"
    assert item.first("datepublished") == "2026-11-10T08:00:00+07:00"
    assert item.items["author"][0].first("name") == "Dara Lim"


def test_an_empty_page_gives_an_empty_record() -> None:
    found = read_structured(Document.parse("", ""))
    assert found.article == {}
    assert found.first("og:title") == ""


def test_jsonld_that_a_framework_put_in_a_meta_element() -> None:
    data = json.dumps({"@type": "Article", "headline": "Bridge opens"}).replace('"', "&quot;")
    found = read_structured(_page(f'<meta name="script:ld+json" content="{data}">'))
    assert found.ld("headline") == "Bridge opens"
