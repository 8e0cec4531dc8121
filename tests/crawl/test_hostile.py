"""The hostile sites in one run: nothing breaks, nothing lies, and the good content survives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hostile import promises
from hostile.cases import cases
from hostile.crawl import Outcome, crawl
from hostile.server import HostileServer
from jobs import run, summary

from newscrawl.dataset import open_dataset

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]

# cases whose host is off limits as a whole
NO_CONTROL = {"robots-503", "cookie-wall"}
WHOLE_ONCE = {
    "normal": "a", "sitemap-only": "a", "no-content-type": "a", "http10-close": "a",
    "thai-header-lies": "a", "sjis-undeclared": "a", "big5-undeclared": "a", "euckr-meta": "a",
    "broken-utf8": "a", "redirect-chain": "a", "location-odd": "a", "retry-after-seconds": "a",
    "busy-once": "a", "crawl-delay": "abcdef", "reset-once": "a", "cookie-bomb": "ab",
    "ssrf-page": "a", "feed-xxe": "a", "feed-laughs": "a", "feed-is-html": "a", "robots-404": "a",
    "robots-bom": "a", "robots-huge": "a", "variants": "a", "canonical-poison": "a",
    "nul-bytes": "a", "path-title": "a", "ansi-title": "a", "entity-soup": "a",
}  # fmt: skip
NOT_STORED = {
    "slow-drip": "a", "short-body": "a", "gzip-cut": "a", "endless-body": "a", "gzip-bomb": "a",
    "jpeg-as-html": "a", "robots-503": "a",
}  # fmt: skip
NATIVE = {
    "thai-header-lies": "สภาเทศบาลอนุมัติงบประมาณซ่อมถนนสายหลัก",
    "sjis-undeclared": "市議会は道路補修予算を可決し、来月着工する",
    "big5-undeclared": "市議會通過道路維修預算，議員要求下月動工",
    "euckr-meta": "시의회가 도로 보수 예산을 통과시켰고 다음 달 착공한다",
}
DATES = {"be": {"2026-11-10", "2026-11-09"}}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    listed: list[Any] = []
    server = HostileServer(listed)
    listed = cases(server.canary_port)
    server.cases = {case.host: case for case in listed}
    with server:
        yield crawl(
            server, listed, tmp_path_factory.mktemp("hostile"), "DOWNLOAD_DELAY=0",
            "DOWNLOAD_TIMEOUT=10", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
        )  # fmt: skip


def all_cases() -> list[str]:
    return [case.name for case in cases(1)]


def test_the_process_ends_in_order(outcome: Outcome) -> None:
    assert outcome.code == 1, outcome.stderr[-2000:]
    assert "Traceback" not in outcome.stderr
    assert outcome.summary["totals"]["errors"] == 0
    defects = [r for r in outcome.log if r["reason"] in {"error", "extraction_error"}]
    assert not defects, defects[:3]


def test_nobody_is_contacted_who_must_not_be(outcome: Outcome) -> None:
    assert outcome.server.canary_hits == 0


def test_every_connect_goes_to_the_one_allowed_address(outcome: Outcome) -> None:
    promises.connects_only_as_allowed(outcome)


def test_memory_stays_bounded(outcome: Outcome) -> None:
    promises.memory_is_bounded(outcome)


def test_the_account_balances(outcome: Outcome) -> None:
    promises.account_balances(outcome)


def test_texts_are_storable_and_logs_are_printable(outcome: Outcome) -> None:
    promises.texts_are_storable_and_logs_printable(outcome)


def test_no_file_outside_the_output(outcome: Outcome) -> None:
    promises.no_file_outside_the_output(outcome)


@pytest.mark.parametrize("case", sorted(set(all_cases()) - NO_CONTROL))
def test_the_control_article_is_stored_once(outcome: Outcome, case: str) -> None:
    assert len(outcome.holding(case, "control")) == 1
    assert len(outcome.holding(case, "control", "QE")) == 1


@pytest.mark.parametrize("case", sorted(WHOLE_ONCE))
def test_stored_exactly_once_and_whole(outcome: Outcome, case: str) -> None:
    for key in WHOLE_ONCE[case]:
        assert len(outcome.holding(case, key)) == 1, outcome.reasons(case)
        assert len(outcome.holding(case, key, "QE")) == 1


def test_forty_slow_articles_one_at_a_time(outcome: Outcome) -> None:
    stored = [n for n in range(40) if outcome.holding("parallel", f"{n}x", "QE")]
    assert len(stored) == 40
    assert in_flight(outcome, "parallel") <= 2


@pytest.mark.parametrize("case", sorted(NOT_STORED))
def test_not_stored(outcome: Outcome, case: str) -> None:
    for key in NOT_STORED[case]:
        assert not outcome.holding(case, key)


@pytest.mark.parametrize("case", all_cases())
def test_never_a_truncated_article(outcome: Outcome, case: str) -> None:
    begun = Counter(m for r in outcome.of(case) for m in re.findall(r"QB(\w+?)Z", r["body"]))
    ended = Counter(m for r in outcome.of(case) for m in re.findall(r"QE(\w+?)Z", r["body"]))
    cut = {r["url"]: r["quality_flags"] for r in outcome.of(case)}
    # stored as partial and marked: see its own test, and the flag; "updated" has a second state
    partial = {"paywalla", "bigparagrapha"}
    assert {k: v for k, v in begun.items() if k not in partial} == ended, cut


@pytest.mark.parametrize("case", sorted(NATIVE))
def test_native_text_is_readable(outcome: Outcome, case: str) -> None:
    (row,) = outcome.holding(case, "a")
    assert NATIVE[case] in row["body"]
    assert "\ufffd" not in row["body"] + row["title"]


def test_text_around_damage_is_intact(outcome: Outcome) -> None:
    (row,) = outcome.holding("broken-utf8", "a")
    assert "before the damage" in row["body"]
    assert "after the damage" in row["body"]


def test_redirects(outcome: Outcome) -> None:
    (row,) = outcome.holding("redirect-chain", "a")
    assert row["url"].endswith("/news/a.html")
    assert row["requested_url"].endswith("/r/1")
    assert len(outcome.server.asked("redirect-loop")) <= 29
    assert "redirect_loop" in outcome.reasons("redirect-loop")


def test_waits_as_it_is_asked_to(outcome: Outcome) -> None:
    asked = outcome.server.asked("retry-after-seconds", "/news/a.html")
    assert len(asked) == 3
    everything = outcome.server.asked("retry-after-seconds")
    for refused in asked[:2]:
        after = [x.began - refused.ended for x in everything if x.began > refused.ended]
        assert min(after) >= 1.95
    busy = outcome.server.asked("busy-once", "/news/a.html")
    assert busy[1].began - busy[0].ended >= 0.9
    pages = sorted(x.began for x in outcome.server.asked("crawl-delay", "/news/"))
    assert min(b - a for a, b in pairwise(pages)) >= 0.95
    assert in_flight(outcome, "crawl-delay") == 1


def test_gives_up_on_what_does_not_end(outcome: Outcome) -> None:
    assert len(outcome.server.asked("slow-drip", "/news/a.html")) <= 4
    assert max(x.ended - x.began for x in outcome.server.asked("slow-drip", "/news/a")) < 190
    endless = outcome.server.asked("endless-body", "/news/a.html")
    assert len(endless) <= 3
    assert max(x.sent for x in endless) <= 64 * 2**20
    assert len(outcome.server.asked("gzip-bomb", "/news/a.html")) <= 3
    assert len(outcome.server.asked("short-body", "/news/a.html")) <= 6
    assert len(outcome.server.asked("gzip-cut", "/news/a.html")) <= 6


def test_sends_no_cookies(outcome: Outcome) -> None:
    assert all("cookie" not in x.headers for x in outcome.server.log)


def test_robots_are_obeyed(outcome: Outcome) -> None:
    assert {x.path for x in outcome.server.asked("robots-503")} == {"/robots.txt"}
    assert not outcome.server.asked("robots-bom", "/secret/")
    assert not outcome.server.asked("robots-huge", "/secret/")


def test_bounded_where_a_site_is_not(outcome: Outcome) -> None:
    assert len(outcome.server.asked("sitemap-recursion", "/sitemap")) <= 60
    assert len(outcome.server.asked("sitemap-60mb", "/none/")) <= 1000
    assert len(outcome.server.asked("calendar-trap", "/calendar/")) <= 200
    assert len(outcome.server.asked("many-links", "/none/")) <= 2000


def test_what_is_no_article_is_not_stored(outcome: Outcome) -> None:
    assert len(outcome.holding("soft-404", "nf")) <= 1
    assert not [r for r in outcome.of("calendar-trap") if "/calendar/" in r["url"]]
    assert not outcome.of("cookie-wall")
    assert not [r for r in outcome.of("js-only") if "/news/a" in r["url"]]
    assert len(outcome.of("redirect-loop")) == 1


def test_a_paywalled_lead_is_marked(outcome: Outcome) -> None:
    rows = outcome.holding("paywall", "a")
    assert len(rows) <= 1
    for row in rows:
        assert row["access"] in {"metered", "locked"}


def test_a_foreign_canonical_replaces_nothing(outcome: Outcome) -> None:
    (row,) = outcome.holding("canonical-poison", "a")
    assert "QBcanonicalpoisonspamZ" not in row["body"]
    assert len(outcome.holding("canonical-poison", "spam")) <= 1
    assert len(outcome.holding("normal", "a")) == 1


def test_entities_are_read_once(outcome: Outcome) -> None:
    (row,) = outcome.holding("entity-soup", "a")
    for mark in ("<p>", "</p>", "<![CDATA["):
        assert mark not in row["body"]
    assert "root:x:0:0" not in "".join(r["body"] + r["title"] for r in outcome.rows)


def test_dates_are_right_or_empty(outcome: Outcome) -> None:
    for key in ("min", "max", "be", "feb", "none", "ahead", "zero"):
        (row,) = outcome.holding("dates", key)
        allowed = DATES.get(key, set())
        at = row["published_at"]
        assert at is None or at.date().isoformat() in allowed, (key, at)


def test_an_update_is_a_new_version(outcome: Outcome) -> None:
    (first,) = outcome.holding("updated", "a")
    toml = outcome.output.parent / "sites.toml"
    done = run(
        "crawl", "updated", "--sites", toml, "--output", outcome.output, "--json",
        "--allow-address", f"127.0.0.1:{outcome.server.port}", "--set", "DOWNLOAD_DELAY=0",
        "--set", "TWISTED_DNS_RESOLVER=loopback.LoopbackResolver",
        "--set", "NEWSCRAWL_REVISIT=always",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert summary(done)["totals"]["new_versions"] == 1
    rows = open_dataset(str(outcome.output)).to_table().to_pylist()
    versions = [r for r in rows if r["article_id"] == first["article_id"]]
    assert [r["version"] for r in sorted(versions, key=lambda r: r["version"])] == [1, 2]
    assert "QBupdatedbZ" in max(versions, key=lambda r: r["version"])["body"]


def test_verify_agrees(outcome: Outcome) -> None:
    done = run("dataset", "--output", outcome.output, "verify")
    assert done.returncode == 0, done.stdout + done.stderr


def in_flight(outcome: Outcome, case: str) -> int:
    """The most requests that a host had to answer at once."""
    events = [(x.began, 1) for x in outcome.server.asked(case)]
    events += [(x.ended, -1) for x in outcome.server.asked(case)]
    most = now = 0
    for _, step in sorted(events):
        now += step
        most = max(most, now)
    return most
