"""Roles, what copies cut and added, kinds of change, and the recipes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from newscrawl.dedup import (
    ChangeKind,
    Role,
    change_between,
    recipe,
    recipes,
    role_of,
    story_of,
    text_changes,
    trace,
)
from newscrawl.items import Article

BODY = "\n\n".join(
    (
        "The river port reopened on Monday, three days after the storm tore down its cranes.",
        "Dockers cleared mud from the quays through the night while engineers tested the lines.",
        "The governor said the first barges with rice would leave before the evening tide.",
        "Traders in the old market had run short of oil, salt and batteries in the meantime.",
    )
)


@pytest.mark.parametrize(
    ("facts", "role"),
    [
        ({}, Role.OWN),
        ({"source_name": "AFP"}, Role.AGENCY),
        ({"source_name": "The Phnom Penh Post"}, Role.PARTNER),
        ({"source_name": "The Phnom Penh Post", "site": "phnompenhpost"}, Role.OWN),
        ({"source_name": "Some Paper Nobody Knows"}, Role.PARTNER),
        ({"source_name": "The Daily", "publisher": "the daily"}, Role.OWN),
        ({"source_kind": "agency"}, Role.AGENCY),
        ({"article_type": "press_release"}, Role.PRESS_RELEASE),
        ({"origin_url": "https://other.example/x"}, Role.PARTNER),
        ({"origin_url": "https://www.daily.example/x"}, Role.OWN),
    ],
)
def test_roles(facts: dict[str, str], role: Role) -> None:
    article = Article(**{"site": "daily", "host": "daily.example", **facts})
    assert role_of(article) is role


def test_a_credit_names_the_originating_site() -> None:
    article = Article(site="hub", host="hub.example", source_name="The Phnom Penh Post", body=BODY)
    story = story_of(article)
    assert (story.role, story.credit) == (Role.PARTNER, "phnompenhpost")


def test_what_a_copy_cut_and_added() -> None:
    parts = BODY.split("\n\n")
    copy = "\n\n".join([parts[0].upper(), parts[2].replace("rice", "cement"), "A line of its own."])
    changes = text_changes(BODY, copy)
    assert changes.cut == (parts[1], parts[3])
    assert changes.added == ("A line of its own.",)
    assert 0.4 < changes.kept < 0.6
    assert text_changes(BODY, BODY.replace(" ", "\u00a0")) == text_changes(BODY, BODY)
    assert text_changes("", "") == text_changes(" ", "\n")


@pytest.mark.parametrize(
    ("title", "body", "facts", "kind"),
    [
        ("Port reopens", BODY, {}, None),
        ("PORT  REOPENS", BODY.replace("\n\n", "\n"), {}, None),
        ("Port open again", BODY, {}, ChangeKind.HEADLINE),
        ("Port reopens", BODY + "\n\nA boat has left.", {}, ChangeKind.BODY),
        ("Port reopens", BODY + "\n\nCorrection: it was Sunday.", {}, ChangeKind.CORRECTION),
        ("Port reopens", BODY + "\n\n更正：重新开放是在星期日。", {}, ChangeKind.CORRECTION),
        ("Port reopens", "10:45 A boat.\n\n09:30 Rain.\n\n" + BODY, {}, ChangeKind.LIVE_BLOG),
        ("Port reopens", "A boat.\n\n" + BODY, {"article_type": "liveblog"}, ChangeKind.LIVE_BLOG),
        ("Port", "This story has been removed.", {}, ChangeKind.WITHDRAWN),
        ("", "", {"status": 410}, ChangeKind.GONE),
    ],
)  # fmt: skip
def test_kinds_of_change(
    title: str, body: str, facts: dict[str, object], kind: ChangeKind | None
) -> None:
    change = change_between("Port reopens", BODY, title, body, **facts)  # type: ignore[arg-type]
    assert (change.kind if change else None) == kind


def test_a_change_says_what_went_and_came() -> None:
    parts = BODY.split("\n\n")
    change = change_between("A", BODY, "B", "\n\n".join([*parts[:3], "New line here."]))
    assert change is not None
    assert (change.headline, change.cut, change.added) == (True, (parts[3],), ("New line here.",))


def test_the_trace_of_a_story() -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    parts = BODY.split("\n\n")
    hub = Article(
        version_id="b", site="hub", host="hub.example", source_name="The Phnom Penh Post",
        body="\n\n".join([*parts[:3], "A line of the hub."]), published_at=start,
    )  # fmt: skip
    own = Article(
        version_id="a", site="phnompenhpost", host="post.example", body=BODY,
        published_at=start + timedelta(hours=1),
    )  # fmt: skip
    undated = Article(version_id="c", site="daily", host="daily.example", body=BODY)
    found = trace([undated, own, hub])
    assert [(t.site, t.role, t.is_primary, t.lag, t.credit) for t in found] == [
        ("hub", Role.PARTNER, False, timedelta(0), "phnompenhpost"),
        ("phnompenhpost", Role.OWN, True, timedelta(hours=1), None),
        ("daily", Role.OWN, False, None, None),
    ]
    assert (found[0].cut, found[0].added) == ((parts[3],), ("A line of the hub.",))
    assert found[1].kept == found[2].kept == 1
    assert trace([]) == []


@pytest.fixture
def tables() -> duckdb.DuckDBPyConnection:
    """Two stories: one of `post` that `hub` and `daily` carry, one of `daily` alone."""
    db = duckdb.connect()
    db.execute(
        "CREATE TABLE articles(article_id TEXT, version_id TEXT, version INT, site TEXT, url TEXT,"
        " country TEXT, title TEXT, published_at TIMESTAMPTZ, published_precision TEXT,"
        " source_kind TEXT, cluster_id TEXT, is_primary BOOL, overlap FLOAT)"
    )
    db.execute(
        "CREATE TABLE clusters(version_id TEXT, cluster_id TEXT, is_primary BOOL, kind TEXT,"
        " overlap FLOAT, assigned_at TIMESTAMPTZ)"
    )
    start = datetime(2026, 3, 1, tzinfo=UTC)
    rows = [
        ("a", "a1", 1, "post", 0, None, "s1", True, None),
        ("a", "a2", 2, "post", 0, None, "s1", False, 0.9),
        ("b", "b1", 1, "hub", 2, "partner", "s1", False, 0.8),
        ("c", "c1", 1, "daily", 5, "partner", "x", True, None),  # reclustered below
        ("d", "d1", 1, "daily", 7, None, "s2", True, None),
    ]
    for article, version, number, site, hours, kind, cluster, leads, overlap in rows:
        at = start + timedelta(hours=hours)
        db.execute(
            "INSERT INTO articles VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [article, version, number, site, f"https://{site}/{article}", "KH", f"T {version}", at,
             "minute", kind, cluster, leads, overlap],
        )  # fmt: skip
    db.execute("INSERT INTO clusters VALUES('c1','s9',true,null,null,?)", [start])
    db.execute(
        "INSERT INTO clusters VALUES('c1','s1',false,'brief',.7,?), ('a2','s1',true,null,null,?)",
        [start + timedelta(days=1), start],
    )
    return db


def test_recipes(tables: duckdb.DuckDBPyConnection) -> None:
    assert recipes() == ("republishers", "speed", "stories")
    stories = tables.execute(recipe("stories")).fetchall()
    assert [(s[0], s[1], s[2], s[5], s[6]) for s in stories] == [
        ("s1", "T a2", "post", 3, 3),
        ("s2", "T d1", "daily", 1, 1),
    ]
    pairs = tables.execute(recipe("republishers")).fetchall()
    assert [(p[0], p[1], p[2], p[3], p[5]) for p in pairs] == [
        ("post", "daily", 1, 300, 1),
        ("post", "hub", 1, 120, 1),
    ]
    speed = tables.execute(recipe("speed")).fetchall()
    assert [(s[0], s[1], s[2], s[3]) for s in speed] == [
        ("post", 1, 1, 0),
        ("hub", 1, 0, 120),
        ("daily", 1, 0, 300),
    ]
    with pytest.raises(KeyError):
        recipe("../secrets")
