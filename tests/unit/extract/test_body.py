"""Bodies out of whole pages: what enters, what stays out, and what never breaks."""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from newscrawl.extract.body import Body, chosen_blocks, extract_body
from newscrawl.extract.dom import Document
from newscrawl.extract.page_memory import PageMemory
from newscrawl.site import Layout

sys.path.insert(0, str(Path(__file__).parent))
from news_pages import CHINESE, ENGLISH, KHMER, STORIES, modern_page, table_page


def body(html, **given) -> Body:
    return extract_body(Document.parse(html, "https://courier.example/a"), **given)


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.lang)
def test_a_modern_page_gives_its_paragraphs_and_nothing_else(story):
    found = body(modern_page(story))
    assert found.paragraphs == story.paragraphs
    assert found.source == "blocks"
    assert found.confidence > 0.8


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.lang)
def test_line_breaks_in_layout_tables_are_paragraphs(story):
    assert body(table_page(story)).paragraphs == story.paragraphs


def test_headings_lists_quotations_and_tables_stay_in_reading_order():
    parts = ENGLISH.paragraphs
    inner = (
        f"<p>{parts[0]}</p><h2>Who goes first</h2><p>{parts[1]}</p>"
        "<ul><li>Fruit and vegetables from the northern hills</li>"
        "<li>Fish from the lower river, packed in ice</li></ul>"
        f"<blockquote><p>{parts[2]}</p></blockquote><p>{parts[3]}</p><p>{parts[4]}</p>"
    )
    assert body(modern_page(ENGLISH, inner)).paragraphs == (
        parts[0],
        "Who goes first",
        parts[1],
        "Fruit and vegetables from the northern hills",
        "Fish from the lower river, packed in ice",
        *parts[2:],
    )


def test_a_brief_of_twenty_khmer_words_is_an_article():
    brief = (KHMER.paragraphs[0],)
    assert body(modern_page(KHMER, f"<p>{brief[0]}</p>")).paragraphs == brief


def test_pointers_boxes_and_paywalls_within_the_text_stay_out():
    parts = ENGLISH.paragraphs
    inner = (
        f"<p>{parts[0]}</p><p><b>Read more: <a href=/x>Dock workers vote on shifts</a></b></p>"
        f"<p>{parts[1]}</p><div class=related-inline><h4>Related</h4><ul><li><a href=1>Rain "
        f"delays the race</a></li><li><a href=2>Boats for sale</a></li></ul></div><p>{parts[2]}</p>"
        f"<p>{parts[3]}</p><p>{parts[4]}</p><div class=paywall><p>Subscribe now to continue "
        "reading this article. Already a subscriber? Log in.</p></div>"
    )
    assert body(modern_page(ENGLISH, inner)).paragraphs == parts


def test_the_entries_of_a_live_blog_stay_in_order_with_their_headings():
    inner = "".join(
        f"<div class=live-entry><h3>Update {n}: boats leave</h3><p>{p}</p></div>"
        for n, p in enumerate(ENGLISH.paragraphs)
    )
    found = body(modern_page(ENGLISH, inner)).paragraphs
    assert found[1::2] == ENGLISH.paragraphs
    assert found[0] == "Update 0: boats leave"


def test_captions_are_the_article_of_a_gallery():
    inner = "".join(
        f"<figure class=gallery-item><img src={n}.jpg><figcaption>{p}</figcaption></figure>"
        for n, p in enumerate(ENGLISH.paragraphs)
    )
    assert body(modern_page(ENGLISH, inner)).paragraphs == ENGLISH.paragraphs


def test_the_cells_of_a_row_stand_on_one_line():
    parts = ENGLISH.paragraphs
    rows = "<tr><th>Port</th><th>Boats</th></tr><tr><td>Lomtay</td><td>12</td></tr>"
    inner = f"<p>{parts[0]}</p><table>{rows}</table>" + "".join(f"<p>{p}</p>" for p in parts[1:])
    found = body(modern_page(ENGLISH, inner)).paragraphs
    assert found == (parts[0], "Port\tBoats", "Lomtay\t12", *parts[1:])


def test_a_text_that_is_printed_twice_is_kept_once():
    parts = ENGLISH.paragraphs
    assert len(parts[0]) >= 100
    text = "".join(f"<p>{p}</p>" for p in parts)
    found = body(modern_page(ENGLISH, f"<div class=text>{text}</div><div class=text>{text}</div>"))
    assert [p for p in found.paragraphs if len(p) >= 100] == [p for p in parts if len(p) >= 100]


def test_of_a_text_in_doubt_more_than_the_surest_line_is_taken():
    p, like = np.array([0.05, 0.6, 0.4, 0.45, 0.1]), np.zeros(5)
    size = np.array([90.0, 40, 400, 500, 90])
    assert chosen_blocks(p, like, size, 0.5, modern=True).tolist() == [
        False,
        True,
        True,
        True,
        False,
    ]
    size[1] = 2000
    assert chosen_blocks(p, like, size, 0.5, modern=True).tolist() == [
        False,
        True,
        False,
        False,
        False,
    ]


