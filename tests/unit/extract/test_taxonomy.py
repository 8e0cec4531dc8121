"""Section and tags."""

from __future__ import annotations

from newscrawl.extract.dom import Document
from newscrawl.extract.structured import read_structured
from newscrawl.extract.taxonomy import MAX_TAGS, read_section, read_tags


def _parse(html: str) -> Document:
    return Document.parse(html, "https://a.example/news/x")


def test_section_by_order_of_trust() -> None:
    html = (
        '<meta property="article:section" content="Local &amp; Regional"><script type='
        '"application/ld+json">{"@type":"NewsArticle","headline":"x","articleSection":["Politics"]}'
        "</script>"
    )
    found = read_section(read_structured(_parse(html)))
    assert found is not None
    assert (found.value, found.source) == ("Politics", "jsonld:articleSection")


def test_the_breadcrumb_gives_the_section_but_not_home_or_the_story() -> None:
    html = (
        '<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":['
        '{"@type":"ListItem","item":{"@id":"/","name":"Home"}},{"item":{"@id":"/w","name":"World"}},'
        '{"name":"Bridge opens"}]}</script><meta property="og:title" content="Bridge opens">'
    )
    found = read_section(read_structured(_parse(html)))
    assert found is not None
    assert found.value == "World"


def test_no_section() -> None:
    html = '<meta property="article:section" content="Home">'
    assert read_section(read_structured(_parse(html))) is None


def test_tags_are_cut_and_not_repeated() -> None:
    html = '<meta property="article:tag" content="ASEAN, trade"><meta property="article:tag"'
    html += ' content="Trade;Khmer，ព្រៃវែង">'
    document = _parse(html)
    tags, source = read_tags(document, read_structured(document))
    assert tags == ["ASEAN", "trade", "Khmer", "ព្រៃវែង"]
    assert source == "meta:article:tag"


def test_printed_tags_not_those_of_asides() -> None:
    html = (
        '<div class="post-tags"><a href="/tag/asean" rel="tag">#ASEAN</a> <a href="/tag/a">Trade'
        '</a></div><aside><div class="tags"><a href="/tag/z" rel="tag">Other</a></div></aside>'
    )
    document = _parse(html)
    assert read_tags(document, read_structured(document)) == (["ASEAN", "Trade"], "class:tags")


def test_limits() -> None:
    many = ",".join(f"tag {n}" for n in range(5_000))
    document = _parse(f'<meta name="keywords" content="{many},{"x" * 500}">')
    tags, _ = read_tags(document, read_structured(document))
    assert len(tags) == MAX_TAGS
