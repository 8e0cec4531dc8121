from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.clean import clean, from_text, restore
from newscrawl.clean.removals import BREAK, Cutter, normal_body
from newscrawl.items import Article

LETTERS = "aก្\u200b\u200d\u200cা한中。. –(/)：\n"
PARAGRAPH = st.text(LETTERS, min_size=1, max_size=30)
CHOICE = st.tuples(st.integers(0, 40), st.integers(0, 2), st.integers(0, 40))
# lines that cleaning takes out, between lines that it does not
LINES = st.sampled_from(
    [
        "PHNOM PENH – The ferry crossed the river again on Monday after a month of repairs.",
        "By Vann Sak",
        "the_ferry_at_the_old_pier._spm.jpg",
        "ADVERTISEMENT",
        "READ: Rice barges return to the delta",
        "សាឡាង​ចម្លង​បាន​ចាប់ផ្តើម​ដំណើរការ​ឡើងវិញ​នៅ​ថ្ងៃច័ន្ទ។",
        "เรือข้ามฟากกลับมาให้บริการอีกครั้งในวันจันทร์ หลังหยุดซ่อมนานหนึ่งเดือน",
        "The harbour master said the old boat would be sold. - AFP",
        "(Reporting by A Tan; Editing by B Lim)",
        "scroll to top",
        "— The Straits Times/ANN",
        "Read also:",
        "A library on a ferry",
    ]
)


@given(st.lists(PARAGRAPH, min_size=1, max_size=8), st.lists(CHOICE, max_size=6))
def test_every_cut_can_be_undone(
    paragraphs: list[str], choices: list[tuple[int, int, int]]
) -> None:
    whole = normal_body(BREAK.join(paragraphs))
    cutter = Cutter(whole)
    for which, kind, at in choices:
        if not cutter.paragraphs:
            break
        index = which % len(cutter.paragraphs)
        size = len(cutter.paragraphs[index])
        if kind == 0 or size < 2:
            cutter.drop(index, "test")
        elif kind == 1:
            cutter.cut_start(index, 1 + at % (size - 1), "test")
        else:
            cutter.cut_end(index, 1 + at % (size - 1), "test")
    assert restore(cutter.body, cutter.removed) == whole


@given(st.lists(LINES, min_size=1, max_size=14))
def test_cleaning_can_be_undone_and_loses_no_character(lines: list[str]) -> None:
    whole = normal_body(BREAK.join(lines))
    result = clean(Article(body=whole, title="Ferry crosses again"))
    assert result.body
    assert restore(result.body, result.removed) == whole
    kept = Counter(result.body)
    for removal in result.removed:
        kept.update(removal.text)
    assert kept == Counter(whole)


@given(st.lists(LINES, min_size=1, max_size=14))
def test_cleaning_what_is_clean_changes_nothing_more_than_once(lines: list[str]) -> None:
    once = clean(Article(body=BREAK.join(lines)))
    twice = clean(once)
    assert restore(twice.body, twice.removed) == restore(once.body, once.removed)


@settings(deadline=None)  # the first text loads the tables of extraction
@given(st.lists(LINES, min_size=1, max_size=14))
def test_the_text_path_can_be_undone(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    article = from_text(text)
    assert restore(article.body, article.removed) == normal_body(text)


def test_normal_body() -> None:
    assert normal_body("  a \r\n\r\n \n\u3000b\u200b\nc\n\n\n") == "a\n\nb\u200b\nc"
    assert normal_body("\n\n") == ""
    assert normal_body("e\u0301") == "\u00e9"


def test_an_article_with_earlier_removals_restores_through_both() -> None:
    first = clean(Article(body="By Vann Sak\n\nThe ferry crossed.\n\nMany came."))
    second = clean(
        Article(body=first.body + "\n\nADVERTISEMENT\n\nAll went home.", removed=first.removed)
    )
    assert restore(second.body, second.removed).startswith("By Vann Sak\n\n")
