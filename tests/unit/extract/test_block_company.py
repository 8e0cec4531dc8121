"""What blocks and their containers have in common with others of the page."""

import numpy as np
import pytest

from newscrawl.extract.block_features import block_features
from newscrawl.extract.block_frame import Frame
from newscrawl.extract.block_text import Hints, headline_keys
from newscrawl.extract.blocks import make_blocks
from newscrawl.extract.dom import Document
from newscrawl.extract.second_look import second_look

STORY = "<article><h1>Harbour bridge reopens</h1>" + "".join(
    f"<p>The harbour bridge, paragraph {k}, reopens on Monday after a long repair.</p>"
    for k in range(4)
)
CARDS = "".join(
    f"<div class=c><p>A teaser of another and longer story, number {k}, cut off here ...</p></div>"
    for k in range(5)
)
PAGE = f"<body><main>{STORY}</article><section>{CARDS}</section></main></body>"


@pytest.fixture(scope="module")
def page():
    document = Document.parse(PAGE, "")
    blocks = make_blocks(document)
    frame = Frame(document, blocks)
    matrix, names = block_features(blocks, frame, Hints(title="Harbour bridge reopens"))
    return frame, dict(zip(names, matrix, strict=True))


def test_cards_are_twins_and_paragraphs_stand_in_one_container(page):
    _, rows = page
    assert rows["c1_twins"].tolist() == [1] * 5 + [5] * 5
    assert rows["c1_siblings"].tolist() == [2] * 5 + [5] * 5
    assert rows["s_parents"].tolist() == [1.0] + [0.25] * 4 + [1.0] * 5
    assert rows["s_grands"][5:].tolist() == pytest.approx([0.2] * 5)


def test_a_story_is_on_the_matter_of_its_headline_and_teasers_are_not(page):
    _, rows = page
    assert (rows["title_hits"][1:5] == 1).all()
    assert (rows["c2_hits"][5:] == 0).all()
    assert (rows["c1_hits"][1:5] > 1).all()
    assert rows["c1_cut_off"].tolist() == [0.0] * 5 + [1.0] * 5


def test_the_second_look_tells_what_the_first_thought_of_twins_and_siblings(page):
    frame, _ = page
    p = np.array([0.1, 0.9, 0.8, 0.9, 0.8, 0.2, 0.1, 0.2, 0.1, 0.4])
    more, names = second_look(frame, p, np.full(frame.n, 100.0))
    rows = dict(zip(names, more, strict=True))
    assert rows["2_c1_twins_p"][5:] == pytest.approx([0.2] * 5)
    assert rows["2_sib_p"][1:5] == pytest.approx([0.85] * 4)
    assert rows["2_sib_others"][5:].tolist() == [-1.0] * 5
    assert rows["2_alike_before"].tolist()[:3] == pytest.approx([-1.0, -1.0, 0.9])
    assert rows["2_alike_after"].tolist()[8:] == pytest.approx([0.4, -1.0])


@pytest.mark.parametrize(
    ("title", "size", "within"),
    [
        ("The Harbour of Cork", 5, {"harbo", "rbour"}),
        ("舊橋 今日開放", 2, {"舊橋", "今日", "日開", "開放"}),
        ("a b c", 5, set()),
        ("", 5, set()),
    ],
)
def test_pieces_of_a_headline_come_from_within_its_words(title, size, within):
    assert set(headline_keys(title, size)) == within


def test_a_long_headline_gives_few_pieces():
    assert len(headline_keys("unmistakable " * 3 + "x".join("abcdefghijklmnop" * 4), 5)) <= 24
