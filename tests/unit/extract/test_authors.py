"""Who wrote it, settled from all statements of a page."""

from __future__ import annotations

import pytest

from newscrawl.extract.authors import settle_authors, shape_of
from newscrawl.extract.bylines import lines_of, read_bylines
from newscrawl.extract.dom import Document
from newscrawl.extract.structured import read_structured
from newscrawl.extract.titles import headline_element

URL = "https://daily.example/news/2026/11/bridge-opens"
TEXT = "<p>A first paragraph of the story with enough words to be one.</p>" * 3


def _authors(html: str, *names: str) -> list[str]:
    document = Document.parse(html, URL)
    structured = read_structured(document)
    headline = headline_element(document, structured, "Bridge opens")
    found = settle_authors(
        document, structured, None, names, headline=headline, title="Bridge opens"
    )
    return list(found.people) if found else []


def _ld(authors: str) -> str:
    return (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge opens",'
        f'"author":{authors}}}</script><h1>Bridge opens</h1>{TEXT}'
    )


@pytest.mark.parametrize(
    ("html", "people"),
    [
        (_ld('{"@type":"Person","name":"Sokha Vann"}'), ["Sokha Vann"]),
        (_ld('[{"name":"Sokha Vann"},{"name":"Mina Lim"}]'), ["Sokha Vann", "Mina Lim"]),
        (_ld('"By Sokha Vann and Mina Lim"'), ["Sokha Vann", "Mina Lim"]),
        (_ld('{"@type":"Organization","name":"Reuters"}'), []),
        (_ld('{"@type":"Person","name":"Staff Reporter"}'), []),
        (_ld("null"), []),
        (
            _ld('{"@type":"Person","name":"Reuters"}').replace("</h1>", "</h1><p>Real Madrid</p>"),
            [],
        ),
        (
            '<h1>Bridge opens</h1><div class="flex items-center"><div><p>By</p><p>Sokha Vann</p>'
            f"<p>Chief Architect</p></div></div>{TEXT}",
            ["Sokha Vann"],
        ),
        (f"<h1>Bridge opens</h1>{TEXT}<p>水位下降。（王小明／台北報導）</p>", ["王小明"]),
        (
            '<h1>Bridge opens</h1><div class="byline">By <a href="/author/sokha-vann">Sokha Vann'
            f"</a></div>{TEXT}",
            ["Sokha Vann"],
        ),
        (
            '<h1>Bridge opens</h1><div class="meta"><span>Reporter : Sokha Vann</span><span class='
            f'"on">Publication date 21 October 2026 | 06:30 ICT</span></div>{TEXT}',
            ["Sokha Vann"],
        ),
        (
            f'<h1>Bridge opens</h1><div class="x">By\n<span>Sokha</span> <b>Vann</b></div>{TEXT}',
            ["Sokha Vann"],
        ),
        (
            '<h1>Bridge opens</h1><p class="author-name">Sokha Vann</p><p class="author-name">'
            f"Sokha Vann</p>{TEXT}",
            ["Sokha Vann"],
        ),
        (
            f'<meta name="author" content="Sokha Vann"><h1>Bridge opens</h1>{TEXT}'
            '<aside><a rel="author" href="/author/other">Other Person</a></aside>',
            ["Sokha Vann"],
        ),
        (f'<h1>旧桥今日重新开放</h1><p class="info">作者：王小明</p>{TEXT}', ["王小明"]),
    ],
)
def test_people_are_found_once_and_in_order(html: str, people: list[str]) -> None:
    assert _authors(html) == people


def test_the_publication_is_not_its_author() -> None:
    html = f'<meta name="author" content="Daily Example"><h1>Bridge opens</h1>{TEXT}'
    assert _authors(html, "Daily Example") == []


def test_a_biography_gives_no_names() -> None:
    html = (
        f'<meta name="author" content="Sokha Vann"><h1>Bridge opens</h1>{TEXT}'
        '<div class="author-bio">'
        "<p>Sokha Vann is a reporter. Before, she worked with Peter Grey and Ana Blue in Siem Reap."
        "</p></div>"
    )
    assert _authors(html) == ["Sokha Vann"]


def test_parts_of_a_byline_are_lines_unless_words_join_them() -> None:
    html = "<div><b>By</b> <a>Ann Lee</a> and <a>Bo Chan</a><span>Tech editor</span></div>"
    document = Document.parse(html, URL)
    found = lines_of(document, document.tags.index("div"))
    assert found.split("\n") == ["By Ann Lee and Bo Chan", "Tech editor"]


def test_every_source_is_read() -> None:
    html = (
        '<meta name="parsely-author" content="Ann Lee">'
        '<meta name="twitter:label1" content="Written by">'
        '<meta name="twitter:data1" content="Ann Lee"><h1>Bridge opens</h1>'
        '<a rel="author" href="/a">Ann Lee</a><span class="byline">Ann Lee</span>'
        f'<p>By Ann Lee</p>{TEXT}<div itemscope itemtype="http://schema.org/Article">'
        '<i itemprop="author">Ann Lee</i></div>'
    )
    document = Document.parse(html, URL)
    kinds = {b.kind for b in read_bylines(document, read_structured(document), 10)}
    assert {"meta_parsely", "twitter", "rel_author", "class", "marked_near", "microdata"} <= kinds


def test_shapes_need_no_spaces() -> None:
    assert "han_surname" in shape_of("王小明")
    assert "other_words_1" in shape_of("សុខា")
    assert "words_2" in shape_of("Ann Lee")


def test_institutions_are_no_chinese_or_japanese_names() -> None:
    assert "han_surname" in shape_of("金子太郎")
    for word in ("金融機関", "王子銀行", "田中公司"):
        assert "han_surname" not in shape_of(word)


def test_a_name_alone_in_the_last_paragraph_signs_the_text() -> None:
    document = Document.parse(f"<h1>Bridge opens</h1>{TEXT}<p>Đặng Phương</p>", URL)
    structured = read_structured(document)
    signed = read_bylines(document, structured, -1, "Đặng Phương")
    assert [(s.raw, s.kind) for s in signed] == [("Đặng Phương", "body_end")]
    assert not read_bylines(document, structured, -1, "The bridge opens on Monday.")
