"""Every site on its recorded pages: its rules, and the article that must come out, field by field.

The cases are the folders ``<site>/<case>`` beside this file; adding one adds its tests.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newscrawl.extract import extract
from newscrawl.items import Article
from newscrawl.recorded import Case, expected_of, load_cases
from newscrawl.registry import all_sites
from newscrawl.site_rules import check_rules

CASES = {f"{case.site}-{case.name}": case for case in load_cases(Path(__file__).parent)}
SITES = all_sites()


@cache
def _article(key: str) -> Article:
    case = CASES[key]
    return extract(case.html, case.url, site=SITES[case.site], fetched_at=case.fetched_at)


def _fields() -> list[Any]:
    return [
        pytest.param(key, field, id=f"{key}-{field}")
        for key, case in CASES.items()
        for field in case.expected
    ]


@pytest.mark.parametrize(("key", "field"), _fields())
def test_field(key: str, field: str) -> None:
    want = CASES[key].expected[field]
    got = expected_of(_article(key)).get(field)
    if field == "published" and got and len(got) > 10 and len(want) > 10:
        got = _article(key).published_at
        want = datetime.fromisoformat(want)
    assert got == want


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_rules_hold(case: Case) -> None:
    assert check_rules(SITES[case.site], case.html, case.known()) == []


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_address_is_an_article_of_the_site(case: Case) -> None:
    site = SITES[case.site]
    if site.article:
        assert re.match(site.article, case.url)
    if site.publisher_id:
        assert re.search(site.publisher_id, case.url)
