from __future__ import annotations

import pytest

from newscrawl.clean import Furniture, clean, restore
from newscrawl.items import Article

BOX = "River News is read in nine districts, and 12 of its reporters live on boats."
STORIES = [
    ("Ferry crosses again", "The ferry crossed the river on Monday."),
    ("Library on a boat", "A boat with four hundred books left the pier."),
    ("Rice barges return", "Rice barges were seen in the delta."),
    ("Night trains planned", "A night train will run to the coast."),
    ("Old mill reopens", "The old mill grinds again."),
]


def _page(title: str, story: str, box: str = BOX) -> Article:
    return Article(title=title, body=f"{story}\n\n{box}\n\nMore will be known on Friday, {title}.")


def _taught(number: int = 5) -> Furniture:
    furniture = Furniture()
    for title, story in STORIES[:number]:
        furniture.learn(_page(title, story))
    return furniture


def test_a_line_on_four_pages_is_furniture() -> None:
    assert not _taught(3).is_furniture(BOX)
    furniture = _taught(4)
    assert furniture.is_furniture(BOX)
    assert furniture.is_furniture(BOX.replace("12", "14").upper())
    assert not furniture.is_furniture(STORIES[0][1])
    assert furniture.lines() == [(BOX, 4)]


def test_one_story_at_many_addresses_teaches_nothing() -> None:
    furniture = Furniture()
    for _ in range(9):
        furniture.learn(_page(*STORIES[0]))
    assert furniture.lines() == []


def test_a_rare_line_of_a_large_site_is_text() -> None:
    furniture = _taught(4)
    for number in range(200):
        furniture.learn(Article(title=f"Story {number}", body=f"What was said on day {number}x."))
    assert not furniture.is_furniture(BOX)


def test_cleaning_uses_what_was_learned_and_can_be_undone() -> None:
    furniture = _taught(4)
    page = _page(*STORIES[4])
    result = clean(page, furniture=furniture)
    assert BOX not in result.body
    assert [removal.reason for removal in result.removed] == ["learned"]
    assert restore(result.body, result.removed) == page.body


def test_a_cleaned_page_still_counts() -> None:
    furniture = _taught(4)
    furniture.learn(clean(_page(*STORIES[4]), furniture=furniture))
    assert furniture.lines() == [(BOX, 5)]


def test_a_line_can_be_allowed_for_good() -> None:
    furniture = _taught()
    furniture.allow(BOX)
    again = Furniture.from_json(furniture.to_json())
    assert not again.is_furniture(BOX)
    assert again.lines() == []


def test_json_round_trip() -> None:
    furniture = _taught()
    text = furniture.to_json()
    again = Furniture.from_json(text)
    assert again.to_json() == text
    assert again.is_furniture(BOX)


@pytest.mark.parametrize(
    "text", ["{}", "[]", "not json", '{"pages":1,"allowed":[],"lines":{"a":1}}']
)
def test_bad_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Furniture.from_json(text)


def test_memory_is_bounded() -> None:
    furniture = Furniture()
    for page in range(60):
        lines = "\n\n".join(
            f"line {chr(97 + page % 26)}{chr(97 + k % 26)}{'x' * k}" for k in range(150)
        )
        furniture.learn(Article(title=f"t{page}", body=f"{BOX}\n\n{lines}{page}"))
    assert len(furniture._lines) <= 4200
    assert furniture.is_furniture(BOX)
