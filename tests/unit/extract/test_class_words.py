"""What the words of class names and ids say, and that it is said of any style of writing them."""

import pytest

from newscrawl.extract.class_words import (
    MAX_CHARS,
    NO_MARK,
    attribute_words,
    class_bits,
    marks_of,
    roles_of,
)
from newscrawl.extract.fact_trees import FactTrees
from newscrawl.extract.lexicon import BIT
from newscrawl.extract.roles import Role


@pytest.mark.parametrize(
    ("value", "role"),
    [
        ("ArticleTitle", Role.TITLE),
        ("article__title", Role.TITLE),
        ("articletitle", Role.TITLE),
        ("x1 author-bio", Role.BIO),
        ("AUTHOR", Role.BYLINE),
        ("post_tags-3", Role.TAGS),
    ],
)
def test_a_role_is_known_in_any_style(value, role):
    assert roles_of(value) & role


def test_two_words_of_two_names_are_not_one():
    assert not roles_of("author bio") & Role.TITLE
    assert roles_of("site-title") & Role.BRAND
    assert not roles_of("site title") & Role.BRAND


def test_what_was_read_is_remembered_as_it_was():
    first = attribute_words("entry-content related")
    assert first == attribute_words("entry-content related")
    assert class_bits("entry-content related") & BIT["related"]


def test_the_mark_of_an_element_is_that_of_its_class_and_its_id():
    both = {"class": "related", "id": "author"}
    class_only, id_only, neither, mark = marks_of(
        [{"class": "related"}, {"id": "author"}, {"class": None, "href": "/a"}, both]
    )
    assert class_only == attribute_words("related")
    assert id_only == attribute_words("author")
    assert neither == NO_MARK
    assert mark == tuple(a | b for a, b in zip(class_only, id_only, strict=True))


def test_what_is_behind_the_limit_is_not_looked_at():
    assert not roles_of("x " * (MAX_CHARS // 2) + "byline")


def test_a_score_does_not_hang_on_the_order_of_the_facts():
    weights = {"a": 0.1, "b": 0.2, "c": 0.3, "d": -0.6, "e": 1e16, "f": -1e16}
    model = FactTrees([[fact, weight, 0.0] for fact, weight in weights.items()])
    assert model.score(list("aebfcd")) == model.score(list("dcbafe")) == model.score(set("fedcba"))
