"""More hostile sites in one further run; what each must come to stands beside what it does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from hostile import promises
from hostile.crawl import Outcome, crawl
from hostile.further import Specified, elsewhere, further_cases
from hostile.server import HostileServer
from jobs import run

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile_further")]

CASES = {case.name: case for case in further_cases(1)}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    listed: list[Any] = []
    server = HostileServer(listed)
    listed = further_cases(server.canary_port)
    server.cases = {case.host: case for case in [*listed, elsewhere()]}
    with server:
        yield crawl(
            server, listed, tmp_path_factory.mktemp("further"), "DOWNLOAD_DELAY=0",
            "DOWNLOAD_TIMEOUT=10", "RETRY_TIMES=1",
            "TWISTED_DNS_RESOLVER=hostile.names.HostileNames",
            "NEWSCRAWL_SITES_AT_ONCE=300",
        )  # fmt: skip


def test_the_process_ends_in_order(outcome: Outcome) -> None:
    assert outcome.code == 1, outcome.stderr[-2000:]
    assert "Traceback" not in outcome.stderr
    assert outcome.summary["totals"]["errors"] == 0
    words = {"error", "extraction_error", "network", "not_reached", "worker_died"}
    vague = [
        (r["url"][:100], r["reason"], r["detail"]) for r in outcome.log if r["reason"] in words
    ]
    assert not vague


def test_nobody_is_contacted_who_must_not_be(outcome: Outcome) -> None:
    assert outcome.server.canary_hits == 0
    promises.connects_only_as_allowed(outcome)


def test_memory_stays_bounded(outcome: Outcome) -> None:
    promises.memory_is_bounded(outcome)


def test_nothing_holds_up_the_other_sites(outcome: Outcome) -> None:
    assert 0.0 < outcome.longest < 2.0


def test_the_account_balances(outcome: Outcome) -> None:
    promises.account_balances(outcome)
    # in a first run nothing can have been stored before
    unchanged = [r for r in outcome.log if r["state"] == "unchanged"]
    assert {r["reason"] for r in unchanged} <= {"same_article"}


def test_texts_are_storable_and_logs_are_printable(outcome: Outcome) -> None:
    promises.texts_are_storable_and_logs_printable(outcome)
    assert len(outcome.stderr) < 2_000_000
    assert max(map(len, outcome.stderr.splitlines())) < 5000
    assert "root:x:0:0" not in outcome.stderr
    assert "root:x:0:0" not in "".join(r["body"] + r["title"] for r in outcome.rows)


def test_no_file_outside_the_output(outcome: Outcome) -> None:
    promises.no_file_outside_the_output(outcome)


def test_says_nothing_of_itself(outcome: Outcome) -> None:
    sent = {name for x in outcome.server.log for name in x.headers}
    assert not sent & {"cookie", "authorization", "referer"}


@pytest.mark.parametrize("name", sorted(CASES))
def test_case(outcome: Outcome, name: str) -> None:
    case = CASES[name]
    wrong = [
        *_wrongly_stored(outcome, case),
        *_wrong_reasons(outcome, case),
        *_wrongly_asked(outcome, case),
    ]
    ended = {r["url"][:80]: (r["state"], r["reason"], r["detail"]) for r in _log(outcome, case)}
    assert not wrong, (wrong, ended)


def _wrongly_stored(outcome: Outcome, case: Specified) -> Iterator[str]:
    rows = outcome.of(case.name)
    begun = Counter(m for r in rows for m in re.findall(r"QB(\w+?)Z", r["body"]))
    ended = Counter(m for r in rows for m in re.findall(r"QE(\w+?)Z", r["body"]))
    if begun != ended:
        yield f"truncated: {begun - ended} {ended - begun}"
    start = case.name.replace("-", "")
    for key in case.whole:
        if (n := ended[start + key]) != 1:
            yield f"{key} stored {n} times"
    for key in case.absent:
        if begun[start + key]:
            yield f"{key} is stored"
    if case.control is not None and ended[start + "control"] != int(case.control):
        yield f"control stored {ended[start + 'control']} times"
    if twice := [key for key, n in ended.items() if n > 1]:
        yield f"stored more than once: {twice}"
    for texts in case.lacks.values():
        for row in rows:
            yield from (f"holds {x}" for x in texts if x in row["body"] + row["title"])


def _log(outcome: Outcome, case: Specified) -> list[dict[str, Any]]:
    return [r for r in outcome.log if r["site"] == case.name.replace("-", "_")]


def _wrong_reasons(outcome: Outcome, case: Specified) -> Iterator[str]:
    reasons = {
        "/" + unquote(r["url"]).partition("://")[2].partition("/")[2]: r
        for r in _log(outcome, case)
    }
    for path, words in case.why.items():
        row = reasons.get(path)
        if row is None:
            yield f"{path[:50]} is not in the log"
        elif row["reason"] not in words.split():
            yield f"{path[:50]} ended as {row['state']} {row['reason']} ({row['detail']})"


def _wrongly_asked(outcome: Outcome, case: Specified) -> Iterator[str]:
    for prefix in case.never:
        if asked := outcome.server.asked(case.name, prefix):
            yield f"asked for {asked[0].path}"
    for prefix, most in case.most.items():
        if (n := len(outcome.server.asked(case.name, prefix))) > most:
            yield f"{n} requests below {prefix}"
    for asked in outcome.server.asked(case.name):
        if asked.sent > case.taken:
            yield f"{asked.sent} bytes of {asked.path}"
        if asked.ended - asked.began > case.seconds:
            yield f"{asked.ended - asked.began:.0f} s of {asked.path}"


def test_verify_agrees(outcome: Outcome) -> None:
    done = run("dataset", "--output", outcome.output, "verify")
    assert done.returncode == 0, done.stdout + done.stderr
