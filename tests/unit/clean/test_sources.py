from __future__ import annotations

from importlib.resources import files
from itertools import groupby

import pytest

from newscrawl.clean import known_source
from newscrawl.clean.sources import bare_source, known_place, source_key


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("The Phnom Penh Post", "Phnom Penh Post", "PHNOM PENH POST"), "phnompenhpost"),
        (("Viet Nam News", "Vietnam News", "VNS"), "vietnamnews"),
        (("Philippine Daily Inquirer", "Philippines Daily Inquirer", "INQUIRER.net"), "inquirer"),
        (
            ("The Nation Thailand", "THE NATION (THAILAND)", "The Nation, Thailand"),
            "nationthailand",
        ),
        (("Dawn", "DAWN"), "dawn"),
        (("Sin Chew", "SIN CHEW DAILY", "星洲日报"), "sinchew"),
        (("Asia News Network", "ANN", "ASIA NEWS NETWORK"), "asianews"),
        (("AFP", "Agence France-Presse", "ＡＦＰ", "法新社"), "afp"),
        (("Xinhua", "XINHUA", "Xinhua News Agency"), "xinhua_en"),
    ],
)
def test_one_source_under_many_names(names: tuple[str, ...], key: str) -> None:
    assert {source.key for name in names if (source := known_source(name))} == {key}
    assert all(known_source(name) for name in names)


def test_the_country_parts_papers_of_one_name() -> None:
    assert known_source("The Nation", "PK").key == "nation_pk"  # type: ignore[union-attr]
    assert known_source("The Nation", "TH").key == "nationthailand"  # type: ignore[union-attr]
    assert known_source("CNA", "SG").kind == "paper"  # type: ignore[union-attr]
    assert known_source("CNA").kind == "agency"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["", "App", "Ann", "The", "Vann Sak", "x" * 100, "KT"])
def test_no_source(name: str) -> None:
    assert known_source(name) is None


def test_every_row_is_well_formed() -> None:
    text = files("newscrawl.clean").joinpath("sources.txt").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]
    assert len(rows) > 250
    for name, kind, country, site, *others in ([cell.strip() for cell in row] for row in rows):
        assert name
        assert kind in {"network", "agency", "press_release", "paper"}
        assert len(country) == 2
        assert country.isupper()
        assert site == site.lower()
        assert len(others) <= 1
    sites = sorted(row[3].strip() for row in rows if row[3].strip())
    assert all(len(list(same)) == 1 for _, same in groupby(sites))


def test_keys_ignore_the_article_and_the_case() -> None:
    assert source_key("The Straits Times") == source_key("STRAITS TIMES")
    assert source_key("The") == "the"


def test_places_in_any_script() -> None:
    assert known_place("PHNOM PENH")
    assert known_place("Hà Nội")
    assert known_place("台北")
    assert known_place("ソウル")
    assert known_place("서울")
    assert not known_place("Vann Sak")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("【2026/01/12 聯合報】", "聯合報"),
        ("2026-01-12 | The River Post", "The River Post"),
        ("The River Post", "The River Post"),
        ("Channel 5", "Channel 5"),
        ("2026/01/12", "2026/01/12"),
    ],
)
def test_a_source_without_its_date(printed: str, name: str) -> None:
    assert bare_source(printed) == name
