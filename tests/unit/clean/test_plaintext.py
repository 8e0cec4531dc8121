from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.clean import from_text, restore
from newscrawl.clean.removals import normal_body
from newscrawl.items import Image

STORY = (
    "The ferry crossed the river again on Monday after a month of repairs, with the horn that the"
    " villagers had missed.",
    "“We missed the horn,” said Keo Sarom, a “retired” net maker.",
    "The old boat will be sold, the harbour master said.",
)


def test_head_lines_move_to_their_fields() -> None:
    text = "\n\n".join(
        [
            "Ferry crosses again",
            "The old boat will be sold, the harbour master said.",
            "Sok Dara",
            "Sok Dara",
            "Khmer Times",
            "the_ferry_at_the_old_pier._heng_dara.jpg",
            "The ferry at the old pier on Monday. HENG DARA",
            "November 9, 2026",
            "STUNG TRENG – " + STORY[0],
            *STORY[1:],
            "scroll to top",
        ]
    )
    article = from_text(text)
    assert article.title == "Ferry crosses again"
    assert article.standfirst == STORY[2]
    assert article.authors == ["Sok Dara"]
    assert (article.source_name, article.source_kind) == ("Khmer Times", "partner")
    assert article.dateline == "STUNG TRENG"
    assert article.published_at == datetime(2026, 11, 9, tzinfo=UTC)
    assert article.published_precision == "day"
    caption = "The ferry at the old pier on Monday."
    assert article.images == [
        Image("the_ferry_at_the_old_pier._heng_dara.jpg", caption, "HENG DARA")
    ]
    assert article.body.split("\n\n") == list(STORY)
    assert restore(article.body, article.removed) == normal_body(text)


def test_a_story_without_a_head() -> None:
    text = "\n\n".join(STORY)
    article = from_text(text)
    assert article.body == text
    assert article.title == ""


def test_a_headline_alone() -> None:
    article = from_text("\n\n".join(["Ferry crosses again", *STORY]))
    assert article.title == "Ferry crosses again"
    assert article.body == "\n\n".join(STORY)


HUB = ["Ferry crosses again", "The horn was missed."]
PICTURE = ["ferry.jpg", "The ferry at noon. [YONHAP]", "December 4, 2023"]


@pytest.mark.parametrize(
    ("head", "authors", "source", "captions"),
    [
        ([*HUB, "Sok Dara", "Sok Dara", "Dawn", *PICTURE], ["Sok Dara"], "Dawn", 1),
        (
            [*HUB, "Kim Arin and Lee Jaeeun", "Kim Arin and Lee Jaeeun", "Korea Herald", *PICTURE],
            ["Kim Arin", "Lee Jaeeun"],
            "Korea Herald",
            1,
        ),
        (
            ["Ferry crosses again", "Karma Wangdi", "Kuensel", *PICTURE],
            ["Karma Wangdi"],
            "Kuensel",
            1,
        ),
        (
            [*HUB, "Editorial Desk", "Editorial Desk", "Kuensel", "December 4, 2023"],
            [],
            "Kuensel",
            0,
        ),
        # the paper is whose story it is, also where no list knows it
        (
            [*HUB, "Reuters", "Reuters", "The Harbour Gazette", *PICTURE],
            [],
            "The Harbour Gazette",
            1,
        ),
        (
            [*HUB, "Sok Dara", "The Harbour Gazette", *PICTURE],
            ["Sok Dara"],
            "The Harbour Gazette",
            1,
        ),
    ],
)
def test_heads_of_a_hub(head: list[str], authors: list[str], source: str, captions: int) -> None:
    text = "\n\n".join([*head, f"SEOUL – {STORY[0]}", *STORY[1:], "scroll to top"])
    article = from_text(text)
    assert article.title == "Ferry crosses again"
    assert article.standfirst == (HUB[1] if HUB[1] in head else None)
    assert (article.authors, article.source_name) == (authors, source)
    assert article.body == "\n\n".join(STORY)
    assert article.dateline == "SEOUL"
    assert [(i.caption, i.credit) for i in article.images] == [
        ("The ferry at noon.", "YONHAP")
    ] * captions
    assert restore(article.body, article.removed) == text
    assert str(article.published_local)[:10] == "2023-12-04"


