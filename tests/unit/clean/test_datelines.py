from __future__ import annotations

import pytest

from newscrawl.clean.datelines import (
    REACH,
    bare_dateline,
    find_closing_dateline,
    find_dateline,
)

# (printed dateline, first words, place, keys of sources, reporters)
FORMS = [
    ("PHNOM PENH – ", "The ferry", "PHNOM PENH", [], ()),
    ("PUTRAJAYA, Nov 22 — ", "The council", "PUTRAJAYA", [], ()),
    ("PARIS, April 8 — ", "A painter", "PARIS", [], ()),
    ("KUALA LUMPUR, Nov 15: ", "The tram", "KUALA LUMPUR", [], ()),
    ("KUALA LUMPUR: ", "The tram", "KUALA LUMPUR", [], ()),
    ("KUALA LUMPUR, Nov 15 (Bernama) -- ", "Rubber", "KUALA LUMPUR", ["bernama"], ()),
    ("SEOUL, Aug. 20 (Yonhap) -- ", "A bridge", "SEOUL", ["yonhap_en"], ()),
    ("SEOUL — ", "Snow fell", "SEOUL", [], ()),
    ("BEIJING, Nov. 15 (Xinhua) -- ", "Wheat", "BEIJING", ["xinhua_en"], ()),
    ("Taipei, Nov. 17 (CNA) ", "The port", "Taipei", ["cna_tw"], ()),
    ("MANILA, Philippines—", "The bay", "MANILA, Philippines", [], ()),
    ("MANILA, Philippines — ", "The bay", "MANILA, Philippines", [], ()),
    ("JIUJIANG/NEW YORK (REUTERS) – ", "A barge", "JIUJIANG/NEW YORK", ["reuters"], ()),
    ("MUMBAI (THOMSON REUTERS FOUNDATION) – ", "Looms", "MUMBAI", ["thomsonreutersfoundation"], ()),
    ("TAICHUNG, TAIWAN (AFP) – ", "A kiln", "TAICHUNG, TAIWAN", ["afp"], ()),
    ("SINGAPORE – ", "A hawker", "SINGAPORE", [], ()),
    ("SINGAPORE: ", "A hawker", "SINGAPORE", [], ()),
    ("NEW DELHI: ", "The mill", "NEW DELHI", [], ()),
    ("KOBE – ", "The brewer", "KOBE", [], ()),
    ("BANGKOK — ", "The canal", "BANGKOK", [], ()),
    ("KATHMANDU, NOV 14\n", "The road", "KATHMANDU", [], ()),
    ("OCT 25 - ", "The road", None, [], ()),
    ("HÀ NỘI — ", "Lụa", "HÀ NỘI", [], ()),
    ("SÃO PAULO — ", "The fair", "SÃO PAULO", [], ()),
    ("DAR ES SALAAM, Tanzania (AP) — ", "A dhow", "DAR ES SALAAM, Tanzania", ["ap"], ()),
    ("JAKARTA, KOMPAS.com - ", "Hujan", "JAKARTA", ["kompas"], ()),
    ("Jakarta (ANTARA) - ", "Hujan", "Jakarta", ["antara"], ()),
    ("Liputan6.com, Jakarta - ", "Hujan", "Jakarta", ["liputan6"], ()),
    ("REPUBLIKA.CO.ID, JAKARTA -- ", "Hujan", "JAKARTA", ["republika"], ()),
    ("Bisnis.com, JAKARTA – ", "Hujan", "JAKARTA", ["bisnis"], ()),
    ("TRIBUNNEWS.COM, JAKARTA - ", "Hujan", "JAKARTA", ["tribunnews"], ()),
    ("ECONOMYNEXT – ", "Tea prices", None, ["economynext"], ()),
    ("TTO - ", "Sáng nay", None, ["tuoitre"], ()),
    ("(Dân trí) - ", "Sáng nay", None, ["dantri"], ()),
    ("新华社北京4月24日电（记者王一、李二）", "两座桥", "北京", ["xinhuanet"], ("王一", "李二")),
    ("中新社香港5月1日电 ", "渡轮", "香港", ["中新社"], ()),
    ("本报北京4月24日电 ", "两座桥", "北京", [], ()),
    ("中新网12月9日电 ", "渡轮", None, ["中新社"], ()),
    ("本報訊", "渡輪", None, [], ()),
    ("（吉隆坡15日讯）", "电车", "吉隆坡", [], ()),
    ("（中央社記者王大明台北15日電）", "渡輪", "台北", ["cna_tw"], ("王大明",)),
    ("【ソウル＝小池和樹】", "橋が", "ソウル", [], ("小池和樹",)),
    ("(서울=연합뉴스) 홍길동 기자 = ", "다리가", "서울", ["yonhap"], ("홍길동",)),
    (
        "PHNOM PENH (The Phnom Penh Post/ANN) - ",
        "The ferry",
        "PHNOM PENH",
        ["phnompenhpost", "asianews"],
        (),
    ),
    ("Banyumas (ANTARA) - ", "Hujan", "Banyumas", ["antara"], ()),
    ("Lodoyo, East Java (ANTARA) - ", "Rain", "Lodoyo, East Java", ["antara"], ()),
    ("Ulaanbaatar, November 13 /MONTSAME/. ", "Snow", "Ulaanbaatar", ["montsame"], ()),
    ("Tsetserleg /MONTSAME/. ", "Snow", "Tsetserleg", ["montsame"], ()),
    ("(Phnom Penh Post/ANN) - ", "The ferry", None, ["phnompenhpost", "asianews"], ()),
    (
        "PHNOM PENH (PHNOM PENH POST/ANN Desk) -–",
        "The",
        "PHNOM PENH",
        ["phnompenhpost", "asianews"],
        (),
    ),
    ("ISLAMABAD (DAWN/ASIA NEWS NETWORK) – ", "The mill", "ISLAMABAD", ["dawn", "asianews"], ()),
    (
        "KUALA LUMPUR (SIN CHEW DAILY/ASIA NEWS NETWORK) - ",
        "Trams",
        "KUALA LUMPUR",
        ["sinchew", "asianews"],
        (),
    ),
    ("The NATION (THAILAND)/ANN: ", "The canal", None, ["nationthailand", "asianews"], ()),
]


