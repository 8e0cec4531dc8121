"""Users' own sites: what loads, and what the messages say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from newscrawl.site import Layout, Listing, Site, Verified
from newscrawl.sites_toml import load_sites

GOOD = """
[[site]]
name = "harbour"
title = "Harbour Gazette"
country = "LK"
languages = ["si", "en"]
timezone = "Asia/Colombo"
domains = ["harbour.example"]
home = "https://harbour.example/"
feeds = "https://harbour.example/feed/"
article = 'https://harbour\\.example/\\d+/.+'
delay = 3
groups = ["mine"]

[[site.listings]]
url = "https://harbour.example/latest?p={page}"
item = "li.story"
link = "a"

[[site.layouts]]
title = ["h1.head"]
body = ["div.story p"]
published = ["time::attr(datetime)"]

[[site.layouts]]
body = ["#old p"]
until = 2023-06-30

[site.verified]
evidence = "read by hand"
as_of = "2026-10"
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _one(folder: Path, **change: str) -> list[str]:
    """Messages for a sound site with some keys replaced (TOML source) or removed (empty)."""
    keys = {
        "name": '"harbour"',
        "title": '"Harbour Gazette"',
        "country": '"LK"',
        "languages": '["en"]',
        "timezone": '"Asia/Colombo"',
        "domains": '["harbour.example"]',
        "home": '"https://harbour.example/"',
        "feeds": '["https://harbour.example/feed/"]',
        **change,
    }
    lines = [f"{key} = {value}" for key, value in keys.items() if value]
    sites, problems = load_sites(_write(folder, "[[site]]\n" + "\n".join(lines)))
    assert not sites
    assert all(p.file.endswith("mine.toml") for p in problems)
    return [str(p).split("mine.toml: ", 1)[1] for p in problems]