def test_text_directly_in_a_div():
    text = " ".join(ENGLISH.paragraphs)
    assert body(modern_page(ENGLISH, text)).paragraphs == (text,)


def test_the_code_points_of_the_text_are_those_of_the_page():
    text = "ව්‍යාපෘතිය සඳහා ශ්‍රී ලංකා රුපියල් කෝටි විසි දෙකක් වැය වන බව ඇමතිවරයා පැවසීය. " * 3
    found = body(modern_page(ENGLISH, f"<p>{text}</p>"))
    assert found.text == text.strip()


def test_layout_selectors_go_first_and_exclude_what_they_exclude():
    html = (
        modern_page(ENGLISH)
        .replace("article-body", "zz1")
        .replace(
            "</article>",
            "<div class=promo2><p>Our app is free this week. Get it now.</p></div></article>",
        )
    )
    layout = Layout(body=("div.zz1",), exclude=("div.zz1 p:last-child",))
    found = body(html, layout=layout)
    assert found.source == "layout"
    assert found.paragraphs == ENGLISH.paragraphs[:-1]


def test_the_headline_above_the_body_that_a_site_names_is_no_line_of_it():
    """Pages without a viewport declaration keep it; a site's rule knows better."""
    headline = ENGLISH.headline
    text = "".join(f"<p>{p}</p>" for p in ENGLISH.paragraphs)
    html = f"<title>{headline}</title><h1>{headline}</h1><div class=zz1>{text}</div>"
    assert body(html).paragraphs == (headline, *ENGLISH.paragraphs)
    assert body(html, layout=Layout(body=("div.zz1",))).paragraphs == ENGLISH.paragraphs


def test_a_layout_that_matches_nothing_is_flagged_and_the_model_decides():
    found = body(modern_page(ENGLISH), layout=Layout(body=("div.gone", "p[")))
    assert found.paragraphs == ENGLISH.paragraphs
    assert "layout_missed" in found.flags


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">{"props":{"article":%s}}</script>',
        "<script>Fusion.globalContent=%s;Fusion.x={};</script>",
        "<script>window.__STATE__ = {\"page\":%s};</script>",
    ],
)  # fmt: skip
def test_text_that_stands_only_in_a_script(script):
    state = {
        "headlines": {"basic": ENGLISH.headline},
        "content_elements": [{"type": "text", "content": p} for p in ENGLISH.paragraphs],
        "related_content": [{"type": "text", "content": "Other story. " * 200}],
    }
    page = f"<title>{ENGLISH.headline}</title><div id=app></div>" + script % json.dumps(state)
    found = body(page)
    assert found.paragraphs == ENGLISH.paragraphs
    assert found.source == "embedded"


def test_jsonld_is_the_last_resort():
    page = f"<title>{ENGLISH.headline}</title><div id=app></div>"
    found = body(page, article_body="\n".join(ENGLISH.paragraphs))
    assert (found.source, found.paragraphs) == ("jsonld", ENGLISH.paragraphs)


def test_blocks_that_recur_on_the_host_are_left_out():
    house = "The River Courier has reported from both banks of the river since the year 1921."
    memory = PageMemory()
    for number in range(4):
        text = "".join(f"<p>{p} No. {number}.</p>" for p in ENGLISH.paragraphs)
        page = modern_page(ENGLISH, f"{text}<p>{house}</p>")
        document = Document.parse(page, f"https://courier.example/{number}")
        found = extract_body(document, memory=memory)
    assert house not in found.paragraphs
    assert len(found.paragraphs) == len(ENGLISH.paragraphs)


def test_the_memory_does_not_erase_a_story_seen_under_other_addresses():
    memory = PageMemory()
    for number in range(5):
        document = Document.parse(modern_page(CHINESE), f"https://courier.example/?p={number}")
        found = extract_body(document, memory=memory)
    assert found.paragraphs == CHINESE.paragraphs


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "\x00",
        "<p>",
        "<plaintext>" + "<p>text</p>" * 1000,
        "<div>" * 100_000,
        "<p>" + "word " * 2_000_000,
        "<br>" * 50_000,
        "<table>" * 5_000 + "x",
        "<p>a</p>" * 30_000,
        "<article>" * 3_000 + "<p>text</p>",
        "<a href=x>" * 10_000 + "x",
        '<script>{"body": "' + "[" * 100_000 + "</script>",
        "<script>x = " + '{"a":' * 50_000 + "</script>",
    ],
    ids=lambda h: f"{h[:12]}..{len(h)}",
)
def test_nothing_raises_or_takes_long(html):
    started = time.process_time()
    found = body(html, title="A title", description="A description of it", article_body="x")
    assert isinstance(found, Body)
    assert time.process_time() - started < 4


def test_truncation_is_flagged():
    assert "truncated_by_limit" in body("<p>a b c</p>" * 30_000).flags
