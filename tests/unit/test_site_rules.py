"""Rules on pages: what holds, what does not, and where the text stands now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.site import Layout, Site
from newscrawl.site_rules import Known, check_rules, css_path, nearest, select

SITE = Site(
    name="harbour",
    title="Harbour Gazette",
    country="LK",
    languages=("si",),
    timezone="Asia/Colombo",
    domains=("harbour.example",),
    home="https://harbour.example/",
    discover=True,
    layouts=(
        Layout(
            title=("h1.head", "h1"),
            byline=(".by",),
            body=("div.story p",),
            published=("time::attr(datetime)",),
        ),
        Layout(title=("h2.old",), body=("#old p",), until=date(2020, 12, 31)),
    ),
)
HTML = """<html><head><script>var t = "වැව් පහක්";</script></head><body><nav>Menu</nav>
<h1 class="head">වැව් පහක් යළි</h1><span class="by">By A. Perera</span>
<time datetime="2026-11-02T06:00+05:30">2 Nov</time>
<div class="story"><p>First paragraph of the story, long enough to be one.</p>
<p>ගම්මාන හතරක වැසියෝ එකතු වී වැව් පහක් ප්‍රතිසංස්කරණය කර ඇත.</p></div></body></html>"""
KNOWN = Known(
    title="වැව් පහක් යළි",
    byline=("A. Perera",),
    body=(
        "First paragraph of the story, long enough to be one.",
        "ගම්මාන හතරක වැසියෝ එකතු වී වැව් පහක් ප්‍රතිසංස්කරණය කර ඇත.",
    ),
    published=date(2026, 11, 2),
)


def test_rules_that_hold() -> None:
    assert check_rules(SITE, HTML, KNOWN) == []


def test_a_site_without_layouts_has_no_rules() -> None:
    assert check_rules(replace(SITE, layouts=()), "<p>x</p>", KNOWN) == []


def test_a_renamed_container_is_found_again() -> None:
    (failure,) = check_rules(SITE, HTML.replace('class="story"', 'class="text-2"'), KNOWN)
    assert failure.rule == "layouts[1].body"
    assert failure.reason == "gives nothing"
    assert failure.nearest == "div.text-2 p"
    assert failure.nearest_text.startswith("First paragraph")


def test_a_moved_headline_and_a_wrong_text() -> None:
    html = HTML.replace("<h1", "<h3").replace("</h1>", "</h3>")
    html = html.replace("<nav>Menu</nav>", "<nav><h1>Harbour Gazette</h1></nav>")
    (failure,) = check_rules(SITE, html, KNOWN)
    assert failure.rule == "layouts[1].title"
    assert failure.reason == "gives something else: 'Harbour Gazette'"
    assert failure.nearest == "h3.head"


def test_lost_paragraphs_are_counted() -> None:
    html = HTML.replace("<p>ගම්මාන", "</div><div class='more'><p>ගම්මාන")
    (failure,) = check_rules(SITE, html, KNOWN)
    assert failure.reason == "misses 1 of 2"
    assert failure.nearest == "div.more p"


def test_what_a_machine_learned_need_not_match_wholly() -> None:
    extra = replace(KNOWN, body=(*KNOWN.body, "Share"), sure=False)
    assert check_rules(SITE, HTML, extra) == []
    assert check_rules(SITE, HTML, replace(extra, sure=True))


def test_the_date_must_be_there_even_if_nothing_is_known() -> None:
    html = HTML.replace("datetime=", "data-x=")
    assert [f.rule for f in check_rules(SITE, html, Known())] == ["layouts[1].published"]


def test_the_layout_of_the_day_is_checked() -> None:
    old = '<body><h2 class="old">Headline</h2><div id="old"><p>Text.</p></div></body>'
    known = Known(title="Headline", body=("Text.",), published=date(2019, 5, 1))
    assert check_rules(SITE, old, known) == []
    later = replace(known, published=date(2026, 1, 1))
    assert {f.rule for f in check_rules(SITE, old, later)} >= {"layouts[1].title"}


def test_nothing_near_is_said_plainly() -> None:
    (failure,) = [
        f for f in check_rules(SITE, "<body><p>x</p></body>", KNOWN) if f.rule.endswith("title")
    ]
    assert failure.nearest == ""


@pytest.mark.parametrize(
    ("html", "path"),
    [
        ('<div id="main"><p class="a b c">Needle</p></div>', "div#main p.a.b"),
        ('<div id="post-48213"><p>Needle</p></div>', "div p"),
        ('<div class="css-1a2b3c4 text"><p>Needle</p></div>', "div.text p"),
        ('<h1 class="hTLjLh head-line"><b>Needle</b></h1>', "h1.head-line b"),
        ("<section><div><ul><li>Needle</li></ul></div></section>", "ul li"),
    ],
)
def test_paths_are_short_and_free_of_page_numbers(html: str, path: str) -> None:
    tree = LexborHTMLParser(f"<body>{html}</body>")
    node = nearest(tree, "Needle")
    assert node is not None
    assert css_path(node) == path
    assert tree.css_first(path).text() == "Needle"


def test_text_of_scripts_is_no_text() -> None:
    tree = LexborHTMLParser("<body><script>Needle</script><p>Needles and pins</p></body>")
    node = nearest(tree, "Needle")
    assert node is not None
    assert node.tag == "p"
    assert select(tree, "body") == ["Needles and pins"]


def test_of_equal_elements_the_first_is_nearest() -> None:
    html = "<body><h1><a>Needle</a></h1><aside><span>Needle</span></aside></body>"
    node = nearest(LexborHTMLParser(html), "Needle")
    assert node is not None
    assert node.tag == "a"