@pytest.mark.parametrize(
    ("lines", "tail", "authors", "source", "published"),
    [
        (["Sok Dara / Khmer Times", "December 4, 2023 6:41 am", "Share:"], ["Sok Dara/AKP/KT"],
         ["Sok Dara"], "Khmer Times", "2023-12-04 06:41:00"),
        (["December 4, 2023 20:11 GMT+700"], ["Related news: Tea is back", "Editor: Ana Cruz"],
         [], None, "2023-12-04 20:11:00"),
        (["All News 10:45 December 04, 2023", "By Kim Min-su"], ["(END)"],
         ["Kim Min-su"], None, "2023-12-04 10:45:00"),
        (["Amin Ahmed Published December 4, 2023 Updated December 5, 2023 09:11am"], [],
         ["Amin Ahmed"], None, "2023-12-04 00:00:00"),
        (["By: Ana Cruz - Reporter", "INQUIRER.net / 08:20 PM December 04, 2023"], ["READ NEXT"],
         ["Ana Cruz"], None, "2023-12-04 20:20:00"),
    ],
)  # fmt: skip
def test_heads_and_tails_of_papers(
    lines: list[str], tail: list[str], authors: list[str], source: str | None, published: str
) -> None:
    article = from_text("\n\n".join(["Ferry crosses again", *lines, *STORY, *tail]))
    assert article.body == "\n\n".join(STORY)
    assert (article.title, article.standfirst) == ("Ferry crosses again", None)
    assert (article.authors, article.source_name) == (authors, source)
    assert str(article.published_local) == published


def test_a_caption_that_could_be_a_name() -> None:
    head = [*HUB, "Sok Dara", "ferry.png", "Rows of tea", "December 4, 2023"]
    article = from_text("\n\n".join([*head, *STORY]))
    assert article.authors == ["Sok Dara"]
    assert [image.caption for image in article.images] == ["Rows of tea"]


def test_one_paragraph_a_line() -> None:
    article = from_text("\n".join(["Ferry crosses again", "By Sok Dara", *STORY]))
    assert article.title == "Ferry crosses again"
    assert article.authors == ["Sok Dara"]
    assert article.body == "\n\n".join(STORY)


def test_text_in_khmer_keeps_its_word_breaks() -> None:
    story = "សាឡាង​ចម្លង​បាន​ចាប់ផ្តើម​ដំណើរការ​ឡើងវិញ​នៅ​ថ្ងៃច័ន្ទ​ បន្ទាប់​ពី​ការ​ជួសជុល​អស់​រយៈពេល​មួយ​ខែ។"
    article = from_text(f"សាឡាង​ចម្លង​ម្តង​ទៀត\n\n{story}\n\n{story}")
    assert article.body == f"{story}\n\n{story}"
    assert article.title == "សាឡាង​ចម្លង​ម្តង​ទៀត"


def test_empty_text() -> None:
    article = from_text("  \n\n ")
    assert (article.title, article.body, article.removed) == ("", "", [])
    assert from_text("One line only.").body == "One line only."


def test_a_text_in_a_broken_encoding() -> None:
    good = "\n\n".join(["Ferry crosses again", *STORY])
    broken = good.encode().decode("latin-1")
    article = from_text(broken)
    assert article.body == "\n\n".join(STORY)
    assert "repaired_utf8_as_cp1252" in article.quality_flags
    before = restore(article.body, article.removed).split("\n\n")
    assert before[:2] == ["Ferry crosses again", STORY[0]]
    assert before[2].startswith("â")
