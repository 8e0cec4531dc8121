"""Selectors of a site's layout, with ``::attr()`` and ``::text``."""

from __future__ import annotations

from datetime import date

import pytest

from newscrawl.extract.dom import Document
from newscrawl.extract.layout import Selector, fitting_layout, select, select_first
from newscrawl.site import Layout, Site

PAGE = Document.parse(
    '<div class="by">By <a href="/u/1" data-x="7">Dara</a> <b></b></div><div class="by">Mina</div>'
    '<time datetime="2026-11-10">today</time>',
    "https://a.example/x",
)


@pytest.mark.parametrize(
    ("selectors", "values"),
    [
        (("div.by",), ["By Dara", "Mina"]),
        (("div.by::text",), ["By", "Mina"]),
        (("div.by a::attr(data-x)",), ["7"]),
        (("time::attr( datetime )",), ["2026-11-10"]),
        (("b", "p", "div.by a"), ["Dara"]),
        (("div[", "time"), ["today"]),
        (("time::attr(missing)",), []),
        ((), []),
    ],
)
def test_select(selectors: tuple[str, ...], values: list[str]) -> None:
    assert select(PAGE, selectors) == values
    assert select_first(PAGE, selectors) == (values[0] if values else "")


def test_a_selector_is_taken_apart() -> None:
    assert Selector.parse("a.b > c::attr(data-src)") == Selector("a.b > c", "data-src")
    assert Selector.parse("p:not(.x)::text") == Selector("p:not(.x)", None, True)
    assert Selector.parse(" h1 ") == Selector("h1")


def test_the_layout_of_the_day_or_the_one_that_fits() -> None:
    today, old = Layout(body=("div.by",)), Layout(body=("div.old",), until=date(2020, 1, 1))
    older = Layout(body=("time",), until=date(2010, 1, 1))

    def fitting(day: date | None, *layouts: Layout) -> Layout | None:
        site = Site(
            name="daily", title="Daily", country="KH", languages=("en",), timezone="UTC",
            domains=("a.example",), home="https://a.example/", layouts=layouts,
        )  # fmt: skip
        return fitting_layout(PAGE, site, day)

    assert fitting(date(2026, 1, 1), old, today, older) is today
    assert fitting(date(2019, 1, 1), old, today, older) is today  # no div.old on the page
    assert fitting(date(2019, 1, 1), old, older) is older
    assert fitting(date(2009, 1, 1), old, today, older) is older
    assert fitting(date(2019, 1, 1), old) is old
    assert fitting(None) is None
    bare = Layout(title=("h1",))
    assert fitting(None, bare, old) is bare
