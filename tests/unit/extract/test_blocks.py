"""Cutting pages into blocks of text."""

import time

import pytest

from newscrawl.extract.blocks import make_blocks
from newscrawl.extract.class_words import class_bits
from newscrawl.extract.dom import Document
from newscrawl.extract.lexicon import BIT, line_kind


def blocks(html):
    return make_blocks(Document.parse(html, ""))


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>One <b>two</b> <i>three</i></p>", ["One two three"]),
        ("<p>One<br>two<br><br>three</p>", ["One", "two", "three"]),
        ('<p>One<span class="x br"></span>two<span class="br">!</span></p>', ["One", "two!"]),
        ("<div>Before<p>Inside</p>after</div>", ["Before", "Inside", "after"]),
        ("<div>Text in a div<div></div>and more</div>", ["Text in a div", "and more"]),
        ("<p>Unclosed<p>paragraphs<li>and items", ["Unclosed", "paragraphs", "and items"]),
        ("<table><tr><td>a<td>b<tr><th>c</table>", ["a", "b", "c"]),
        ("<p>see<script>var x</script><style>p{}</style> this</p>", ["see this"]),
        ("<body><noscript><p>turn it on</p></noscript><p>x</p>", ["x"]),
        ("<template><p>no</p></template><p>x</p>", ["x"]),
        ("<p>　　全角の空白で　始まる</p>", ["全角の空白で 始まる"]),
        ("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字</p>", ["漢字"]),
        ("<p>W<a href=#>o</a>rd<wbr>s</p>", ["Words"]),
        ("<x-body>Own elements<x-par>are blocks</x-par></x-body>", ["Own elements", "are blocks"]),
        ("<p>   </p><p>&nbsp;</p><p>x</p>", ["x"]),
        ("<pre>line one\nline two</pre>", ["line one line two"]),
    ],
)  # fmt: skip
def test_text_between_block_borders(html, texts):
    assert blocks(html).texts == texts


@pytest.mark.parametrize(
    "text",
    [
        "ශ්‍රී ලංකාව",  # ZWJ
        "می‌خواهم",  # ZWNJ
        "ភាសា​ខ្មែរ",  # ZWSP
        "Donau­dampf­schiff",  # soft hyphens
        "น้ำตก และ ນ້ຳ",  # SARA AM
        "e\u0301 → é".replace("e\u0301", "é"),
    ],
)
def test_code_points_are_kept(text):
    assert blocks(f"<p>{text}</p>").texts == [text]


def test_links_bold_and_breaks_are_measured():
    b = blocks("<p><b>Bold</b> and <a href=x>a link</a> and <a href=y>more</a><br><br>next</p>")
    assert b.links == [2, 0]
    assert b.link_chars == [10, 0]
    assert b.bold_chars == [4, 0]
    assert b.breaks == [0, 2]


def test_words_of_class_names_are_understood_in_any_style():
    assert class_bits("articleBody") & BIT["x_body"]
    assert class_bits("td-post-content") & BIT["x_body"]
    assert class_bits("SIDEBAR_right") & BIT["sidebar"]
    assert class_bits("xqz") == 0


def test_bits_are_inherited_but_not_from_the_page():
    b = blocks("<html><body class=comment><div class=related><p>x</p></div><p>y</p>")
    assert b.any_bits[0] & BIT["related"]
    assert not b.any_bits[1] & BIT["related"]
    assert not b.any_bits[1] & BIT["comment"]


@pytest.mark.parametrize("line", ["Read more: a story", "» Baca juga: x", "相关新闻", "อ่านเพิ่มเติม"])
def test_lines_of_boilerplate_are_known_by_their_beginning(line):
    assert line_kind(line) > 0
    assert line_kind("The minister said on Monday that") == 0


def test_monstrous_pages_are_cut_with_a_flag(monkeypatch):
    monkeypatch.setattr("newscrawl.extract.blocks.MAX_BLOCKS", 20)
    b = blocks("<p>x</p>" * 30)
    assert b.truncated
    assert len(b) == 20


def test_the_depth_of_a_block_counts_inline_elements_above_it():
    b = blocks("<body><div>a<a href=x><i><p>b</p></i></a></div><p>c</p>")
    assert b.texts == ["a", "b", "c"]
    assert b.depth == [2, 5, 2]


def test_a_border_without_text_parts_blocks_as_one_with_text_does():
    assert blocks("<p>a<br><i></i><br>b<span>c</span><hr>d</p>").texts == ["a", "bc", "d"]


def test_links_that_are_no_list_stay_blocks_of_their_own():
    few = "".join(f"<li><a href=/{k}>Label {k}</a></li>" for k in range(5))
    assert len(blocks(f"<ul>{few}</ul>").texts) == 5
    many = blocks(f"<p>before</p><ul>{few}{few}</ul><p>after</p>")
    assert many.texts[0] == "before"
    assert many.links == [0, 10, 0]
    assert many.first[2] == many.last[1]


def test_blocks_deep_within_inline_elements_take_no_time():
    started = time.process_time()
    b = blocks("<b>" * 1_900 + "<p>x</p>" * 20_000)
    assert len(b) > 5_000
    assert time.process_time() - started < 3.0
