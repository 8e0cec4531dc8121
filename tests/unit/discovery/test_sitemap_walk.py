"""The walk through sitemaps is newest first and always ends."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.discovery import SitemapChild, SitemapReading, SitemapWalk, changed_since, parse_time
from newscrawl.items import Candidate, Via

SINCE = datetime(2026, 11, 1, tzinfo=UTC)


def candidate(url: str, modified: str | None = None, published: str | None = None) -> Candidate:
    return Candidate(
        url=url, site="p", via=Via.SITEMAP, modified_raw=modified, published_raw=published
    )


def test_newest_children_first_and_old_ones_not_at_all() -> None:
    walk = SitemapWalk(["index"], since=SINCE)
    assert walk.take() == "index"
    children = (
        SitemapChild("undated"),
        SitemapChild("old", "2026-09-01"),
        SitemapChild("older", "2020"),
        SitemapChild("new", "2026-11-20T10:00:00+07:00"),
        SitemapChild("newest", "2026-11-21"),
    )
    walk.give("index", SitemapReading(children=children, kind="index"))
    order = []
    while (url := walk.take()) is not None:
        order.append(url)
        walk.give(url, SitemapReading((candidate(url),), kind="urlset"))
    assert order == ["newest", "new", "undated"]


def test_endless_recursion_is_bounded() -> None:
    walk = SitemapWalk(["s"], max_depth=3, max_sitemaps=50)
    asked = 0
    while (url := walk.take()) is not None:
        asked += 1
        children = tuple(SitemapChild(f"{url}/{n}") for n in range(100))
        walk.give(url, SitemapReading(children=children, kind="index"))
    assert asked == 50
    assert "too_many_sitemaps" in [problem.word for _, problem in walk.problems]
    narrow = SitemapWalk(["s"])
    depth = 0
    while (url := narrow.take()) is not None:
        depth += 1
        narrow.give(url, SitemapReading(children=(SitemapChild(url + "x"),), kind="index"))
    assert depth == 3
    assert [problem.word for _, problem in narrow.problems] == ["too_deep"]


def test_pages_that_repeat_page_1() -> None:
    walk = SitemapWalk(["p1", "p2"])
    same = SitemapReading((candidate("a"), candidate("b")), kind="urlset")
    assert len(walk.give("p1", same)) == 2
    assert walk.give("p2", same) == ()
    assert [(url, str(problem)) for url, problem in walk.problems] == [("p2", "repeats: p1")]


def test_a_loop_is_walked_once() -> None:
    walk = SitemapWalk(["a"])
    asked = []
    while (url := walk.take()) is not None:
        asked.append(url)
        target = "b" if url == "a" else "a"
        walk.give(url, SitemapReading(children=(SitemapChild(target),), kind="index"))
    assert asked == ["a", "b"]


def test_window_and_order_of_candidates() -> None:
    found = changed_since(
        [
            candidate("undated"),
            candidate("old", "2026-01-01"),
            candidate("new", "2026-11-20"),
            candidate("edited", "2026-11-22", "2025-01-01"),
            candidate("ahead", None, "2026-12-24T00:00:00Z"),
        ],
        SINCE,
        datetime(2026, 11, 24, tzinfo=UTC),
    )
    assert [x.url for x in found] == ["edited", "new", "undated"]


def test_times() -> None:
    assert parse_time("2026-11-10T08:30:00+07:00") == datetime(2026, 11, 10, 1, 30, tzinfo=UTC)
    assert parse_time("Tue, 10 Nov 2026 08:30:00 +0700") == datetime(
        2026, 11, 10, 1, 30, tzinfo=UTC
    )
    assert parse_time("2026-11") == datetime(2026, 11, 1, tzinfo=UTC)
    for raw in ("2569-11-10", "9999-12-31", "2026-13-45", "2026-11-10T25:61:61Z", "-1", "",
                "１２/１１/２０２６", "2026-11-10T08:30:00+99:99", None, "x" * 100):  # fmt: skip
        assert parse_time(raw) is None, raw
