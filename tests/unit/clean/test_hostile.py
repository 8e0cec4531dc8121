"""Cleaning of text that somebody made to break it: it ends soon, never raises, loses nothing."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.clean import byline_of, clean, clean_authors, restore, split_caption
from newscrawl.clean.removals import normal_body
from newscrawl.items import Article

SEEDS = [
    *(
        "A ",
        "A",
        "AA-",
        "(((",
        "A, ",
        "- ",
        "／",
        "By ",
        "a@",
        "READ: ",
        "新华社",
        "编辑",
        "记者",
        "\u200b",
    ),
    *(
        "X (Y) ",
        "share ",
        "a.b.",
        "1 ",
        "和 ",
        "editor ",
        "staff ",
        "Photo ",
        "A. ",
        "[A] ",
        "본보 ",
    ),
]


@pytest.mark.parametrize("seed", SEEDS)
def test_repetition_costs_no_more_than_its_length(seed: str) -> None:
    for size in (60, 300, 420, 20_000):
        text = (seed * size)[:size]
        article = Article(body=f"{text}\n\nThe end of it.\n\n{text}", title=text[:200])
        start = process_time()
        result = clean(article)
        clean_authors([text])
        byline_of(text)
        split_caption(text[:1000])
        assert process_time() - start < 1.0
        assert restore(result.body, result.removed) == normal_body(article.body)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=3))
def test_any_text(body: str, names: list[str]) -> None:
    result = clean(Article(body=body, title=body[:20], authors=names, byline_raw=body[:40]))
    assert restore(result.body, result.removed) == normal_body(body)
    found = clean_authors(names)
    assert len(set(found.people)) == len(found.people)
    split_caption(body)
    byline_of(body)
