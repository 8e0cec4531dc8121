from __future__ import annotations

import pytest

from newscrawl.clean.credits import credit_line, credit_tail, site_credit

LINES = [
    "- AFP",
    "- Reuters",
    "- Bernama",
    "– AFP",
    "– Reuters",
    "– Bernama",
    "— AFP",
    "— Reuters",
    "— Bernama",
    "-- AFP",
    "-- Reuters",
    "-- Bernama",
    "AFP",
    "REUTERS",
    "BLOOMBERG",
    "– dpa",
    "- Xinhua",
    "(Xinhua)",
    "XINHUA",
    "-- BERNAMA",
    "-VNA",
    "./. VNA",
    "./.",
    "Artikel ini telah tayang di Sungai.com dengan judul Kapal feri berlayar",
    "— VNS",
    "(Yonhap)",
    "(PNA)",
    "(KPL)",
    "— MNA/TWA",
    "AKP-Lim Nary",
    "C. Nika – AKP",
    "Chea Vannak/AKP/KT",
    "bangkok post/reuters",
    "/TISG",
    "– Ana Cruz/Tribune News Service",
    "Source: CNA/ab(cd)",
    "(END)",
    "（完）",
    "Enditem",
    "-- More to follow --",
    "--- ENDS ---",
    "(By A Tan and B Lim) Enditem/XX",
    "©2022 Project Syndicate",
    "© The New York Times",
    "© 2022 AFP",
    "(by Xinhua writers Wang Yi and Li Er)",
    "(Reporting by A Tan; Editing by B Lim)",
    "Additional reporting by A Tan",
    "With reporting from Agence France-Presse",
    "WITH REPORT FROM A TAN",
    "—WITH A REPORT FROM ANA CRUZ",
    "(With inputs from PTI)",
    "Published in Dawn, November 15th, 2022",
    "Published in The Express Tribune, November 15th, 2022.",
    "(Except for the headline, this story has not been edited by NDTV staff.)",
    "This article was first published in the Kathmandu Post.",
    "/lzb",
    "TSB",
    "[atm]",
    "/atm",
    "[ac]",
    "burs/abc",
    "(E-2)",
    "(abc/def)",
    "(*)",
    "—RF, GMA Integrated News",
    "(Colombo/Nov15/2022)",
    "Max Lee, KBS World Radio News.",
    "责任编辑：王一",
    "(责编：王一、李二)",
    "来源：新华社",
    "原标题：两座桥",
    "【纠错】",
    "校对：李二",
    "（Ｃ）日刊ゲンダイ",
    "[사진 = 홍길동 기자]",
    "[ⓒ 매일경제 & mk.co.kr, 무단전재 및 재배포 금지]",
    "- The Straits Times/ANN",
    "– The Straits Times (Singapore)/Asia News Network",
    "CHINA DAILY/ANN",
    "— The Nation Thailand/ANN",
    "- Phnom Penh Post/ANN",
    "- Vietnam News/ANN",
    "- Philippines Daily Inquirer/ANN",
    "— By YEE MEI LING",
    "– Ana Flores",
    "—MA. ANA MIER-CRUZ",
    "Pewarta: Budi",
    "Editor: Siti",
    "Copyright © ANTARA 2022",
    "Translator: Ani, Editor: Ben",
    "＝共同",
    "＝ＡＰ",
]


@pytest.mark.parametrize("line", LINES)
def test_credit_lines(line: str) -> None:
    assert credit_line(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Editor Sok Dara said the paper would close.",
        "Copyright law was changed in 2020.",
        "Copyright lawyers met in Geneva.",
        "He said it was the end.",
        "“We will go on,” he said.",
        "- the third item of a list",
        "Published reports say otherwise.",
        "The source: a man in the north said so.",
        "Sources said on Monday.",
        "Nation",
        "Dawn",
        "App",
        "(2020)",
        "(see box)",
        "Sources:",
        "This article was originally published in 2015 and has been updated with new figures.",
        "Reporting the find took her a year.",
        "图书馆来源于一座旧仓库。",
    ],
)
def test_a_sentence_is_no_credit(line: str) -> None:
    assert credit_line(line) is None


