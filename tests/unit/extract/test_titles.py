"""The headline among all that could be it."""

from __future__ import annotations

import pytest

from newscrawl.extract.dom import Document
from newscrawl.extract.structured import read_structured
from newscrawl.extract.titles import choose_title, headline_element, title_parts

URL = "https://daily.example/news/2026/11/bridge-opens"


def _title(html: str, *names: str) -> str:
    document = Document.parse(html, URL)
    chosen = choose_title(document, read_structured(document), names)
    return chosen.text if chosen else ""


BODY = "<article>{h}<p>A first paragraph of the story with enough words to be one.</p></article>"


@pytest.mark.parametrize(
    ("page_title", "headline"),
    [
        ("Old bridge opens again | The Daily Example", "Old bridge opens again"),
        ("Old bridge opens again - Local - The Daily Example", "Old bridge opens again"),
        ("ស្ពានចាស់បើកឡើងវិញ | កាសែត", "ស្ពានចាស់បើកឡើងវិញ"),
        ("旧桥今日重新开放_每日新闻网", "旧桥今日重新开放"),
        ("สะพานเก่าเปิดอีกครั้ง - ข่าวประจำวัน", "สะพานเก่าเปิดอีกครั้ง"),
    ],
)
def test_the_site_name_is_cut_from_the_page_title(page_title: str, headline: str) -> None:
    h1 = BODY.format(h=f"<h1>{headline}</h1>")
    assert _title(f"<title>{page_title}</title>{h1}") == headline


def test_the_logo_is_no_headline() -> None:
    html = (
        '<title>Old bridge opens again | Daily Example</title><meta property="og:site_name"'
        ' content="Daily Example"><header class="masthead"><h1 class="logo"><a href="/">Daily'
        ' Example</a></h1></header><article><h2 class="entry-title">Old bridge opens'
        " again</h2><p>A first paragraph of the story with enough words to be one.</p></article>"
    )
    assert _title(html) == "Old bridge opens again"


def test_json_ld_and_h1_win_over_a_social_title() -> None:
    html = (
        '<meta property="og:title" content="You will not believe this bridge"><script type='
        '"application/ld+json">{"@type":"NewsArticle","headline":"Old bridge opens again"}</script>'
    ) + BODY.format(h="<h1>Old bridge opens again</h1>")
    document = Document.parse(html, URL)
    chosen = choose_title(document, read_structured(document))
    assert chosen is not None
    assert chosen.text == "Old bridge opens again"
    assert chosen.conflict


def test_ruby_readings_are_left_out() -> None:
    ruby = "<ruby>橋<rt>はし</rt></ruby>が<ruby>開通<rt>かいつう</rt></ruby>"
    html = f"<title>橋が開通</title><h1>{ruby}</h1>"
    assert _title(html) == "橋が開通"


def test_a_bare_h1_and_no_title_at_all() -> None:
    assert _title("<h1>Only this</h1><p>Text</p>") == "Only this"
    assert _title("<p>Text without any headline</p>") == ""


def test_parts_of_a_title() -> None:
    parts = dict(title_parts("A - B | C"))
    assert {"A", "B", "C", "A - B", "B | C"} <= set(parts)
    assert "without_last" in parts["A - B"]
    assert title_parts("Covid-19 in Phnom Penh") == []


def test_the_element_that_prints_the_headline_is_found() -> None:
    html = "<h1>Daily</h1><h2>Bridge  opens</h2>"
    document = Document.parse(html, URL)
    found = headline_element(document, read_structured(document), "Bridge opens")
    assert document.tags[found] == "h2"
    assert document.tags[headline_element(document, read_structured(document), "x")] == "h1"
