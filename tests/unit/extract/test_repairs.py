"""Broken encodings in bodies. All sentences are written for this test."""

from __future__ import annotations

from newscrawl.clean import clean, restore
from newscrawl.extract import extract
from newscrawl.extract.repairs import repair_paragraphs
from newscrawl.items import Article

GOOD = (
    "It’s a “new” road – and a café stands on it, the mayor said on Monday in front of the crowd.",
    "The bridge, “a disgrace”, was closed in May; nobody knows when the workers will come back.",
    "A plain paragraph with nothing broken in it, and with words enough to be one of a story.",
)
ZAWGYI = "သူသည္ ေက်ာင္းသို႔ သြားသည္။"


def _broken(text: str) -> str:
    """The text in UTF-8, read as windows-1252 as browsers do."""
    return "".join(bytes([b]).decode("cp1252", errors="ignore") or chr(b) for b in text.encode())


def test_what_was_repaired_can_be_undone() -> None:
    raw = [*map(_broken, GOOD[:2]), GOOD[2], ZAWGYI]
    found = repair_paragraphs(raw)
    assert found.paragraphs[:3] == GOOD
    assert found.paragraphs[3] == "သူသည် ကျောင်းသို့ သွားသည်။"
    assert found.kinds == ("utf8_as_cp1252", "zawgyi")
    body = "\n\n".join(found.paragraphs)
    before = restore(body, found.originals).split("\n\n")
    assert before[2:] == [GOOD[2], ZAWGYI]
    assert before[0] == "".join(c for c in raw[0] if not "\x80" <= c <= "\x9f")


def test_what_is_uncertain_stays_and_hinders_no_other() -> None:
    doubtful = "The sign reads â€ and nobody knows why."
    found = repair_paragraphs([_broken(GOOD[0]), doubtful])
    assert found.paragraphs == (GOOD[0], doubtful)
    assert len(found.originals) == 1


def test_good_text_has_no_record() -> None:
    assert repair_paragraphs(GOOD).originals == ()
    assert repair_paragraphs(["", " \n", "Überall Freude"]).paragraphs == ("Überall Freude",)


def test_cleaning_works_on_the_repaired_text() -> None:
    found = repair_paragraphs(["By Sok Dara", *map(_broken, GOOD), "scroll to top"])
    body = "\n\n".join(found.paragraphs)
    article = clean(Article(body=body, removed=list(found.originals)))
    assert article.body == "\n\n".join(GOOD)
    lines = restore(article.body, article.removed).split("\n\n")
    assert (lines[0], lines[3], lines[4]) == ("By Sok Dara", GOOD[2], "scroll to top")
    assert lines[1].startswith("Itâ€™s a â€œnewâ€")


def test_a_page() -> None:
    text = "".join(f"<p>{_broken(p)}</p>" for p in GOOD)
    page = f"<article><h1>{_broken('The “new” bridge opens')}</h1>{text}</article>"
    article = extract(page, "https://daily.example/2026/11/bridge-opens")
    assert article.body.split("\n\n")[-3:] == list(GOOD)
    assert article.title == "The “new” bridge opens"
    assert "repaired_utf8_as_cp1252" in article.quality_flags