@pytest.mark.parametrize(
    ("line", "sources", "people"),
    [
        ("- The Straits Times/ANN", ["straitstimes", "asianews"], ()),
        ("CHINA DAILY/ANN", ["chinadaily", "asianews"], ()),
        ("- Philippines Daily Inquirer/ANN", ["inquirer", "asianews"], ()),
        ("Chea Vannak/AKP/KT", ["akp"], ("Chea Vannak",)),
        ("C. Nika – AKP", ["akp"], ("C. Nika",)),
        ("AKP-Lim Nary", ["akp"], ("Lim Nary",)),
        ("© 2022 AFP", ["afp"], ()),
        ("(With inputs from PTI)", ["pti"], ()),
        ("来源：新华社", ["xinhuanet"], ()),
        ("— By YEE MEI LING", [], ("YEE MEI LING",)),
        ("＝共同", ["kyodo"], ()),
    ],
)
def test_what_a_line_credits(line: str, sources: list[str], people: tuple[str, ...]) -> None:
    credit = credit_line(line)
    assert credit is not None
    assert [source.key for source in credit.sources] == sources
    assert credit.people == people


SENTENCE = "The ferry will cross the river again on Monday, the harbour master said."


@pytest.mark.parametrize(
    ("tail", "source"),
    [
        (" - AFP", "afp"),
        (" – AFP", "afp"),
        ("—AFP", "afp"),
        (" AFP", "afp"),
        (" REUTERS", "reuters"),
        (" (Xinhua)", "xinhua_en"),
        (" (PNA)", "pna"),
        (" — VNS", "vietnamnews"),
        (" /TISG", "theindependent_sg"),
        (" — The Jakarta Post/ANN", "jakartapost"),
        (" (The Phnom Penh Post/ANN)", "phnompenhpost"),
        (" Enditem", None),
        (" (END)", None),
        ("（完）", None),
        (" (Colombo/Nov15/2022)", None),
    ],
)
def test_tails(tail: str, source: str | None) -> None:
    credit = credit_tail(SENTENCE + tail)
    assert credit is not None
    assert credit.start == len(SENTENCE)
    assert [s.key for s in credit.sources][:1] == ([source] if source else [])


def test_the_wires_end_mark_leaves_the_full_stop() -> None:
    text = SENTENCE + "/. VNA"
    credit = credit_tail(text)
    assert credit is not None
    assert text[: credit.start] == SENTENCE


def test_author_agency_and_paper_behind_the_last_sentence() -> None:
    text = "The road opens when the rains return in May. Sok Dara/AKP/KT"
    found = credit_tail(text, "KH")
    assert found is not None
    assert text[: found.start].endswith("in May.")
    assert [source.key for source in found.sources] == ["akp", "khmertimes"]
    assert found.people == ("Sok Dara",)
    assert credit_tail("The road opens in the dry months of May. Sok Dara and AKP") is None


def test_a_sites_own_credits() -> None:
    own = (r"\(desk \d+\)", r"~ \S+/Bernama")
    line = site_credit("(desk 12)", own)
    assert line is not None
    assert line.start == 0
    text = "The ferry sank at noon. ~ mk/Bernama"
    tail = site_credit(text, own)
    assert tail is not None
    assert text[: tail.start] == "The ferry sank at noon."
    assert [source.key for source in tail.sources] == ["bernama"]
    assert site_credit("The (desk 12) of the ferry", own) is None
    assert site_credit("The ferry(desk 12)", own) is None


def test_tail_in_chinese_and_japanese() -> None:
    text = "渡轮将于下周一恢复航行，港务局表示旧船会先送去修理再投入使用。（记者 王一）"
    credit = credit_tail(text)
    assert credit is not None
    assert credit.people == ("王一",)
    text = "渡し船は来週から運航を再開すると港の担当者が明らかにした。＝共同"
    credit = credit_tail(text)
    assert credit is not None
    assert [s.key for s in credit.sources] == ["kyodo"]


@pytest.mark.parametrize(
    "text",
    [
        "He works for the company in Paris (AFP)",
        "The market rose, he told Reuters",
        "The leader met the head of the UN agency for health - WHO",
        "The market closed higher. He then met Reuters.",
        "It was a fine day on the river for everyone. (See page 5)",
        "It was fine for all of them on the river. - He left",
        "He was born in the village of Ban Mai and died there. Dawn",
    ],
)
def test_the_end_of_a_sentence_stays(text: str) -> None:
    assert credit_tail(text) is None
