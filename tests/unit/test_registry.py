"""The registry: what is in it, and what a target stands for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from newscrawl import registry
from newscrawl.registry import UnknownTargetError, all_sites, resolve, site_for_host
from newscrawl.site import Site
from newscrawl.site_checks import check_site

SITES = all_sites()
SPIDERS = Path(registry.__file__).parent / "spiders"
CASES = Path(__file__).parents[1] / "sites"


def test_first_sites_are_registered() -> None:
    first = {
        *("asianews", "phnompenhpost", "khmertimes", "straitstimes", "thestar", "jakartapost"),
        *("bangkokpost", "nationthailand", "inquirer", "vietnamnews", "dailystar", "dawn"),
        *("kathmandupost", "koreaherald", "japannews"),
    }
    assert first <= SITES.keys()


@pytest.mark.parametrize("site", SITES.values(), ids=lambda s: s.name)
def test_record_is_sound(site: Site) -> None:
    cls = registry.spider_classes()[site.name]
    folder, module = cls.__module__.split(".")[-2:]
    assert cls.name == site.name
    assert folder == site.country.lower()
    assert site.name == module
    assert site_for_host(re.sub(r"^https?://([^/]+)/.*", r"\1", site.home)) == site
    assert list(check_site(site)) == []
    assert site.verified is not None, "says on what evidence it rests"
    assert re.fullmatch(r"20\d\d(?:-\d\d(?:-\d\d)?)?", site.verified.as_of)


@pytest.mark.parametrize("site", SITES.values(), ids=lambda s: s.name)
def test_site_has_a_recorded_case(site: Site) -> None:
    assert list((CASES / site.name).glob("*/expected.json"))


def test_site_files_are_small() -> None:
    sizes = [
        len(path.read_text(encoding="utf-8").splitlines())
        for path in SPIDERS.glob("*/*.py")
        if path.name != "__init__.py"
    ]
    assert median(sizes) < 35
    assert max(sizes) <= 80


def test_targets() -> None:
    assert [s.name for s in resolve("asianews")] == ["asianews"]
    assert [s.name for s in resolve("AsiaNews")] == ["asianews"]
    assert {s.country for s in resolve("kh")} == {"KH"}
    assert resolve("KH") == resolve("kh")
    assert {"asianews", "phnompenhpost", "dawn"} <= {s.name for s in resolve("ann")}
    assert resolve("all") == tuple(SITES.values())


@pytest.mark.parametrize(
    ("word", "near"),
    [("thestarr", "thestar"), ("Phnom Penh Post", "phnompenhpost"), ("khmertime", "khmertimes")],
)
def test_unknown_target_names_what_is_near(word: str, near: str) -> None:
    with pytest.raises(UnknownTargetError, match=near) as caught:
        resolve(word)
    assert near in caught.value.near


def test_unknown_target_without_a_near_name() -> None:
    with pytest.raises(UnknownTargetError, match="sites list"):
        resolve("qqqqqqqqq")


def test_nearest_domain_wins() -> None:
    assert site_for_host("newsinfo.inquirer.net") == SITES["inquirer"]
    assert site_for_host("evil-inquirer.net") is None
    narrow = replace(SITES["inquirer"], name="mine", domains=("newsinfo.inquirer.net",))
    both = {**SITES, "mine": narrow}
    assert site_for_host("newsinfo.inquirer.net", both) == narrow
    assert site_for_host("www.inquirer.net", both) == SITES["inquirer"]


def test_layout_in_force_on_a_day() -> None:
    post = SITES["phnompenhpost"]
    old, new = post.layout_for(date(2019, 4, 24)), post.layout_for(date(2026, 1, 2))
    assert old is not None
    assert "#ArticleBody p" in old.body
    assert new is not None
    assert "#ArticleBody p" not in new.body
    assert post.layout_for(None) == new


def test_two_classes_with_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from newscrawl.registry import spider_classes

    module = __import__("newscrawl.spiders.pk.dawn", fromlist=["Dawn"])
    twin = type("Twin", (module.Dawn,), {"site": SITES["thestar"], "__module__": module.__name__})
    monkeypatch.setattr(module, "Twin", twin, raising=False)
    spider_classes.cache_clear()
    try:
        with pytest.raises(ValueError, match="'thestar' is registered in"):
            spider_classes()
    finally:
        monkeypatch.undo()
        spider_classes.cache_clear()
