"""A row that passes the check builds a batch; any other is refused with column and reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.dataset.conform import refusal, to_batch
from newscrawl.items import Article, Image, Provenance, Removal
from newscrawl.schema import ARTICLES, TABLES

Build = Callable[..., Article]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("title", "bell \x07", "control_character"),
        ("title", "escape \x1b[31m", "control_character"),
        ("body", "C1 \x85 next line", "control_character"),
        ("body", "return \r", "control_character"),
        ("body", "half \ud83d", "lone_surrogate"),
        ("section", "\ufeffNews", "noncharacter"),
        ("title", "Cafe\u0301", "not_nfc"),
        ("title", None, "missing"),
        ("title", b"bytes", "wrong_type"),
        ("url", "", "missing"),
        ("article_id", "A" * 32, "bad_id"),
        ("article_id", "", "missing"),
        ("previous_version_id", "12", "bad_id"),
        ("version", 2**31, "out_of_range"),
        ("version", 1.0, "wrong_type"),
        ("version", True, "wrong_type"),
        ("warc_offset", 2**63, "out_of_range"),
        ("http_status", "200", "wrong_type"),
        ("is_primary", 1, "wrong_type"),
        ("overlap", float("nan"), "not_finite"),
        ("overlap", 1e300, "out_of_range"),
        ("fetched_at", None, "missing"),
        ("fetched_at", datetime(2026, 1, 1), "no_zone"),  # noqa: DTZ001
        ("published_at", "2026-01-01", "wrong_type"),
        ("published_at", datetime(1, 1, 1, tzinfo=UTC), "out_of_range"),
        ("published_at", datetime(9999, 1, 1, tzinfo=UTC), "out_of_range"),
        ("published_local", datetime(2026, 1, 1, tzinfo=UTC), "wrong_type"),
        ("authors", None, "missing"),
        ("authors", "Sok Dara", "wrong_type"),
        ("authors", ["Sok", None], "missing"),
        ("tags", ["a\x00"], "control_character"),
        ("images", [Image(None)], "missing"),  # type: ignore[arg-type]
        ("images", [Image("x", width=2**40)], "out_of_range"),
        ("images", [{"url": "x"}], "wrong_type"),
        ("removed", [Removal("\x0c", "furniture", 0)], "control_character"),
        ("provenance", [Provenance("title", "a\ud800")], "lone_surrogate"),
    ],
)
def test_bad_values_are_refused(article: Build, column: str, value: Any, reason: str) -> None:
    fault = refusal(article(1, **{column: value}), ARTICLES)
    assert fault is not None
    assert fault[:2] == (column, reason)


def test_good_rows_come_back_as_they_went_in(article: Build) -> None:
    rows = [article(n) for n in range(3)]
    assert [refusal(row, ARTICLES) for row in rows] == [None] * 3
    batch = to_batch(rows, ARTICLES)
    assert batch.schema.equals(ARTICLES.arrow)
    batch.validate(full=True)
    back = batch.to_pylist()
    assert back == [dataclasses.asdict(row) for row in rows]


def test_joiners_tabs_line_feeds_and_all_planes_may_be_stored(article: Build) -> None:
    text = "ක්\u200dර \u200cا\u200bก\tข\nค 😀 \U00010ffd \u00a0\u3000"
    assert refusal(article(1, body=text, byline_raw="Cafe\u0301"), ARTICLES) is None


def test_pending_columns_are_not_looked_at(article: Build) -> None:
    row = article(1, cluster_id="")
    assert refusal(row, ARTICLES) == ("cluster_id", "missing", "required")
    assert refusal(row, ARTICLES, frozenset({"cluster_id"})) is None


_ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters()),
    st.binary(max_size=3),
    st.datetimes(),
    st.datetimes(timezones=st.just(UTC)),
    st.lists(st.one_of(st.none(), st.text(max_size=3), st.integers()), max_size=3),
    st.builds(Image, st.text(max_size=3), st.none(), st.text(), st.integers(), st.none()),
    st.lists(st.builds(Removal, st.text(max_size=3), st.text(max_size=3), st.integers())),
)


@given(column=st.sampled_from([c.name for c in ARTICLES.columns]), value=_ANYTHING)
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_passes_builds_whatever_it_is(article: Build, column: str, value: Any) -> None:
    row = article(1, **{column: value})
    fault = refusal(row, ARTICLES)
    if fault is None:
        batch = to_batch([row, article(2)], ARTICLES)
        batch.validate(full=True)
        for name, kept in zip(batch.schema.names, batch.columns, strict=True):
            if not ARTICLES.arrow.field(name).nullable:
                assert kept.null_count == 0
    else:
        assert fault[0] == column


def test_every_table_has_checks_for_all_columns() -> None:
    for table in TABLES.values():
        empty = to_batch([], table)
        assert empty.num_rows == 0
        assert empty.schema.equals(table.arrow)
        assert refusal(object(), table) is not None
        assert isinstance(empty, pa.RecordBatch)