@pytest.mark.parametrize(("printed", "first", "place", "sources", "authors"), FORMS)
def test_forms_of_the_region(
    printed: str, first: str, place: str | None, sources: list[str], authors: tuple[str, ...]
) -> None:
    found = find_dateline(printed + first)
    assert found is not None
    assert (printed + first)[found.end :] == first
    assert found.place == place
    assert [source.key for source in found.sources] == sources
    assert found.authors == authors


@pytest.mark.parametrize(
    "text",
    [
        "ASEAN – the bloc of ten – met at noon.",
        "NATO: we are ready, says the secretary.",
        "READ: The best noodles of the old town",
        "EXCLUSIVE — The king will open the dam",
        "VIDEO - The man who counts storks",
        "Singapore – a city-state – has few storks.",
        "The minister – who is new – spoke.",
        "Hanoi: a story of two lakes",
        "SMITH: Thank you for having me.",
        "In 2010 – The year of the flood – all was lost.",
        "Apple (AAPL) – The firm said so.",
        "Apple (AP) said so.",
        "Liputan6.com, Jakarta Baru-baru ini hujan turun.",
        "The maker of phones (AP) - Apple - said so.",
        "Fares rose by half /MONTH/. Riders walked.",
        "MH370: What we know",
        "COVID-19: The second winter",
        "Jakarta is - well, loud.",
        "US – The talks went on.",
        "“PHNOM PENH – my town,” she sang.",
        "（一）小说的开头",
        "【重要】消息很短",
        "(사진=연합뉴스) 정부는",
        "(AP) hello",
        "新华书店的门口站着三个人",
        "May 9, 2024 – The clinic opened.",
    ],
)
def test_a_sentence_keeps_its_dashes(text: str) -> None:
    assert find_dateline(text) is None


def test_only_the_start_counts() -> None:
    far = "A long first clause of some eighty characters that goes on and on without a stop, then "
    assert len(far) > REACH
    assert find_dateline(far + "PHNOM PENH – The leaders") is None


def test_the_second_dash_stays() -> None:
    text = "PHNOM PENH – The ferry – an old one – sank."
    found = find_dateline(text)
    assert found is not None
    assert text[found.end :] == "The ferry – an old one – sank."


def test_the_story_tells_that_an_unlisted_name_is_a_place() -> None:
    text = "PIROJGARH: Three springs were opened in Pirojgarh on Sunday."
    found = find_dateline(text, story=text)
    assert found is not None
    assert (found.place, text[found.end :][:5]) == ("PIROJGARH", "Three")
    assert find_dateline(text) is None
    assert find_dateline(text, story="PIROJGARH: Three springs\nwere opened.") is None
    talk = "KELLER: Who came to the dam?\n\nSMITH: A letter from Keller did."
    assert find_dateline(talk, story=talk) is None


def test_the_dash_of_a_dateline_element() -> None:
    assert bare_dateline(" MATSUE, Shimane Pref. – ") == "MATSUE, Shimane Pref."
    assert bare_dateline("SEOUL:") == "SEOUL"


def test_country_chooses_between_agencies_of_one_name() -> None:
    text = "SINGAPORE, Nov 3 (CNA) - The canal"
    assert [s.key for s in find_dateline(text, "SG").sources] == ["cna"]  # type: ignore[union-attr]
    assert [s.key for s in find_dateline(text).sources] == ["cna_tw"]  # type: ignore[union-attr]


def test_closing_dateline() -> None:
    text = "橋は来年開通する。【エルサレム松岡大地】"
    found = find_closing_dateline(text)
    assert found is not None
    assert text[: found.end] == "橋は来年開通する。"
    assert (found.place, found.authors) == ("エルサレム", ("松岡大地",))
    assert find_closing_dateline("詳しくは次のページへ【続きを読む】") is None
