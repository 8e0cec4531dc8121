from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from newscrawl.clean import clean, restore
from newscrawl.items import Article, Image
from newscrawl.site import Site

SITE = Site(
    name="rivernews",
    title="River News",
    country="KH",
    languages=("en",),
    timezone="Asia/Phnom_Penh",
    domains=("rivernews.example",),
    home="https://rivernews.example/",
    boilerplate=("River News on air",),
)
STORY = (
    "The ferry crossed the river again on Monday after a month of repairs.",
    "“We missed the horn,” said Keo Sarom, a “retired” net maker.",
    "Editor and publisher stood on the pier – both in the rain – and waved.",
    "The old boat will be sold, the harbour master said.",
)


def _body(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def _clean(*paragraphs: str, site: Site | None = SITE, **fields: object) -> Article:
    article = Article(body=_body(*paragraphs), **fields)  # type: ignore[arg-type]
    before = (article.body, list(article.removed), list(article.authors))
    result = clean(article, site)
    assert (article.body, article.removed, article.authors) == before
    assert restore(result.body, result.removed) == article.body
    assert result.body_chars == len(result.body)
    assert result.paragraphs == len(result.body.split("\n\n"))
    return result


def _reasons(article: Article) -> list[str]:
    return [removal.reason for removal in article.removed]


def test_a_dateline_in_a_line_of_its_own() -> None:
    result = _clean("SANKHUWASABHA, NOV 13", *STORY)
    assert result.body == _body(*STORY)
    assert (result.dateline, _reasons(result)) == ("SANKHUWASABHA", ["dateline"])
    assert _clean("Friday, Nov 13 and its storms", *STORY).dateline is None
    below = _clean("Ferry sails again", "LAHORE:", *STORY, title="Ferry sails again")
    assert below.body == _body("Ferry sails again", *STORY)
    assert below.dateline == "LAHORE"


def test_a_city_that_no_list_knows() -> None:
    first = "PIROJGARH: Three springs were opened in Pirojgarh on Sunday."
    result = _clean(first, *STORY)
    assert result.dateline == "PIROJGARH"
    assert result.body.startswith("Three springs")


def test_the_date_beside_a_source_is_no_part_of_it() -> None:
    result = _clean(*STORY, source_name="【2026/01/12 聯合報】")
    assert (result.source_name, result.source_kind) == ("聯合報", "partner")


def test_the_dateline_element_loses_its_dash() -> None:
    assert _clean(*STORY, dateline="MATSUE, Shimane Pref. –").dateline == "MATSUE, Shimane Pref."


def test_a_sites_own_credit_lines() -> None:
    site = replace(SITE, credits=(r"~ \w+/Bernama", r"\(desk \d\)"))
    result = _clean(*STORY, "(desk 4)", "~ mk/Bernama", site=site)
    assert result.body == _body(*STORY)
    assert _reasons(result) == ["credit", "credit"]
    assert result.source_name == "Bernama"
    inside = _clean(*STORY[:3], STORY[3] + " (desk 4)", site=site)
    assert inside.body == _body(*STORY)
    assert _clean(*STORY, "(desk 4)").body == _body(*STORY, "(desk 4)")


def test_a_clean_story_is_left_alone() -> None:
    result = _clean(*STORY)
    assert result.body == _body(*STORY)
    assert result.removed == []


def test_the_whole_page_around_a_story() -> None:
    result = _clean(
        "By Vann Sak",
        "PUBLISHED : 12 Nov 2026 at 04:00",
        "the_ferry_at_the_old_pier._spm.jpg",
        "The ferry at the old pier. SPM",
        "PHNOM PENH (The Phnom Penh Post/ANN) – " + STORY[0],
        "Article continues after this advertisement",
        STORY[1],
        "READ: Rice barges return to the delta",
        *STORY[2:],
        "— The Phnom Penh Post/ANN",
        "(Reporting by A Tan; Editing by B Lim)",
        "River News on air: every day at seven",
        "Read also:",
        "A library on a ferry",
        "Night trains for the south",
        "scroll to top",
        title="Ferry crosses again",
        images=[Image("/ferry.jpg", "The ferry at the old pier. SPM")],
    )
    assert result.body == _body(*STORY)
    assert result.dateline == "PHNOM PENH"
    assert result.authors == ["Vann Sak"]
    assert result.byline_raw == "By Vann Sak"
    assert result.source_name == "The Phnom Penh Post"
    assert result.source_kind == "partner"
    assert result.images == [Image("/ferry.jpg", "The ferry at the old pier.", "SPM")]
    assert set(_reasons(result)) == {
        *("byline", "date", "file_name", "caption", "dateline", "advertisement"),
        *("related", "credit", "boilerplate"),
    }


@pytest.mark.parametrize(
    ("tail", "name", "kind"),
    [
        ("- AFP", "AFP", "agency"),
        ("— The Straits Times/ANN", "The Straits Times", "partner"),
        ("(Bernama)", "Bernama", "agency"),
        ("© 2026 PR Newswire", "PR Newswire", "press_release"),
        ("(Asia News Network)", "Asia News Network", "partner"),
    ],
)
def test_who_is_credited(tail: str, name: str, kind: str) -> None:
    result = _clean(*STORY, tail)
    assert (result.source_name, result.source_kind) == (name, kind)


def test_the_papers_own_credit_is_its_own() -> None:
    own = Site(
        name="dawn",
        title="Dawn",
        country="PK",
        languages=("en",),
        timezone="Asia/Karachi",
        domains=("dawn.com",),
        home="https://www.dawn.com/",
    )
    result = _clean(*STORY, "Published in Dawn, November 15th, 2022", site=own)
    assert (result.source_name, result.source_kind) == ("Dawn", "own")


def test_an_agency_in_the_byline_is_the_source() -> None:
    result = _clean(*STORY, byline_raw="UNB, Dhaka")
    assert (result.source_name, result.source_kind) == ("UNB", "agency")


def test_a_named_source_is_not_replaced() -> None:
    result = _clean(*STORY, "- AFP", source_name="Kyodo News")
    assert (result.source_name, result.source_kind) == ("Kyodo News", "agency")


def test_the_doubled_byline_goes() -> None:
    result = _clean("Vann Sak", "Vann Sak", *STORY, authors=["Vann Sak"])
    assert result.body == _body(*STORY)
    assert _reasons(result) == ["byline", "byline"]


def test_a_name_in_the_middle_stays() -> None:
    parts = (*STORY[:3], "Vann Sak", STORY[3])
    assert _clean(*parts, authors=["Vann Sak"]).body == _body(*parts)


def test_the_standfirst_that_stands_again_in_the_body_stays_once() -> None:
    result = _clean(STORY[3], *STORY, standfirst=STORY[3])
    assert result.body == _body(*STORY)
    assert _clean(*STORY, standfirst=STORY[3]).body == _body(*STORY)


def test_a_headline_before_the_text_is_the_extractors_choice() -> None:
    assert _clean("Ferry crosses again", *STORY, title="Ferry crosses again").removed == []


def test_a_standfirst_that_stands_once_is_text() -> None:
    standfirst = "A month of repairs is over."
    result = _clean(standfirst, "By Vann Sak", "2026-11-09", *STORY, standfirst=standfirst)
    assert result.body == _body(standfirst, *STORY)


def test_a_caption_is_looked_for_above_the_story_only() -> None:
    images = [Image("/a.jpg", "The ferry at the old pier. SPM")]
    assert _clean("The ferry at the old pier. SPM", *STORY, images=images).body == _body(*STORY)
    parts = (*STORY[:3], "The ferry at the old pier. SPM", STORY[3])
    assert _clean(*parts, images=images).body == _body(*parts)


def test_the_dateline_may_follow_the_standfirst() -> None:
    result = _clean(STORY[3], "PHNOM PENH – " + STORY[0], *STORY[1:], standfirst=STORY[3])
    assert result.dateline == "PHNOM PENH"
    assert "PHNOM PENH" not in result.body


def test_reporters_named_in_datelines_and_credits() -> None:
    text = "两座新桥将于下周通车，当地居民说这将缩短上学的路程。"
    assert _clean("新华社北京4月24日电（记者王一一、李二二）" + text, text).authors == [
        "王一一",
        "李二二",
    ]
    assert _clean(*STORY, "— By YEE MEI LING").authors == ["YEE MEI LING"]


def test_only_tails_lose_credits() -> None:
    parts = (STORY[0], "- AFP", *STORY[1:])
    assert _clean(*parts).body == _body(*parts)


def test_a_link_list_ends_the_text_only_if_it_is_one() -> None:
    parts = (STORY[0], "Related stories", "The pier opened in 1950.", *STORY[1:])
    assert STORY[3] in _clean(*parts).body
    result = _clean(*STORY, "More from River News:", "A library on a ferry", "Night trains")
    assert result.body == _body(*STORY)


def test_a_body_of_furniture_keeps_a_line() -> None:
    assert _clean("ADVERTISEMENT").body == "ADVERTISEMENT"
    assert _clean("ADVERTISEMENT", "scroll to top", "- AFP").body


def test_an_empty_body() -> None:
    result = clean(Article(title="Ferry"))
    assert (result.body, result.paragraphs, result.removed) == ("", 0, [])


def test_what_shall_be_kept_stays() -> None:
    body = _body("PHNOM PENH – " + STORY[0], *STORY[1:], "- AFP")
    result = clean(Article(body=body), keep={"dateline", "credit"})
    assert result.body == body
    assert result.dateline == "PHNOM PENH"
    assert result.source_name == "AFP"


@pytest.mark.parametrize(
    "text",
    [
        "សាឡាង​ចម្លង​បាន​ចាប់ផ្តើម​ដំណើរការ​ឡើងវិញ។",
        "ශ්‍රී ලංකාවේ තොටුපළ නැවත විවෘත විය.",
        "നദിയിൽ കടത്തു വീണ്ടും തുടങ്ങി; മഴക്കാല‌ത്തും ഓടും.",
        "เรือข้ามฟากทำงานอีกครั้ง น้ำขึ้นสูง",
        "ကူးတို့သင်္ဘော ပြန်လည်ပြေးဆွဲသည်။",
        "کشتی می‌رود و برمی‌گردد۔",
    ],
)
def test_joiners_and_zero_width_spaces_stay(text: str) -> None:
    result = _clean(text, "ADVERTISEMENT", text)
    assert result.body == _body(text, text)


def test_no_more_than_a_fraction_of_a_millisecond() -> None:
    """Cost as a ratio: cleaning against ten thousand additions of one machine and moment."""
    body = _body("PHNOM PENH – " + STORY[0], *(STORY[1:] * 6), "- AFP")
    article = Article(body=body, title="Ferry crosses again")
    clean(article)

    def seconds(work: object, times: int) -> float:
        best = float("inf")
        for _ in range(5):
            start = process_time()
            for _ in range(times):
                work()  # type: ignore[operator]
            best = min(best, (process_time() - start) / times)
        return best

    yardstick = seconds(lambda: sum(range(10_000)), 50)  # some 0.1 ms
    assert seconds(lambda: clean(article), 40) < 8 * yardstick
