"""found = stored + new versions + unchanged + refused, whatever happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.account import Fetched, SiteLedger, State, judge_site
from newscrawl.account.verdict import ExitCode, Judgement, Verdict, exit_code
from newscrawl.items import Candidate, Stage, Via

AT = datetime(2026, 11, 24, tzinfo=UTC)


def ledger() -> SiteLedger:
    return SiteLedger("run", "site", AT)


def candidate(url: str, **evidence: str) -> Candidate:
    return Candidate(url, "site", Via.FEED, "https://x.test/feed", **evidence)  # type: ignore[arg-type]


def test_a_url_is_found_once_and_ends_once() -> None:
    book = ledger()
    assert book.find("a", candidate("https://x.test/a"), AT)
    assert not book.find("a", candidate("https://x.test/a?utm_source=x"), AT)
    record = book.end("a", State.STORED, version_id="f" * 32)
    assert record is not None
    assert (record.url, record.state) == ("https://x.test/a", "stored")
    assert book.end("a", State.STORED) is None
    assert not book.find("a", candidate("https://x.test/a"), AT)
    assert (book.found, book.states[State.STORED]) == (1, 1)


def test_later_evidence_fills_what_the_first_source_lacked() -> None:
    book = ledger()
    book.find("a", candidate("https://x.test/a", title="First"), AT)
    book.find("a", candidate("https://x.test/a", title="Later", published_raw="2026-11-01"), AT)
    entry = book.entry("a")
    assert entry is not None
    assert (entry.candidate.title, entry.candidate.published_raw) == ("First", "2026-11-01")


@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from(["find", "store", "refuse"]))))
def test_the_account_always_balances(steps: list[tuple[int, str]]) -> None:
    book = ledger()
    for number, step in steps:
        key = str(number)
        if step == "find":
            book.find(key, candidate(f"https://x.test/{key}"), AT + timedelta(seconds=number))
        elif step == "store":
            book.end(key, State.STORED)
        else:
            book.refuse(key, Stage.FETCH, "http_404")
        assert book.balanced
    for entry in book.open_entries():
        book.refuse(entry.key, Stage.FETCH, "stopped")
    assert book.found == sum(book.states.values())


def test_a_source_is_unfinished_if_one_of_its_urls_must_be_met_again() -> None:
    book = ledger()
    for key, source in (("a", "feed1"), ("b", "feed2"), ("c", "feed3")):
        book.find(key, Candidate(key, "site", Via.FEED, source), AT)
    book.refuse("a", Stage.FETCH, "timeout")
    book.refuse("b", Stage.EXTRACT, "not_article")
    book.find("c", Candidate("c", "site", Via.SITEMAP, "sitemap"), AT)
    book.refuse("c", Stage.FETCH, "http_503")
    book.find("a", Candidate("a", "site", Via.SITEMAP, "sitemap2"), AT)
    assert book.unfinished_sources == {"feed1", "feed3", "sitemap", "sitemap2"}


def test_verdicts() -> None:
    book = ledger()
    book.sources_read = 1
    assert judge_site(book).judgement is Judgement.SILENT
    book.find("a", candidate("a"), AT)
    book.end("a", State.STORED)
    assert judge_site(book).good
    book.sources_failed["timeout"] = 1
    assert judge_site(book).judgement is Judgement.DEGRADED
    book.sources_failed.clear()
    for i in range(6):
        book.find(f"r{i}", candidate(f"r{i}"), AT)
        book.refuse(f"r{i}", Stage.EXTRACT, "not_article")
    bad = judge_site(book)
    assert bad.judgement is Judgement.DEGRADED
    assert "not_article" in bad.reason
    book.errors = 1
    assert judge_site(book).judgement is Judgement.FAILED


def test_refusals_by_choice_do_not_degrade_a_site() -> None:
    book = ledger()
    book.sources_read = 1
    for i in range(20):
        book.find(f"r{i}", candidate(f"r{i}"), AT)
        book.refuse(f"r{i}", Stage.ROBOTS, "robots")
    assert judge_site(book).good


def test_articles_that_are_gone_are_counted_apart() -> None:
    book = ledger()
    book.sources_read = 1
    for n in range(12):
        url = f"https://x.test/{n}"
        book.find(url, replace(candidate(url), via=Via.REVISIT), AT)
        book.revisited += 1
        if n < 4:
            book.refuse(url, Stage.FETCH, "gone", fetched=Fetched(status=410))
        else:
            book.end(url, State.UNCHANGED)
    assert (book.gone, book.refused_by_choice, book.balanced) == (4, 4, True)
    # nothing was named: that some articles were looked at again is no news
    assert judge_site(book).judgement is Judgement.SILENT
    book.not_modified = 1
    assert judge_site(book).good
    for n in range(20, 30):
        url = f"https://x.test/{n}"
        book.find(url, candidate(url), AT)
        book.revisited += 1
        book.refuse(url, Stage.FETCH, "gone", fetched=Fetched(status=410))
    book.find("https://x.test/old", candidate("https://x.test/old"), AT)
    book.refuse("https://x.test/old", Stage.FETCH, "gone", "as before")  # not asked for
    moved = judge_site(book)
    assert moved.judgement is Judgement.DEGRADED
    assert "14 known articles are gone" in moved.reason


def test_exit_codes() -> None:
    ok, bad = Verdict(Judgement.OK), Verdict(Judgement.FAILED, "x")
    held = Verdict(Judgement.HELD, "x")
    assert exit_code([ok, ok]) == ExitCode.OK == 0
    assert exit_code([ok, bad]) == 1
    assert exit_code([bad, held]) == 4
    assert exit_code([ok], signal=15) == 143
    assert exit_code([bad], signal=2) == 130
    assert exit_code([held], signal=15, unwritable=True) == 3
