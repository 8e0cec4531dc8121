from __future__ import annotations

from datetime import UTC, datetime

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
