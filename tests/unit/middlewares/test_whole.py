"""Pages that look cut off, and pages that are only written badly."""

from __future__ import annotations

import pytest

from newscrawl.middlewares.whole import looks_cut

PAGE = (
    b"<!doctype html><html><head><title>Bridge</title></head><body><h1>Bridge repair</h1>"
    b"<p>The repair of the bridge begins after the rains.</p><p>Villagers know which road to"
    b" use.</p></body></html>"
)


def test_a_whole_page_is_whole() -> None:
    assert looks_cut(PAGE, length_known=True) is None
    assert looks_cut(PAGE + b"\n<!-- cached -->\n", length_known=False) is None


@pytest.mark.parametrize("end", [b"after the", b"Villagers know", b"</tit", b"</bod"])
def test_without_a_length_a_page_needs_an_end_tag(end: bytes) -> None:
    cut = PAGE[: PAGE.index(end) + 3]
    assert looks_cut(cut, length_known=False)


@pytest.mark.parametrize("end", [b"after the", b"Villagers know"])
def test_a_page_that_ends_in_mid_text_is_cut_even_where_its_length_is_right(end: bytes) -> None:
    assert looks_cut(PAGE[: PAGE.index(end) + 3], length_known=True)


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body><h1>Bridge<p>First paragraph<p>Second paragraph<p>Third",  # never closes
        PAGE.replace(b"</body></html>", b""),
        PAGE.replace(b"</body></html>", b"<p>Last words</p>\nCopyright"),
        b"<rss><channel><item>",
        b"plain text that ends",
        b"",
    ],
)
def test_bad_style_is_not_cut(page: bytes) -> None:
    assert looks_cut(page, length_known=True) is None
