from __future__ import annotations

import pytest

from newscrawl.clean import byline_of, clean_authors
from newscrawl.site import Site


def _site(language: str = "en", **more: object) -> Site:
    return Site(
        name="rivernews",
        title="River News",
        country="KH",
        languages=(language,),
        timezone="Asia/Phnom_Penh",
        domains=("rivernews.example",),
        home="https://rivernews.example/",
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("By Vann Sak", ["Vann Sak"]),
        ("Ana Cruz, Ben Reyes, and Tash Suku", ["Ana Cruz", "Ben Reyes", "Tash Suku"]),
        ("Dan Evers", ["Dan Evers"]),
        ("by Vann Sak in", ["Vann Sak"]),
        ("Lena Koch (lko.)", ["Lena Koch"]),
        ("Ana Cruz, PhD", ["Ana Cruz"]),
        ("Ana Cruz, MS, RD", ["Ana Cruz"]),
        ("연합뉴스=김철수 기자", ["김철수"]),
        ("By: VANN SAK", ["VANN SAK"]),
        ("By A Rahman and Budi Santoso", ["A Rahman", "Budi Santoso"]),
        ("Sok Dara & Chan Nary", ["Sok Dara", "Chan Nary"]),
        ("Ana Cruz, Ben Reyes and Tash Suku", ["Ana Cruz", "Ben Reyes", "Tash Suku"]),
        ("山田太郎、鈴木花子", ["山田太郎", "鈴木花子"]),
        ("홍길동·김철수 기자", ["홍길동", "김철수"]),
        ("박준석 기자 외 1명", ["박준석"]),
        ("Lê Minh và Trần Lan", ["Lê Minh", "Trần Lan"]),
        ("Budi Santoso dan Siti Aminah", ["Budi Santoso", "Siti Aminah"]),
        ("សុខ សាន និង ចាន់ ដារ៉ា", ["សុខ សាន", "ចាន់ ដារ៉ា"]),
        ("สมชาย ใจดี และ สมหญิง รักไทย", ["สมชาย ใจดี", "สมหญิง รักไทย"]),
        ("โดย สมชาย ใจดี", ["สมชาย ใจดี"]),
        ("ដោយ៖ សុខ សាន", ["សុខ សាន"]),
        ("By Taro Yamada / Yomiuri Shimbun Staff Writers", ["Taro Yamada"]),
        ("By Mei Tan | The Star", ["Mei Tan"]),
        ("— By YEE MEI LING", ["YEE MEI LING"]),
        ("– Ana Flores", ["Ana Flores"]),
        ("—MA. ANA MIER-CRUZ", ["MA. ANA MIER-CRUZ"]),
        ("Reporter : Sok Pheap", ["Sok Pheap"]),
        ("Pewarta: Budi Santoso", ["Budi Santoso"]),
        ("Sok Dara (dara@rivernews.example)", ["Sok Dara"]),
        ("記者林一二／即時報導", ["林一二"]),
        ("中央社記者王大明", ["王大明"]),
        ("記者＝小池和樹", ["小池和樹"]),
        ("记者 王一二 李三", ["王一二", "李三"]),
        ("Datuk Seri Ahmad Ali", ["Datuk Seri Ahmad Ali"]),
        ("Samdech Chea Sim", ["Samdech Chea Sim"]),
        ("Thiha", ["Thiha"]),
        ("Nguyễn Thị Minh Khai", ["Nguyễn Thị Minh Khai"]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("Robert Tan, Jr.", ["Robert Tan, Jr."]),
        ("Ana Cruz, Political Editor", ["Ana Cruz"]),
        ("Ana Cruz Staff Writer", ["Ana Cruz"]),
        ("Ana Cruz in Bangkok", ["Ana Cruz"]),
        ("Ana Cruz @anacruz", ["Ana Cruz"]),
        ("Ortega y Gasset", ["Ortega y Gasset"]),
        ("Ana Pérez y María López", ["Ana Pérez", "María López"]),
        ("Vann Sak Vann Sak", ["Vann Sak"]),
        ('{"name": "Mimi Lau", "id": 3}', ["Mimi Lau"]),
        ("山田 太郎", ["山田 太郎"]),
        ("张文攀", ["张文攀"]),
        ("林晓文", ["林晓文"]),
        ("文天一", ["文天一"]),
        ("文／林晓文", ["林晓文"]),
        ("林晓文 撰", ["林晓文"]),
        ("Khin Khin", ["Khin Khin"]),
        ("နွေးနွေး", ["နွေးနွေး"]),
    ],
)
def test_people(raw: str, people: list[str]) -> None:
    assert list(clean_authors([raw]).people) == people


