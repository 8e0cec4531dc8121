"""Kicker, standfirst and description."""

from __future__ import annotations

from newscrawl.extract.dom import Document
from newscrawl.extract.standfirst import read_description, read_kicker, read_standfirst
from newscrawl.extract.structured import read_structured

HTML = """<meta name="description" content="The old bridge carries traffic again after two years.">
<div class="teaser-list"><p class="teaser__kicker">Sport</p></div>
<article><p class="article-kicker">Transport:</p><h1>Bridge opens</h1>
<p class="standfirst">The old bridge carries traffic again after two years of repairs.</p>
<p>Text of the story.</p><div class="related"><p class="summary">A summary of another story that
stands beside this one.</p></div></article>"""


def test_the_lines_around_a_headline() -> None:
    document = Document.parse(HTML, "https://a.example/x")
    structured = read_structured(document)
    kicker = read_kicker(document, structured, "Bridge opens")
    standfirst = read_standfirst(document, structured, "Bridge opens")
    assert kicker is not None
    assert kicker.value == "Transport"
    assert standfirst is not None
    assert standfirst.value.startswith("The old bridge carries traffic again after two years of")
    assert read_description(structured).source == "meta:description"


def test_nothing_is_taken_for_a_standfirst() -> None:
    html = '<h1>Bridge opens today</h1><p class="lead">Bridge opens today</p><p>Text.</p>'
    document = Document.parse(html, "https://a.example/x")
    structured = read_structured(document)
    assert read_standfirst(document, structured, "Bridge opens today") is None
    assert read_kicker(document, structured, "Bridge opens today") is None
    assert read_description(structured).value == ""
