"""The document arrays, also for pages that are made to break parsers."""

import time

import pytest

from newscrawl.extract.dom import Document

PAGE = """<!doctype html><html><head><title>T</title><base href="/b/"></head>
<body><div id=a><p>One <b>two</b> three</p><!-- no --><p>Four</p></div><p>Five</p></body></html>"""


def parse(html):
    return Document.parse(html, "https://paper.example/a/page.html")


def test_elements_are_numbered_in_document_order_with_their_subtrees():
    doc = parse(PAGE)
    div = doc.css("#a")[0]
    inside = [doc.tags[i] for i in range(div, doc.end[div])]
    assert inside == ["div", "p", "b", "p"]
    assert all(doc.parent[i] < i for i in range(len(doc.tags)))
    assert doc.text(div) == "One two three Four"
    assert [doc.text(i) for i in doc.find("p")] == ["One two three", "Four", "Five"]


def test_a_line_break_parts_words():
    doc = parse("<i><span>River News</span><br>The bridge<b>s</b><br><br>at dawn</i>")
    assert doc.text(doc.tags.index("i")) == "River News The bridges at dawn"


def test_arrays_have_one_entry_an_element_and_comments_are_none():
    doc = parse(PAGE)
    n = len(doc.tags)
    assert {len(a) for a in (doc.attrs, doc.parent, doc.end, doc.identity, doc.text_start)} == {n}
    assert "-comment" not in doc.tags
    assert len(doc.texts) == len(doc.text_owner)


def test_links_resolve_against_the_base_element():
    assert parse(PAGE).absolute("x?y=1") == "https://paper.example/b/x?y=1"
    assert parse("<a href=z>z").absolute("z") == "https://paper.example/a/z"
    assert parse("").absolute("https://[broken") == ""


def test_selectors_that_cannot_be_read_are_value_errors():
    with pytest.raises(ValueError, match="selector"):
        parse(PAGE).css("p[")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain text", "plain text"),
        ("<p>a<p>b", "a b"),
        ("<plaintext><p>x", "<p>x"),
        ("<p>lone \ud800 half", "lone"),
        ("<p>nul \x00 byte", "nul"),
        ("<ul><li>a<li>b</ul></div></p></b>", "a b"),
    ],
)
def test_bad_markup_is_read_as_a_browser_would(html, text):
    doc = parse(html)
    assert text in doc.text(0)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "deep text",
        "<font size=1>" * 60_000 + "deep text",
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">deep text",
        "<p " + "x" * 3_000_000 + ">deep text",
        "<ul><li>" * 50_000 + "deep text",
        "<p>deep text " + "word " * 2_000_000,
    ],
    ids=["divs", "fonts", "attributes", "giant tag", "lists", "10 MB paragraph"],
)
def test_traps_take_no_time_and_keep_the_text(html):
    started = time.process_time()
    doc = parse(html)
    assert time.process_time() - started < 3
    assert "deep text" in doc.text(0)


def test_more_elements_than_are_read_are_flagged(monkeypatch):
    monkeypatch.setattr("newscrawl.extract.dom.MAX_ELEMENTS", 50)
    doc = parse("<p>x</p>" * 100)
    assert doc.truncated
    assert len(doc.tags) == 50
    assert not parse("<p>x</p>" * 10).truncated


def test_elements_are_found_by_tag_in_their_order():
    document = Document.parse("<p>a<div><p>b</div><p>c", "")
    assert document.find("p") == [i for i, tag in enumerate(document.tags) if tag == "p"]
    assert len(document.find("p")) == 3
    assert document.find("article") == []
