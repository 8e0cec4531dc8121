"""The matching form of many texts, passages, ids and fingerprints."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedup import article_id, content_hash, fingerprint, fingerprints, version_id
from newscrawl.dedup.boilerplate import Passage, passages, recurring
from newscrawl.dedup.fingerprints import GRAM, MOST, gram_hashes
from newscrawl.dedup.forms import code_points, matching_codes
from newscrawl.dedup.identity import NO_TEXT
from newscrawl.text import matching

TEXTS = (
    "The river port reopened on Monday, three days after the storm, officials said. " * 8,
    "ท่าเรือแม่น้ำเปิดให้บริการอีกครั้งในวันจันทร์ สามวันหลังพายุ เจ้าหน้าที่กล่าว " * 8,
    "កំពង់ផែទន្លេបានបើកឡើងវិញនៅថ្ងៃចន្ទ បីថ្ងៃក្រោយព្យុះ មន្ត្រីបាននិយាយ។ " * 8,
    "河港在暴风雨过后三天于周一重新开放，官员说。码头工人清理了淤泥。" * 8,
    "ගංගා වරාය සඳුදා නැවත විවෘත විය, ශ්‍රී ලංකා නිලධාරීන් පැවසූහ. " * 8,
)


def varied(seed: int, words: int = 200) -> str:
    rng = np.random.default_rng(seed)
    letters = bytes(rng.integers(97, 123, 7 * words, dtype=np.uint8)).decode()
    return " ".join(letters[i : i + 6] for i in range(0, 7 * words, 7))


@given(st.lists(st.text(max_size=60), max_size=6))
def test_matching_codes_are_the_matching_form(texts: list[str]) -> None:
    codes, starts = matching_codes(texts)
    for i, text in enumerate(texts):
        expected = matching(text.replace("\U0010ffff", ""))
        assert "".join(map(chr, codes[starts[i] : starts[i + 1]])) == expected


@given(st.text(max_size=80))
def test_passages_make_up_the_matching_form(text: str) -> None:
    codes, parts = passages(text)
    assert codes.tobytes() == code_points(matching(text)).tobytes()
    assert sum(part.chars for part in parts) == len(codes)
    assert all(part.chars for part in parts)


def test_sentences_and_lines_are_passages() -> None:
    assert len(passages("One line here.\nA second (with brackets) and 3.5 more. Third?")[1]) == 5
    assert len(passages("១. នេះ។ នោះ។")[1]) == 3


def test_gram_hashes_depend_on_the_run_only() -> None:
    codes = code_points("xxabcdefghijklmnopqrstuvwxyzyyabcdefghijklmnopqrstuvwxyz")
    for size in (1, 4, 5, 10, 24):
        hashes = gram_hashes(codes, size)
        assert len(hashes) == len(codes) - size + 1
        assert hashes[2] == hashes[30]
    assert not len(gram_hashes(codes[:5], 6))


@pytest.mark.parametrize("text", TEXTS)
def test_space_case_width_and_joiners_do_not_matter(text: str) -> None:
    other = text.upper() if text.isascii() else text
    other = other.replace(" ", "\u200b\n").replace(",", "，")
    assert content_hash(text) == content_hash(other)
    assert np.array_equal(fingerprint(text).prints, fingerprint(other).prints)


def test_a_text_has_ten_to_twenty_prints_at_any_length() -> None:
    for words in (30, 100, 1000, 10_000):
        found = [len(f.prints) for f in fingerprints([varied(i, words) for i in range(20)])]
        assert max(found) <= MOST
        assert np.mean(found) > 9
    # a text by itself and among others is the same
    texts = [varied(i, 50 + 40 * i) for i in range(30)] + list(TEXTS)
    for text, mark in zip(texts, fingerprints(texts), strict=True):
        assert np.array_equal(mark.prints, fingerprint(text).prints)


def test_half_a_text_keeps_about_half_of_its_prints() -> None:
    shared = []
    for i in range(60):
        text = varied(i, 300)
        whole, half = fingerprints([text, text[: len(text) // 2]])
        shared.append(len(np.intersect1d(whole.prints, half.prints)) / len(whole.prints))
    assert 0.35 < np.mean(shared) < 0.65
    assert np.mean([s > 0 for s in shared]) > 0.95


@pytest.mark.parametrize(
    "text",
    ["", " ", "a", "\ud800" * 100, "a" * 100_000, "ab" * 50_000, "字" * 9999, "\U0010ffff" * 50,
     "." * 5000, "x" * (GRAM - 1), "x" * GRAM]
)  # fmt: skip
def test_odd_texts_are_survived(text: str) -> None:
    assert len(fingerprint(text).prints) <= MOST
    assert len(content_hash(text)) == 32


def test_ids() -> None:
    assert content_hash("... !!!") == content_hash("") == NO_TEXT != content_hash("1")
    one = article_id("post", "https://post.example/a")
    assert len(one) == 32
    assert one != article_id("post", "https://post.example/b")
    assert one != article_id("hub", "https://post.example/a")
    assert article_id("post", "https://x.example/1", "77") == article_id(
        "post", "https://y.example", "77"
    )
    assert article_id("post", "https://x.example/1", "77") != article_id(
        "daily", "https://x.example/1", "77"
    )
    text = content_hash("Body")
    assert version_id(one, text, "Title") == version_id(one, text, "TITLE ")
    assert version_id(one, text, "Title") != version_id(one, text, "Other")


def test_recurring_passages_are_learned_from_unlike_articles_only() -> None:
    notice = Passage(-1, 40)
    unlike = [("site", f"a{i}", [Passage(i, 30), notice]) for i in range(3)]
    assert recurring(unlike) == {"site": {-1}}
    assert recurring(unlike[:2]) == {}
    assert recurring([(s, a, [*p[:1], Passage(-1, 5)]) for s, a, p in unlike]) == {}
    alike = [("site", f"a{i}", [Passage(7, 50), notice]) for i in range(5)]
    assert recurring(alike) == {}
    versions = [("site", "a", [Passage(i, 30), notice]) for i in range(5)]
    assert recurring(versions) == {}