@pytest.mark.parametrize(
    ("raw", "agencies"),
    [
        ("UNB, Dhaka", ["UNB"]),
        ("AFP, MANILA", ["AFP"]),
        ("PTI", ["PTI"]),
        ("ANI", ["ANI"]),
        ("SNS", ["SNS"]),
        ("Bernama", ["Bernama"]),
        ("Xinhua", ["Xinhua"]),
        ("TIMESOFINDIA.COM", ["TIMESOFINDIA.COM"]),
        ("Kompas Cyber Media", ["Kompas Cyber Media"]),
        ("by The Irrawaddy November 27, 2025", ["The Irrawaddy"]),
        ("台北時報", ["台北時報"]),
    ],
)
def test_agencies_are_no_people(raw: str, agencies: list[str]) -> None:
    found = clean_authors([raw])
    assert (found.people, list(found.agencies)) == ((), agencies)


@pytest.mark.parametrize(
    "raw",
    [
        "HT Correspondent",
        "Post Report",
        "Staff Reporter",
        "Staff Writer",
        "Agencies",
        "Our Correspondent",
        "Web Desk",
        "নিজস্ব প্রতিবেদক",
        "กองบรรณาธิการ",
        "編集部",
    ],
)
def test_desks_are_no_people(raw: str) -> None:
    found = clean_authors([raw])
    assert (found.people, found.desks) == ((), (raw,))


@pytest.mark.parametrize(
    "raw",
    [
        "No Author",
        "Admin",
        "mediaindonesia.com developer",
        "105092",
        "https://www.facebook.com/someone",
        "desk@rivernews.example",
        '{"id": 3}',
        "Baca Juga",
        "打开全文",
        "(责编：郝明、杨洋)",
        "River News",
        "rivernews.example",
        "",
    ],
)
def test_nobody(raw: str) -> None:
    found = clean_authors([raw], _site())
    assert (found.people, found.desks, found.agencies) == ((), (), ())


def test_the_paper_behind_a_name_is_no_part_of_it() -> None:
    assert clean_authors(["Mere Taylor of the Daily Post"]).people == ("Mere Taylor",)
    assert clean_authors(["Ann of the River"]).people == ("Ann of the River",)


def test_a_date_behind_its_label_is_no_part_of_the_name() -> None:
    found = clean_authors(["Reporter : Sok Dara Publication date 21 October 2026 | 06:30 ICT"])
    assert found.people == ("Sok Dara",)


def test_the_doubled_byline_names_one() -> None:
    assert clean_authors(["Vann Sak", "Vann Sak", "By VANN SAK"]).people == ("Vann Sak",)


def test_raw_is_what_the_page_printed() -> None:
    assert clean_authors(["By  Vann Sak\n"]).raw == "By Vann Sak"
    assert clean_authors([]).raw is None


def test_single_names_part_at_commas_where_they_are_the_custom() -> None:
    assert clean_authors(["Thiha, Suu"], _site("my")).people == ("Thiha", "Suu")


def test_the_sites_own_desks() -> None:
    found = clean_authors(["Night Shift"], _site(staff_bylines=("Night Shift",)))
    assert (found.people, found.desks) == ((), ("Night Shift",))


def test_initials_of_a_paper_count_in_its_country_only() -> None:
    assert clean_authors(["Chea Vannak/KT"], _site()).agencies == ("KT",)
    assert clean_authors(["KT"]).agencies == ()


@pytest.mark.parametrize(
    "line", ["By Vann Sak", "Reporter : Sok Pheap", "本报记者 王一二", "ដោយ៖ សុខ សាន"]
)
def test_byline_lines(line: str) -> None:
    assert byline_of(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "By the time the ferry came the river had fallen by two metres and the pier was dry.",
        "By then it was over.",
        "记者从港务局获悉，渡轮将于下周一恢复航行。",
        "Vann Sak",
        "Authors met in the old library.",
    ],
)
def test_sentences_are_no_bylines(line: str) -> None:
    assert byline_of(line) is None
