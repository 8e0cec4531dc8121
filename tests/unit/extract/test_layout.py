"""Selectors of a site's layout, with ``::attr()`` and ``::text``."""

from __future__ import annotations

import pytest

from newscrawl.extract.dom import Document
from newscrawl.extract.layout import Selector, select, select_first

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