def test_a_site_loads_into_the_record(tmp_path: Path) -> None:
    sites, problems = load_sites(_write(tmp_path, GOOD))
    assert problems == []
    assert sites == {
        "harbour": Site(
            name="harbour",
            title="Harbour Gazette",
            country="LK",
            languages=("si", "en"),
            timezone="Asia/Colombo",
            domains=("harbour.example",),
            home="https://harbour.example/",
            feeds=("https://harbour.example/feed/",),
            article=r"https://harbour\.example/\d+/.+",
            delay=3.0,
            groups=("mine",),
            listings=(
                Listing(url="https://harbour.example/latest?p={page}", item="li.story", link="a"),
            ),
            layouts=(
                Layout(
                    title=("h1.head",), body=("div.story p",), published=("time::attr(datetime)",)
                ),
                Layout(body=("#old p",), until=date(2023, 6, 30)),
            ),
            verified=Verified("read by hand", "2026-10"),
        )
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"timezone": '"Asia/Colombow"'}, "site[1].timezone: 'Asia/Colombow'"),
        ({"timezone": '"Asia/Colombow"'}, "did you mean 'Asia/Colombo'?"),
        ({"timezone": '"../../etc/passwd"'}, "expected an IANA zone"),
        ({"article": '"https://(unclosed"'}, "site[1].article: 'https://(unclosed'"),
        ({"article": '"https://(unclosed"'}, "is no regular expression"),
        ({"credits": '["ok", "[z-a]"]'}, "site[1].credits[2]: '[z-a]'"),
        ({"publisher_id": '"id=[0-9]+"'}, "expected a group around the id"),
        ({"layouts": '[{ body = ["div..x", "p"] }]'}, "site[1].layouts[1].body[1]: 'div..x'"),
        ({"listings": '[{ url = "https://a.example/", link = "a[", max_pages = 1 }]'}, "'a['"),
        ({"listings": '[{ url = "https://a.example/" }]'}, "expected {page} in it"),
        ({"listings": '[{ kind = "jsn", url = "u" }]'}, "did you mean 'json'?"),
        ({"feds": '["https://a.example/"]'}, "site[1].feds: unknown field (did you mean 'feeds'?)"),
        ({"layouts": '[{ boddy = "p" }]'}, "site[1].layouts[1].boddy: unknown field"),
        ({"title": ""}, "site[1].title: is missing"),
        ({"languages": '["english language"]'}, "expected a BCP 47 tag"),
        ({"country": '"Sri Lanka"'}, "expected an ISO 3166 code"),
        ({"name": '"Harbour Gazette"'}, "expected lower-case ASCII letters"),
        ({"home": '"harbour.example"'}, "site[1].home: 'harbour.example': expected a URL"),
        ({"feeds": '["ftp://harbour.example/x"]'}, "site[1].feeds[1]"),
        ({"feeds": "7"}, "site[1].feeds: 7: expected a list"),
        ({"feeds": "[7]"}, "site[1].feeds[1]: 7: expected a string"),
        ({"day_first": '"yes"'}, "'yes': expected true or false"),
        ({"delay": "true"}, "True: expected a number"),
        ({"delay": "-1"}, "expected seconds from 0 to 3600"),
        ({"layouts": '[{ until = "2024" }]'}, "expected a date such as 2024-12-31"),
        ({"layouts": "[{ until = 2024-01-01T00:00:00Z }]"}, "expected a date such as"),
        ({"verified": '"yes"'}, "'yes': expected a table"),
        ({"calendar": '"budhist"'}, "did you mean 'buddhist'?"),
        ({"feeds": ""}, "expected one, or discover = true"),
    ],
)
def test_messages_name_key_and_expectation(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    messages = _one(tmp_path, **change)
    assert any(message in line for line in messages), messages


def test_all_problems_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    assert len(_one(tmp_path, timezone='"Mars/Olympus"', country='"x"', home='"y"')) == 3


def test_other_sites_of_the_file_still_load(tmp_path: Path) -> None:
    bad = GOOD.replace('"harbour"', '"second"').replace("Asia/Colombo", "Asia/Nowhere")
    twin = GOOD.replace("Harbour Gazette", "Twin")
    sites, problems = load_sites(_write(tmp_path, GOOD + bad + twin))
    assert list(sites) == ["harbour"]
    assert sites["harbour"].title == "Harbour Gazette"
    assert [p.key for p in problems] == ["site[2].timezone", "site[3].name"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[site]\n", "is not valid TOML"),
        ("", "holds no [[site]] table"),
        ("[[sites]]\nname = 'x'\n", "sites: unknown table (did you mean 'site'?)"),
        ("site = 3\n", "expected [[site]] tables"),
    ],
)
def test_broken_files(tmp_path: Path, text: str, message: str) -> None:
    sites, problems = load_sites(_write(tmp_path, text))
    assert not sites
    assert any(message in str(p) for p in problems)
    assert all("mine.toml" in str(p) for p in problems)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    assert "cannot be read" in str(load_sites(path)[1][0])
    path.write_bytes(b'name = "\xff"')
    assert "is not UTF-8" in str(load_sites(path)[1][0])
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert list(load_sites(path)[0]) == ["harbour"]


def test_lists_of_a_day_are_archives(tmp_path: Path) -> None:
    lists = '[{ url = "https://a.example/{yyyy}/{mm}?p={page}" }]'
    assert any("belongs to archives" in line for line in _one(tmp_path, listings=lists))
    undated = '[{ url = "https://a.example/?p={page}" }]'
    assert any("expected {yyyy}" in line for line in _one(tmp_path, archives=undated))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"delay = {'9' * 400}", "expected a number"),
        ("article = '[[a]b]'", "may be read in two ways"),
        ("article = 'a{9999999999999}'", "is no regular expression"),
    ],
)
def test_numbers_and_expressions_beyond_measure_are_told(
    tmp_path: Path, line: str, message: str
) -> None:
    key = line.partition(" ")[0]
    text = "\n".join(x for x in GOOD.splitlines() if not x.startswith(f"{key} ="))
    file = tmp_path / "sites.toml"
    file.write_text(text.replace("[[site]]", f"[[site]]\n{line}", 1), encoding="utf-8")
    sites, problems = load_sites(file)
    assert not sites
    assert message in str(problems)
