"""Report pages: nothing that a site sent becomes markup, and every figure is shown."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.account import standings
from newscrawl.items import RunRecord
from newscrawl.report import (
    Copied,
    Refused,
    RunFacts,
    Slow,
    Stored,
    index_page,
    openmetrics,
    run_page,
)
from newscrawl.report.markup import element, link, text
from newscrawl.report.plots import day_bars, meter

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><svg onload=alert(1)>",
    "javascript:alert(1)",
    "\u202egnp.exe\u202c",
    "]]><!--<title>",
    "&lt;script&gt;",
)


class Reader(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def record(site: str = "paper", **facts: object) -> RunRecord:
    given = {
        "run_id": "20261124T110000Z-0011aabb", "site": site, "started_at": AT - timedelta(hours=1),
        "finished_at": AT, "verdict": "ok", "config_hash": "", "code_version": "", **facts,
    }  # fmt: skip
    return RunRecord(**given)  # type: ignore[arg-type]


def facts(hostile: str) -> RunFacts:
    records = (
        record(hostile, verdict="silent", reason=hostile, stored=3, with_date=2, language=hostile),
        record("good", stored=5, with_date=5, with_author=1, newest_published_at=AT),
    )
    history = {run.site: [run] for run in records}
    return RunFacts(
        run_id=records[0].run_id,
        records=records,
        standings=tuple(standings(history, AT)),
        refused=(Refused(hostile, "fetch", hostile, 7, hostile),),
        slow=(Slow(hostile, 0.4, 2.5, 10),),
        stored=(Stored(hostile, hostile, hostile, hostile, AT, AT, True, (hostile,)),),
        copied=(Copied(hostile, "good", hostile, "exact", 0.97, hostile),),
        stored_total=8,
        at=AT,
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_site_adds_no_tag_attribute_or_link(hostile: str) -> None:
    harmless = Reader(run_page(facts("plain")))
    page = Reader(run_page(facts(hostile)))
    assert sorted(set(page.tags)) == sorted(set(harmless.tags))
    assert page.tags == harmless.tags
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    links = {value for name, value in page.attributes if name == "href"}
    assert links == {"index.html"}
    assert "script" not in page.tags
    assert "\u202e" not in page.text
    index = Reader(index_page({hostile: [record(hostile, run_id=hostile)]}, {hostile}, AT))
    assert "script" not in index.tags
    assert not [value for name, value in index.attributes if name == "href"]


@given(st.text())
def test_any_text_stays_text(value: str) -> None:
    shown = Reader(f"<p>{text(value)}</p>")
    assert shown.tags == ["p"]
    assert Reader(element("p", "x", title=value)).tags == ["p"]


def test_joiners_stay_and_direction_overrides_go() -> None:
    assert text("ක්\u200dෂ \u200b\u200c\u202e\x00x") == "ක්\u200dෂ \u200b\u200cx"


def test_only_web_addresses_become_links() -> None:
    assert "<a " in link("https://x.test/a?b=1&c=2", "title")
    for bad in ("javascript:alert(1)", "data:text/html,x", "//x.test", "http://[", ""):
        assert "<a " not in link(bad, "title")


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    page = run_page(facts("plain"))
    policies = [value for name, value in Reader(page).attributes if name == "content"]
    assert any(value and value.startswith("default-src 'none'") for value in policies)
    assert "<script" not in page
    assert not re.search(r"\b(src|srcset|action|background)=", page)
    assert "@import" not in page
    assert "url(" not in page
    assert "prefers-color-scheme:dark" in page
    assert 'name="viewport"' in page


def test_a_run_page_says_what_to_look_at_first_and_all_the_figures() -> None:
    page = Reader(run_page(facts("plain")))
    assert "1 of 2 sites need a look" in page.text
    for words in ("silent", "fetch/plain", "good → plain", "97%", "0.40 s", "67%", "100%"):
        assert words in page.text


def test_plots_survive_nothing_and_say_their_numbers() -> None:
    assert "svg" in day_bars([], "empty")
    plot = day_bars([(date(2026, 11, 21), 4), (date(2026, 11, 22), 0)], "paper")
    assert "Sat 21 Nov: 4" in plot
    assert meter(None, "dates") == '<span class="none">-</span>'
    assert "100%" in meter(1.7, "dates")


def test_metrics_are_lines_that_a_collector_reads() -> None:
    hostile = 'a"b\\c\nd'
    text_ = openmetrics(
        standings({hostile: [record(hostile, verdict="failed")]}, AT), exit_code=1, at=AT
    )
    line = re.compile(
        r'[a-z_]+(\{[a-z]+="([^"\\\n]|\\["\\n])*"(,[a-z]+="[^"]*")*\})? -?\d+(\.\d+)?'
    )
    for row in text_.splitlines():
        assert row.startswith("# ") or line.fullmatch(row), row
    assert 'verdict="failed"} 1' in text_
    assert "newscrawl_run_exit_code 1" in text_
    assert text_.endswith("# EOF\n")


def test_trouble_and_choice_are_told_apart() -> None:
    run = record(found=30, stored=5, unchanged=15, refused=10, refused_by_choice=7, revisited=4)
    facts = RunFacts(
        run_id=run.run_id, records=(run,), standings=tuple(standings({"paper": [run]}, AT)),
        refused=(
            Refused("paper", "robots", "robots", 7, "https://x.test/a"),
            Refused("paper", "fetch", "timeout", 3, "https://x.test/b"),
        ),
        slow=(), stored=(), copied=(), stored_total=0, at=AT,
    )  # fmt: skip
    shown = Reader(run_page(facts)).text
    assert shown.index("fetch/timeout") < shown.index("robots/robots")
    for figure in ("3refused for trouble", "7left by choice", "4looked at again by plan"):
        assert figure in shown
    index = Reader(index_page({"paper": [run]}, {run.run_id}, AT))
    assert ("href", f"{run.run_id}.html") in index.attributes
